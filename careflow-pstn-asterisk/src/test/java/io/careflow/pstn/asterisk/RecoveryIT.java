package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.lab.Cable;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call survives the application, and no end of a call is lost")
class RecoveryIT extends RealCalls {
    private static final long TOLERANCE_MS = 150;

    @BeforeEach
    void ringLonger() {
        rig.settings = rig.settings.ringingFor(Duration.ofSeconds(15));
    }

    @Test
    @DisplayName("a conversation goes on while the application is away, and its successor finishes the record")
    void talkGoesOn() {
        rig.start();
        try (SipPhone phone = answering(200);
                LiveCall call = main()) {
            Instant answered = awaitEvent(LegAnswered.class).occurredAt();
            rig.die();
            assertThat(rig.server.channels()).isEqualTo(2);
            rig.events.clear();
            rig.start();
            await().until(() -> rig.events.stream().anyMatch(LegAnswered.class::isInstance));
            call.hangUp();

            Cdr cdr = rig.cdr();
            assertAnswered(cdr, answered);
            assertThat(cdr.typed()).isEqualTo("0001");
            assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLER);
            assertThat(cdr.times().endExact()).isTrue();
        }
    }

    @Test
    @DisplayName("a caller who hangs up while the application is away has an exact record afterwards")
    void endWhileAway() {
        rig.start();
        Cdr cdr;
        Instant answered;
        Instant hungUp;
        try (SipPhone phone = answering(200);
                LiveCall call = main()) {
            answered = awaitEvent(LegAnswered.class).occurredAt();
            rig.die();
            call.hangUp();
            hungUp = Instant.now();
            await().until(() -> rig.server.channels() == 0);
            rig.start();
            cdr = rig.cdr();
        }
        assertAnswered(cdr, answered);
        assertThat(cdr.typed()).isEqualTo("0001");
        assertThat(cdr.userId()).isEqualTo("1");
        assertThat(cdr.times().endExact()).isTrue();
        assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLER);
        assertThat(cdr.times().ended().toEpochMilli()).isCloseTo(hungUp.toEpochMilli(), within(TOLERANCE_MS * 3));
    }

    @Test
    @DisplayName(
            "a user who hangs up while the application is away ends the call of both, with an exact record afterwards")
    void calleeEndsWhileAway() {
        scene.expectError("not active");
        rig.start();
        try (SipPhone phone = answering(200);
                LiveCall call = main()) {
            Instant answered = awaitEvent(LegAnswered.class).occurredAt();
            rig.die();
            phone.hangUp();
            assertThat(call.result().answered()).isTrue();
            await().until(() -> rig.server.channels() == 0);
            rig.start();

            Cdr cdr = rig.cdr();
            assertAnswered(cdr, answered);
            assertThat(cdr.times().endExact()).isTrue();
            assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        }
    }

    @Test
    @DisplayName("a phone that is answered while the application is away counts talk from that moment")
    void answeredWhileAway() {
        rig.start();
        try (SipPhone phone = SipPhone.register(rig.server, "1001", PhoneScript.ring());
                LiveCall call = main()) {
            awaitEvent(LegRinging.class);
            rig.die();
            phone.answer();
            await().until(() -> rig.server.bridges() > 0);
            Instant answered = Instant.now();
            rig.start();
            await().until(() ->
                    rig.events.stream().filter(LegAnswered.class::isInstance).count() > 0);
            call.hangUp();

            Cdr cdr = rig.cdr();
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.times().answered()).isCloseTo(answered, within(TOLERANCE_MS * 3, ChronoUnit.MILLIS));
        }
    }

    @Test
    @DisplayName("a caller in the menu is asked again by the successor")
    void menuBeginsAgain() {
        rig.start();
        try (SipPhone phone = answering(200);
                LiveCall call = SipCaller.on(rig.server)
                        .from("+14165550100")
                        .to(Rig.MAIN)
                        .press(Duration.ofMillis(4500), "0001")
                        .hangUpAfter(Duration.ofSeconds(3))
                        .dial()) {
            await().until(() -> rig.events.size() >= 3);
            rig.die();
            rig.start();

            Cdr cdr = rig.cdr();
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(call.result().success()).isTrue();
        }
    }

    @Test
    @DisplayName("a lost connection is made up for: the end that was missed is exact")
    void connectionLost() throws IOException {
        try (Cable cable = Cable.to(rig.server.ariUri())) {
            rig.through = cable.through(rig.server.ariUri());
            AsteriskProvider provider = rig.start();
            try (SipPhone phone = answering(200);
                    LiveCall call = main()) {
                Instant answered = awaitEvent(LegAnswered.class).occurredAt();
                cable.pull();
                await().until(() -> !provider.health().connected());
                call.hangUp();
                await().until(() -> rig.server.channels() == 0);
                cable.plug();

                Cdr cdr = rig.cdr();
                assertAnswered(cdr, answered);
                assertThat(cdr.times().endExact()).isTrue();
                assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLER);
                await().until(() -> provider.health().connected());
                assertThat(provider.liveCalls()).isZero();
            }
            rig.die();
        }
    }

    @Test
    @DisplayName("a prompt whose end was missed does not hold the call")
    void promptEndMissed() throws IOException {
        try (Cable cable = Cable.to(rig.server.ariUri())) {
            rig.through = cable.through(rig.server.ariUri());
            rig.settings =
                    rig.settings.inputWithin(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(15));
            AsteriskProvider provider = rig.start();
            try (SipPhone phone = answering(200);
                    LiveCall call = SipCaller.on(rig.server)
                            .from("+14165550100")
                            .to(Rig.MAIN)
                            .press(Duration.ofSeconds(7), "0001")
                            .hangUpAfter(Duration.ofSeconds(2))
                            .dial()) {
                await().until(() -> rig.events.size() >= 3);
                cable.pull();
                await().until(() -> !provider.health().connected());
                // Both prompts together last less than a second: their end is missed for sure.
                await().during(Duration.ofSeconds(1))
                        .until(() -> !provider.health().connected());
                cable.plug();
                Cdr cdr = rig.cdr();
                assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
                assertThat(call.result().success()).isTrue();
            }
            rig.die();
        }
    }

    @Test
    @DisplayName("when Asterisk dies its calls are closed at the last sign of life, and new ones work once it is back")
    void asteriskDies() {
        AsteriskProvider provider = rig.start();
        try (SipPhone phone = answering(200)) {
            try (LiveCall call = main()) {
                Instant answered = awaitEvent(LegAnswered.class).occurredAt();
                rig.server.kill();
                await().until(() -> !provider.health().connected());
                assertThat(call).isNotNull();
                rig.server.start();
                Cdr cdr = rig.cdr();
                assertAnswered(cdr, answered);
                assertThat(cdr.times().endExact()).isFalse();
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> provider.health().connected());
            phone.register(Duration.ofMinutes(1));
            SipCaller.on(rig.server)
                    .from("+14165550100")
                    .to(Rig.PERSONAL)
                    .hangUpAfter(Duration.ofMillis(300))
                    .call();
            assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
        }
    }

    @Test
    @DisplayName("a record that is stored already is not reported again")
    void notTwice() {
        rig.start();
        AtomicInteger reported = new AtomicInteger();
        try (SipPhone phone = answering(100);
                LiveCall call = main()) {
            awaitEvent(LegAnswered.class);
            call.hangUp();
            Cdr cdr = rig.cdr();
            rig.die();
            rig.recorded.add(cdr.call());
            rig.events.clear();
            rig.start();
        }
        rig.events.forEach(event -> reported.incrementAndGet());
        assertThat(reported).hasValue(0);
    }

    private SipPhone answering(int millis) {
        return SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ofMillis(millis)));
    }

    private LiveCall main() {
        return SipCaller.on(rig.server)
                .from("+14165550100")
                .to(Rig.MAIN)
                .press(Duration.ofMillis(300), "0001")
                .hangUpAfter(Duration.ofSeconds(25))
                .dial();
    }

    private static void assertAnswered(Cdr cdr, Instant answered) {
        assertThat(cdr.disposition()).as(cdr.toString()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.times().answered()).isCloseTo(answered, within(TOLERANCE_MS, ChronoUnit.MILLIS));
        assertThat(cdr.times().talkMillis()).isPositive();
    }
}
