package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.SimulatedCall;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpeningHoursTest {
    // snippet: test-flow
    @Test
    void frontDeskAnswers() {
        InMemoryProvider pbx = InMemoryProvider.answeredBy(new OpeningHours()).start();
        pbx.phone("sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(3)));
        SimulatedCall call = pbx.call(SimulatedCaller.from("+14165550100")
                .dialling("+18195550100")
                .waits(Duration.ofSeconds(2))
                .types("1")
                .hangsUpAfterTalking(Duration.ofSeconds(60)));
        pbx.time().runUntilIdle(); // a minute of talk takes a millisecond
        Cdr cdr = call.cdr().orElseThrow();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.times().talkMillis()).isEqualTo(60_000);
    }
    // end

    @Test
    void frontDeskIsBusy() {
        InMemoryProvider pbx = InMemoryProvider.answeredBy(new OpeningHours()).start();
        pbx.phone("sip:1001", SimulatedPhone.busy());
        SimulatedCall call = pbx.call(SimulatedCaller.from("+14165550100")
                .dialling("+18195550100")
                .waits(Duration.ofSeconds(2))
                .types("1"));
        pbx.time().runUntilIdle();
        assertThat(call.prompts()).contains(new Say("We are open from nine to five.", Locale.ENGLISH));
    }

    @Test
    void placesACall() {
        InMemoryProvider pbx = InMemoryProvider.answeredBy(new OpeningHours()).start();
        pbx.phone("sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(3)));
        Call placed = remind(pbx);
        pbx.time().runUntilIdle();
        assertThat(remind(pbx).ref()).isEqualTo(placed.ref());
        assertThat(pbx.calls()).hasSize(1);
    }

    private static Call remind(PstnProvider provider) {
        // snippet: place-call
        CallControl calls = provider.require(CallControl.class);
        CallFlow reminder = CallFlow.start()
                .say("Your appointment is tomorrow at nine.", Locale.ENGLISH)
                .hangUp();
        Call call = calls.place(CallRequest.of(
                new CommandId("reminder/2026-11-23/p981"), // the same id never places a second call
                new PhoneNumber("+18195550100"),
                Destination.sip("sip:1001"),
                reminder));
        // end
        return call;
    }
}
