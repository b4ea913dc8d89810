package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.CallFlow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The provider is not thread-safe and says so: two threads are not tried here. */
@DisplayName("One command places one call")
class PlaceOnceTest {
    private static final CallFlow BYE =
            CallFlow.start().say("Bye", Locale.ENGLISH).hangUp();
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final CallRequest REQUEST = CallRequest.of(new CommandId("one"), OURS, Destination.sip("1002"), BYE);

    private final AtomicInteger rung = new AtomicInteger();
    private final InMemoryProvider pbx = InMemoryProvider.answeredBy(event -> BYE)
            .telling(event -> rung.addAndGet(event instanceof OutboundCall ? 1 : 0))
            .start();
    private final CallControl control = pbx.require(CallControl.class);

    @BeforeEach
    void phones() {
        pbx.phone("1002", SimulatedPhone.answersAfter(Duration.ofSeconds(3)));
    }

    @Test
    @DisplayName("however often it is sent while the call lives")
    void whileItLives() {
        Call first = control.place(REQUEST);
        assertThat(control.place(copy()).ref()).isEqualTo(first.ref());
        pbx.time().run(Duration.ofSeconds(2));
        assertThat(control.place(copy())).isEqualTo(control.fetch(first.ref()).orElseThrow());
        pbx.time().run(Duration.ofSeconds(2));
        assertThat(control.place(copy()).status()).isEqualTo(Call.Status.ANSWERED);
        pbx.time().runUntilIdle();
        assertThat(rung).hasValue(1);
        assertThat(pbx.calls()).hasSize(1);
    }

    @Test
    @DisplayName("also after the call is over, answered or not")
    void afterItsEnd() {
        Call answered = control.place(REQUEST);
        pbx.time().runUntilIdle();
        assertThat(control.place(copy())).isEqualTo(new Call(answered.ref(), Call.Status.ENDED, "ended"));
        pbx.phone("1002", SimulatedPhone.neverAnswers());
        CallRequest other = CallRequest.of(new CommandId("two"), OURS, Destination.sip("1002"), BYE);
        Call unanswered = control.place(other);
        control.hangUp(unanswered.ref(), HangupCause.NORMAL_CLEARING);
        pbx.time().runUntilIdle();
        assertThat(control.place(other).ref()).isEqualTo(unanswered.ref());
        pbx.time().runUntilIdle();
        assertThat(rung).hasValue(2);
        assertThat(pbx.calls()).hasSize(2);
    }

    @Test
    @DisplayName("another request under its id is a conflict without effect, also after the call is over")
    void conflict() {
        control.place(REQUEST);
        conflicts();
        pbx.time().runUntilIdle();
        conflicts();
        pbx.time().runUntilIdle();
        assertThat(rung).hasValue(1);
    }

    @Test
    @DisplayName("a request that was refused uses its id up for nothing else")
    void refused() {
        assertThatThrownBy(() -> control.place(REQUEST.with(new Option<>("vendor.x", String.class), "y")))
                .isInstanceOf(UnsupportedFeature.class);
        control.place(REQUEST);
        pbx.time().runUntilIdle();
        assertThat(rung).hasValue(1);
    }

    private void conflicts() {
        CommandId same = REQUEST.commandId();
        for (CallRequest other : List.of(
                REQUEST.ringingFor(Duration.ofSeconds(7)),
                REQUEST.forTenant(new TenantId("other")),
                CallRequest.of(same, OURS, Destination.sip("1003"), BYE),
                CallRequest.of(same, new PhoneNumber("+18195550101"), Destination.sip("1002"), BYE),
                CallRequest.of(
                        same, OURS, Destination.sip("1002"), CallFlow.start().hangUp()))) {
            assertThatThrownBy(() -> control.place(other))
                    .isInstanceOfSatisfying(
                            Conflict.class,
                            refusal -> assertThat(refusal.failure().effect()).isEqualTo(Effect.NONE));
        }
    }

    /** An equal request, not the same object: it comes from a queue again. */
    private static CallRequest copy() {
        return CallRequest.of(
                new CommandId("one"),
                new PhoneNumber("+18195550100"),
                Destination.sip("1002"),
                CallFlow.start().say("Bye", Locale.ENGLISH).hangUp());
    }
}
