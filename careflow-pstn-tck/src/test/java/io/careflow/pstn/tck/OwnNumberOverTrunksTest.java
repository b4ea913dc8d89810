package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A callback to a user's own telephone number, over the plan's trunks")
class OwnNumberOverTrunksTest {
    private static final PhoneNumber MOBILE = new PhoneNumber("+14165550177");
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final SimulatedPhone OUT_OF_ORDER =
            SimulatedPhone.fails(new HangupCause(38, 503, "Network out of order"));

    private final InMemoryOutboundStage stage = new InMemoryOutboundStage();
    private final Gate gate = new ApartGate(Gate.Kind.OPEN, Money.of("200", "USD"));
    private final OutboundScene story =
            new OutboundScene(stage, OutboundSettings.defaults().withHomeRegion("CA"), gate, stage.routes());

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    @DisplayName("the first trunk fails: the user and then the destination are called over the second, at its price")
    void failsOver() {
        assertThat(stage.disturb(stage.routes().get(0), OUT_OF_ORDER)).isTrue();
        stage.outside(MOBILE, SimulatedPhone.answersAfter(SECOND));
        stage.outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(10)));
        Cdr cdr = story.callback(wants("o1"));
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.attempts())
                .extracting(tried -> tried.attempt().number() + " " + tried.called() + " " + tried.line())
                .containsExactly(
                        "1 " + MOBILE + " trunk-first",
                        "2 " + MOBILE + " trunk-second",
                        "3 " + OUTSIDE + " trunk-first",
                        "4 " + OUTSIDE + " trunk-second");
        assertThat(cdr.attempts())
                .extracting(TriedRoute::move)
                .containsExactly(Move.NEXT, Move.STOP, Move.NEXT, Move.STOP);
        assertThat(cdr.carrier()).isEqualTo("second");
        // 11 seconds of the mobile, 10 of the destination, at two cents a second.
        assertThat(cdr.cost().amount()).isEqualTo(Money.of("0.42", "USD"));
        assertThat(cdr.legs())
                .extracting(CdrLeg::destination)
                .containsExactly(MOBILE.e164(), OUTSIDE.e164(), OUTSIDE.e164());
    }

    @Test
    @DisplayName("the user is busy: no other trunk is tried, and nobody else is called")
    void busy() {
        stage.outside(MOBILE, SimulatedPhone.busy());
        stage.outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = story.callback(wants("o2"));
        assertThat(cdr.disposition()).isEqualTo(Disposition.BUSY);
        assertThat(cdr.attempts()).singleElement().satisfies(tried -> {
            assertThat(tried.line()).isEqualTo("trunk-first");
            assertThat(tried.move()).isEqualTo(Move.STOP);
        });
        assertThat(gate.held().signum()).isZero();
    }

    @Test
    @DisplayName("a phone of ours is called over no trunk")
    void phoneOfOurs() {
        stage.disturb(stage.routes().get(0), OUT_OF_ORDER);
        stage.phone("sip:1001", SimulatedPhone.neverAnswers());
        Cdr cdr = story.callback(story.wants("o3", OUTSIDE.e164()));
        assertThat(cdr.disposition()).isEqualTo(Disposition.NO_ANSWER);
        assertThat(cdr.attempts()).isEmpty();
        assertThat(story.desk().records(new CommandId("o3")).records()).containsExactly(cdr);
    }

    private CallbackRequest wants(String command) {
        return story.wants(command, OUTSIDE.e164()).on(Destination.number(MOBILE));
    }
}
