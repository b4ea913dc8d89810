package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.consent.ConsentDecision;
import io.careflow.pstn.consent.ConsentDesk;
import io.careflow.pstn.consent.ConsentParty;
import io.careflow.pstn.consent.ConsentRecord;
import io.careflow.pstn.consent.ConsentRecord.Answer;
import io.careflow.pstn.consent.ConsentWording;
import io.careflow.pstn.consent.Jurisdiction;
import io.careflow.pstn.consent.RecordingPolicy;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.tck.InMemoryConsentLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that is recorded by a real Asterisk")
class RecordingIT extends RealCalls {
    private static final double NOTICE_TONE =
            Objects.requireNonNull(Rig.prompts().get("welcome"));
    private static final double CARD_TONE = 1_900;
    private static final ConsentWording WORDING = new ConsentWording("en-1", sound("welcome"), sound("ask"));
    private static final List<String> CALLER_ALONE = List.of("caller");

    private final InMemoryConsentLog log = new InMemoryConsentLog();
    private final ConsentDesk desk = new ConsentDesk(log, WORDING, Clock.systemUTC());

    @BeforeEach
    void empty() throws IOException {
        for (Path left : files()) {
            Files.delete(left);
        }
        rig.tone("welcome", Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("holds both voices, and the notice where its offset says; what is said while it rests is not in it")
    void bothVoices() throws Exception {
        Recordings recordings = start("US-CA", desk::noticePlayed);
        RtpProbe here = probe(CALLER_TONE);
        RtpProbe there = probe(PHONE_TONE);
        phone("1001", PhoneScript.answer(Duration.ZERO), there);
        LiveCall call = dial(caller(Rig.MAIN).media(here));
        NoticePlayed notice = awaitEvent(NoticePlayed.class);
        awaitEvent(LegAnswered.class);
        assertThat(here.awaitTone(PHONE_TONE, SOON)).isTrue();
        assertThat(there.awaitTone(CALLER_TONE, SOON)).isTrue();
        talk(there);
        assertThat(recordings.list(notice.call()))
                .singleElement()
                .extracting(Recording::status)
                .isEqualTo(Recording.Status.RUNNING);

        recordings.pause(notice.call());
        assertThatThrownBy(() -> recordings.pause(notice.call())).isInstanceOf(NotFound.class);
        here.say(CARD_TONE);
        there.reset();
        assertThat(there.awaitTone(CARD_TONE, SOON)).isTrue();
        here.say(CALLER_TONE);
        there.reset();
        assertThat(there.awaitTone(CALLER_TONE, SOON)).isTrue();
        recordings.resume(notice.call());
        talk(there);
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertThat(cdr.recording()).isEqualTo(awaitEvent(RecordingReady.class).location());
        assertThat(log.of(notice.call()))
                .extracting(ConsentRecord::answer)
                .containsExactly(Answer.PENDING, Answer.ANNOUNCED);
        assertThat(log.of(notice.call()).get(1).noticeAt()).isEqualTo(notice.offset());

        WavTones heard = WavTones.of(files().get(0));
        int from = (int) notice.offset().toMillis() / 100;
        assertThat(heard.tenthsOf(NOTICE_TONE))
                .containsAll(IntStream.rangeClosed(from + 2, from + 8).boxed().toList())
                .allMatch(tenth -> tenth >= from - 1 && tenth <= from + 12);
        assertThat(heard.tenthsOf(CALLER_TONE)).hasSizeGreaterThan(25).anyMatch(tenth -> tenth <= from + 2);
        assertThat(heard.tenthsOf(PHONE_TONE)).hasSizeGreaterThan(15).allMatch(tenth -> tenth >= from + 9);
        assertThat(heard.tenthsOf(CARD_TONE)).isEmpty();
    }

    @Test
    @DisplayName("tells both sides at once when they are joined, and holds the notice and both voices")
    void toldTogether() throws Exception {
        startJoining("US-CA", WORDING);
        RtpProbe here = probe(0);
        RtpProbe there = probe(0);
        phone("1001", PhoneScript.answer(Duration.ZERO), there);
        LiveCall call = dial(caller(Rig.MAIN).media(here));
        assertThat(here.awaitTone(NOTICE_TONE, SOON)).as("the caller is told").isTrue();
        assertThat(there.awaitTone(NOTICE_TONE, SOON)).as("the callee is told").isTrue();
        NoticePlayed notice = awaitEvent(NoticePlayed.class);
        here.say(CALLER_TONE);
        there.say(PHONE_TONE);
        assertThat(here.awaitTone(PHONE_TONE, SOON)).isTrue();
        assertThat(there.awaitTone(CALLER_TONE, SOON)).isTrue();
        talk(there);
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertThat(cdr.recording()).isEqualTo(awaitEvent(RecordingReady.class).location());
        assertThat(log.of(cdr.call()))
                .extracting(ConsentRecord::party, ConsentRecord::answer)
                .containsExactly(
                        tuple("caller", Answer.PENDING),
                        tuple("callee", Answer.PENDING),
                        tuple("caller", Answer.ANNOUNCED),
                        tuple("callee", Answer.ANNOUNCED));
        assertThat(log.of(cdr.call()).get(3).noticeAt()).isEqualTo(notice.offset());
        WavTones recorded = WavTones.of(files().get(0));
        int from = (int) notice.offset().toMillis() / 100;
        assertThat(recorded.tenthsOf(NOTICE_TONE))
                .hasSizeGreaterThan(5)
                .allMatch(tenth -> tenth >= from - 1 && tenth <= from + 14);
        assertThat(recorded.tenthsOf(CALLER_TONE)).hasSizeGreaterThan(10);
        assertThat(recorded.tenthsOf(PHONE_TONE)).hasSizeGreaterThan(10);
    }

    @Test
    @DisplayName("is not recorded where the notice to both cannot be played, but they talk")
    void notTold() throws Exception {
        startJoining("US-CA", new ConsentWording("en-2", sound("no-such-sound"), sound("ask")));
        scene.expectError("no-such-sound");
        RtpProbe here = probe(CALLER_TONE);
        RtpProbe there = probe(PHONE_TONE);
        phone("1001", PhoneScript.answer(Duration.ZERO), there);
        LiveCall call = dial(caller(Rig.MAIN).media(here));
        assertThat(here.awaitTone(PHONE_TONE, SOON)).isTrue();
        assertThat(there.awaitTone(CALLER_TONE, SOON)).isTrue();
        talk(there);
        call.hangUp();
        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(event(NoticePlayed.class)).isEmpty();
        await().untilAsserted(() -> assertThat(files()).isEmpty());
        assertThat(event(RecordingReady.class)).isEmpty();
    }

    @Test
    @DisplayName("is not recorded where both would have to press a key, and that is kept")
    void notAsked() throws Exception {
        startJoining("ZZ", WORDING);
        RtpProbe here = probe(CALLER_TONE);
        phone("1001", PhoneScript.answer(Duration.ZERO), probe(PHONE_TONE));
        LiveCall call = dial(caller(Rig.MAIN).media(here));
        assertThat(here.awaitTone(PHONE_TONE, SOON)).isTrue();
        call.hangUp();
        Cdr cdr = rig.cdr();
        assertThat(cdr.recording()).isNull();
        assertThat(files()).isEmpty();
        assertThat(log.of(cdr.call())).extracting(ConsentRecord::answer).containsOnly(Answer.NOT_ASKED);
    }

    @Test
    @DisplayName("can be let rest and go on by an application that came back after its death")
    void afterTheDeath() throws Exception {
        Recordings before = start("US-CA", desk::noticePlayed);
        RtpProbe here = probe(CALLER_TONE);
        RtpProbe there = probe(PHONE_TONE);
        phone("1001", PhoneScript.answer(Duration.ZERO), there);
        LiveCall call = dial(caller(Rig.MAIN).media(here));
        CallRef ref = awaitEvent(LegAnswered.class).call();
        talk(there);
        assertThat(before.list(ref)).hasSize(1);
        rig.die();

        Recordings after = start("US-CA", desk::noticePlayed);
        assertThat(after.list(ref))
                .singleElement()
                .extracting(Recording::status)
                .isEqualTo(Recording.Status.RUNNING);
        after.pause(ref);
        here.say(CARD_TONE);
        there.reset();
        assertThat(there.awaitTone(CARD_TONE, SOON)).isTrue();
        here.say(CALLER_TONE);
        there.reset();
        assertThat(there.awaitTone(CALLER_TONE, SOON)).isTrue();
        after.resume(ref);
        talk(there);
        call.hangUp();

        rig.cdr();
        WavTones heard = WavTones.of(files().get(0));
        assertThat(heard.tenthsOf(CARD_TONE)).isEmpty();
        assertThat(heard.tenthsOf(CALLER_TONE)).hasSizeGreaterThan(20);
        assertThat(log.of(ref)).extracting(ConsentRecord::answer).containsExactly(Answer.PENDING, Answer.ANNOUNCED);
    }

    @Test
    @DisplayName("is fetched and deleted; deleting it again is no error")
    void fetchedAndDeleted() throws Exception {
        Recordings recordings = start("US-CA", event -> {});
        phone("1001", PhoneScript.busy(Duration.ZERO));
        dial(caller(Rig.MAIN).media(probe(CALLER_TONE))).result();
        CallRef call = rig.cdr().call();

        Recording kept = recordings.list(call).get(0);
        assertThat(recordings.fetch(kept.ref())).contains(kept);
        assertThat(kept.call()).isEqualTo(call);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        long bytes = recordings.download(kept.ref(), RecordingFormat.WAV, file);
        assertThat(bytes).isEqualTo(file.size());
        assertThat(WavTones.of(file.toByteArray()).tenthsOf(NOTICE_TONE)).isNotEmpty();
        recordings.delete(kept.ref());
        recordings.delete(kept.ref());
        assertThat(files()).isEmpty();
        assertThat(recordings.list(call)).isEmpty();
        assertThat(recordings.fetch(kept.ref())).isEmpty();
        assertThatThrownBy(() -> recordings.download(kept.ref(), RecordingFormat.WAV, file))
                .isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("is recorded after the key was pressed where that is asked for, and has the notice too")
    void keyPressed() throws Exception {
        start("ZZ", desk::noticePlayed);
        phone("1001", PhoneScript.busy(Duration.ZERO));
        dial(caller(Rig.MAIN).press(Duration.ofMillis(400), "1").media(probe(CALLER_TONE)))
                .result();
        CallRef call = rig.cdr().call();
        assertThat(log.of(call))
                .extracting(ConsentRecord::answer)
                .containsExactly(Answer.PENDING, Answer.GIVEN, Answer.GIVEN);
        assertThat(log.of(call).get(2).noticeAt()).isNotNull();
        assertThat(WavTones.of(files().get(0)).tenthsOf(NOTICE_TONE)).isNotEmpty();
    }

    @Test
    @DisplayName("is not recorded after another key, but goes on")
    void refused() throws Exception {
        start("ZZ", desk::noticePlayed);
        RtpProbe here = probe(CALLER_TONE);
        RtpProbe there = probe(PHONE_TONE);
        phone("1001", PhoneScript.answer(Duration.ZERO), there);
        LiveCall live = dial(caller(Rig.MAIN).press(Duration.ofMillis(400), "2").media(here));
        assertThat(here.awaitTone(PHONE_TONE, SOON)).isTrue();
        assertThat(there.awaitTone(CALLER_TONE, SOON)).isTrue();
        live.hangUp();
        Cdr cdr = rig.cdr();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.recording()).isNull();
        assertThat(files()).isEmpty();
        assertThat(log.of(cdr.call()))
                .extracting(ConsentRecord::answer)
                .containsExactly(Answer.PENDING, Answer.REFUSED);
    }

    @Test
    @DisplayName("is not recorded where the notice cannot be played, but goes on")
    void noSuchNotice() throws Exception {
        rig.start(
                event -> event instanceof io.careflow.pstn.event.InboundCall
                        ? CallFlow.start()
                                .step(new io.careflow.pstn.flow.Notice("en-2", sound("no-such-sound")))
                                .play(URI.create("sound:goodbye"))
                                .hangUp()
                        : CallFlow.start().hangUp(),
                event -> {});
        scene.expectError("no-such-sound");
        Ear ear = ear();
        dial(caller(Rig.MAIN).media(ear.probe)).result();
        rig.cdr();
        assertThat(ear.prompts()).contains("goodbye");
        assertThat(event(NoticePlayed.class)).isEmpty();
        await().untilAsserted(() -> assertThat(files()).isEmpty());
        assertThat(event(RecordingReady.class)).isEmpty();
    }

    /** A second of it, as the other side hears it. */
    private static void talk(RtpProbe hearing) {
        hearing.reset();
        await().until(() -> hearing.received().audio().compareTo(Duration.ofSeconds(1)) > 0);
    }

    private Recordings start(String place, Consumer<NoticePlayed> hearing) {
        ConsentDecision decision = RecordingPolicy.standard()
                .decide(List.of(ConsentParty.in(new Jurisdiction(place), "caller", Party.of(CALLER))));
        CallFlow rest =
                CallFlow.start().dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("over")));
        FlowHandler handler = event -> {
            if (event instanceof io.careflow.pstn.event.InboundCall) {
                return desk.begin(event.call(), decision, CALLER_ALONE, rest, Continuation.named("asked"));
            } else if (event instanceof InputGathered asked) {
                return desk.answered(event.call(), decision, CALLER_ALONE, asked.input(), rest);
            }
            return CallFlow.start().step(new StopRecording()).hangUp();
        };
        Consumer<CallEvent> watcher = event -> {
            if (event instanceof NoticePlayed played) {
                hearing.accept(played);
            }
        };
        return rig.start(handler, watcher).require(Recordings.class);
    }

    private void startJoining(String place, ConsentWording wording) {
        ConsentDesk told = new ConsentDesk(log, wording, Clock.systemUTC());
        Jurisdiction here = new Jurisdiction(place);
        ConsentDecision decision = RecordingPolicy.standard()
                .decide(List.of(
                        ConsentParty.in(here, "caller", Party.of(CALLER)),
                        ConsentParty.in(here, "callee", Party.of("sip:1001"))));
        CallFlow rest =
                CallFlow.start().dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("over")));
        FlowSupport support = new FlowSupport(Set.of("dial", "play", "notice", Dial.NOTICE));
        rig.start(
                event -> event instanceof io.careflow.pstn.event.InboundCall
                        ? told.joining(event.call(), decision, rest, support)
                        : CallFlow.start().hangUp(),
                event -> {
                    if (event instanceof NoticePlayed played) {
                        told.noticePlayed(played);
                    }
                });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(rig.server.recordingDirectory())) {
            return files.toList();
        }
    }

    private static Play sound(String name) {
        return new Play(URI.create("sound:" + name));
    }
}
