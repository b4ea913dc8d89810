package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MachineDetected.AnsweredBy;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits, machines, permissions and conferences of calls that are placed. */
class InMemoryPlacedCallsTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final CallFlow WAIT =
            CallFlow.start().pause(Duration.ofMinutes(5)).hangUp();
    private static final CallFlow ROOM = CallFlow.start().end(new Conference("round", Continuation.named("left")));

    private final InMemoryProvider pbx =
            InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).start();
    private final CallControl control = pbx.require(CallControl.class);
    private final Conferences rooms = pbx.require(Conferences.class);

    @Test
    @DisplayName("a call with a limit is cut when it is over, counted from the answer")
    void longest() {
        phones(SimulatedPhone.answersAfter(Duration.ofSeconds(3)));
        control.place(request("one", WAIT).lastingAtMost(Duration.ofSeconds(60)));
        pbx.time().runUntilIdle();
        SimulatedCall call = pbx.calls().get(0);
        assertThat(call.cdr().orElseThrow().times().billableMillis()).isEqualTo(60_000);
        assertThat(call.events()).last().isInstanceOfSatisfying(CallEnded.class, end -> {
            assertThat(end.cause()).isEqualTo(HangupCause.TIMER_EXPIRED);
            assertThat(end.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        });
    }

    @Test
    @DisplayName("a call without a limit goes on")
    void withoutLimit() {
        phones(SimulatedPhone.answersAfter(Duration.ofSeconds(3)));
        control.place(request("one", WAIT));
        pbx.time().runUntilIdle();
        assertThat(pbx.calls().get(0).cdr().orElseThrow().times().billableMillis())
                .isEqualTo(300_000);
    }

    @Test
    @DisplayName("who answered is told where it was asked for, and only there")
    void machines() {
        phones(SimulatedPhone.answersAfter(Duration.ofSeconds(1)).asMachine());
        control.place(request("machine", WAIT).detectingMachines());
        control.place(request("not asked", WAIT));
        pbx.time().run(Duration.ofSeconds(10));
        phones(SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        control.place(request("person", WAIT).detectingMachines());
        pbx.time().runUntilIdle();
        assertThat(detected(0)).containsExactly(AnsweredBy.MACHINE);
        assertThat(detected(1)).isEmpty();
        assertThat(detected(2)).containsExactly(AnsweredBy.HUMAN);
    }

    @Test
    @DisplayName("closed countries and an empty balance let no call out; SIP phones are not abroad")
    void permissions() {
        CountryPermission canada = new CountryPermission("CA", "Canada", true, false, false, List.of("+1"));
        CountryPermission latvia = new CountryPermission("LV", "Latvia", false, false, true, List.of("+371"));
        pbx.carrier().permits(canada);
        pbx.carrier().permits(latvia);
        DialingPermissions permissions = pbx.require(DialingPermissions.class);
        assertThat(permissions.list()).containsExactly(canada, latvia);
        assertThat(permissions.risky()).containsExactly(latvia);
        Destination riga = Destination.number(new PhoneNumber("+37167222222"));
        assertThatThrownBy(() -> control.place(CallRequest.of(new CommandId("riga"), OURS, riga, WAIT)))
                .isInstanceOfSatisfying(
                        NotPermitted.class, e -> assertThat(e.why()).isEqualTo(NotPermitted.Why.GEO_PERMISSION));
        assertThat(pbx.calls()).isEmpty();
        control.place(request("sip", WAIT));
        pbx.carrier().balance(Money.of("-0.01", "USD"));
        assertThatThrownBy(() -> control.place(request("broke", WAIT))).isInstanceOf(InsufficientFunds.class);
        assertThat(pbx.calls()).hasSize(1);
    }

    @Test
    @DisplayName("people come into a room, are muted, and leave it")
    void conference() {
        phones(SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        CallRef one = rooms.invite("round", request("one", ROOM)).ref();
        assertThat(rooms.participants("round")).isEmpty();
        CallRef two = control.place(request("two", ROOM)).ref();
        pbx.time().run(Duration.ofSeconds(2));
        assertThat(rooms.participants("round"))
                .extracting(Conferences.Participant::call)
                .containsExactly(one, two);
        assertThat(rooms.participants("other")).isEmpty();
        rooms.mute("round", two, true);
        assertThat(rooms.participants("round"))
                .extracting(Conferences.Participant::muted)
                .containsExactly(false, true);
        rooms.mute("round", two, false);
        assertThat(rooms.participants("round")).noneMatch(Conferences.Participant::muted);
        rooms.remove("round", one);
        rooms.remove("other", two);
        pbx.time().runUntilIdle();
        assertThat(rooms.participants("round"))
                .extracting(Conferences.Participant::call)
                .containsExactly(two);
        assertThatThrownBy(() -> rooms.mute("round", one, true)).isInstanceOf(NotFound.class);
        rooms.end("round");
        pbx.time().runUntilIdle();
        assertThat(pbx.calls()).allMatch(SimulatedCall::isOver);
        rooms.end("round");
    }

    @Test
    @DisplayName("an invitation leads into its room alone")
    void otherFlow() {
        assertThatThrownBy(() -> rooms.invite("round", request("one", WAIT)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("conference 'round' alone");
        assertThatThrownBy(() -> rooms.invite("square", request("one", ROOM))).isInstanceOf(UnsupportedFeature.class);
        assertThat(pbx.calls()).isEmpty();
    }

    private List<AnsweredBy> detected(int call) {
        return pbx.calls().get(call).events().stream()
                .filter(MachineDetected.class::isInstance)
                .map(event -> ((MachineDetected) event).answeredBy())
                .toList();
    }

    private void phones(SimulatedPhone phone) {
        pbx.phone("1002", phone);
    }

    private static CallRequest request(String command, CallFlow flow) {
        return CallRequest.of(new CommandId(command.replace(' ', '-')), OURS, Destination.sip("1002"), flow);
    }
}
