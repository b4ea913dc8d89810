package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.Leaks;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests with real calls: one Asterisk for a class, a new application for every test, and after every test a look whether
 * anything is left of its calls.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealCalls {
    static final String CALLER = "+14165550100";
    /** The tone of callers, and that of phones. */
    static final double CALLER_TONE = 440;

    static final double PHONE_TONE = 350;
    static final Duration SOON = Duration.ofSeconds(20);
    Rig rig;
    private Leaks before;
    Scene scene;

    /** Which Asterisk the calls go to: the newest, unless a subclass takes them to another. */
    AsteriskInstall install() {
        return AsteriskInstall.find();
    }

    static AsteriskInstall oldest() {
        return AsteriskInstall.oldest()
                .orElseThrow(() -> new IllegalStateException(
                        "the oldest Asterisk is missing; fetch it with scripts/setup.sh --with-oldest-asterisk"));
    }

    @BeforeAll
    final void startAsterisk() {
        rig = new Rig(install());
        before = Scene.baseline(rig);
    }

    @AfterAll
    final void stopAsterisk() {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    final void clear() {
        rig.reset();
        scene = new Scene(rig, before);
    }

    @AfterEach
    final void nothingIsLeft() {
        scene.close();
    }

    /**
     * How far times may be off: what two processes note of the same moment on a machine that does other things too. Older versions look at
     * a channel only every 200 ms.
     */
    final Duration tolerance() {
        return Duration.ofMillis(install().majorVersion() >= 20 ? 250 : 500);
    }

    // --- the parties ---

    final SipPhone phone(String user, PhoneScript script) {
        return scene.keep(SipPhone.register(rig.server, user, script));
    }

    final SipPhone phone(String user, PhoneScript script, RtpProbe media) {
        return scene.keep(SipPhone.register(rig.server, user, script, media));
    }

    final Ear ear() {
        return scene.keep(Ear.open(rig.server, CALLER_TONE));
    }

    final RtpProbe probe(double hertz) {
        return scene.keep(RtpProbe.open(rig.server, hertz));
    }

    final SipCaller caller(String to) {
        return SipCaller.on(rig.server).from(CALLER).to(to).limit(Duration.ofSeconds(25));
    }

    final LiveCall dial(SipCaller caller) {
        return scene.keep(caller.dial());
    }

    /** Calls the main number and enters the ID. */
    final LiveCall dialMain(String id) {
        return dial(caller(Rig.MAIN).press(Duration.ofMillis(300), id));
    }

    // --- what happened ---

    final <E extends CallEvent> E awaitEvent(Class<E> type) {
        await(type.getSimpleName()).atMost(SOON).until(() -> event(type).isPresent());
        return event(type).orElseThrow();
    }

    final <E extends CallEvent> Optional<E> event(Class<E> type) {
        return rig.events.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    static void assertEnd(Cdr cdr, Disposition disposition, int q850, ReleasedBy releasedBy) {
        Assertions.assertThat(cdr)
                .extracting(
                        Cdr::disposition,
                        record -> record.cause().q850(),
                        Cdr::releasedBy,
                        record -> record.times().endExact())
                .containsExactly(disposition, q850, releasedBy, true);
    }

    final void assertNear(long millis, Duration expected) {
        assertThat(Duration.ofMillis(millis)).isCloseTo(expected, tolerance());
    }

    /** When the phone sent the first response of this status to its only call. */
    static Instant said(SipPhone phone, int status) {
        return phone.calls().get(0).result().messages().stream()
                .filter(message -> message.sent() && message.isResponseTo("INVITE") && message.status() == status)
                .findFirst()
                .map(SipMessage::at)
                .orElseThrow();
    }

    /** When the only call of the phone was ended by a request of this method, from either side. */
    static Instant ended(SipPhone phone, String method) {
        return phone.calls().get(0).result().messages().stream()
                .filter(message -> message.isRequest(method))
                .findFirst()
                .map(SipMessage::at)
                .orElseThrow();
    }
}
