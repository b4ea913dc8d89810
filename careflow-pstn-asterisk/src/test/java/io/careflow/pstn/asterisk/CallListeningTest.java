package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A caller who is listened to")
class CallListeningTest {
    private static final String RECORD = "POST /ari/channels/c1/record";
    private static final String STOP = "POST /ari/recordings/live/";
    private static final String DISCARD = "DELETE /ari/recordings/live/";
    private static final String DELETE = "DELETE /ari/recordings/stored/";
    private static final String FIRST = "careflow-utterance-careflow.c1.1";
    private static final String VARIABLE = "POST /ari/channels/c1/variable";
    private static final Gather ASKING = Gather.digits(4, Continuation.named("id"))
            .accepting(Set.of(InputKind.DTMF, InputKind.SPEECH))
            .within(Duration.ofSeconds(60), Duration.ofSeconds(50), Duration.ofSeconds(80));

    private final FakeAri asterisk = FakeCalls.asterisk();
    private final Fake recognizer = new Fake();
    private @Nullable FakeCalls application;

    @TempDir
    Path folder;

    @AfterEach
    void close() throws IOException {
        recognizer.answers.add(Optional.empty());
        if (application != null) {
            application.close();
        }
        asterisk.close();
    }

    @Test
    @DisplayName("is recorded until silent; the recording is fetched, deleted and recognised")
    void recognised() throws Exception {
        recognizer.answers.add(Optional.of(new RecognizedSpeech("four seven", 70)));
        recorded(ASKING);
        speaks();
        await().until(() -> !calls().requests(STOP + FIRST + "/stop").isEmpty());
        over(FIRST, "RecordingFinished");

        assertThat(input()).isEqualTo(new GatheredInput("", "four seven", 70, End.COMPLETE));
        assertThat(recognizer.heard.get(0)).isEqualTo("sound");
        assertThat(calls().requests(RECORD).subList(0, 1))
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .contains(
                                "\"name\":\"" + FIRST + "\"",
                                "\"terminateOn\":\"none\"",
                                "\"maxDurationSeconds\":82",
                                "\"maxSilenceSeconds\":0"));
        assertThat(calls().requests(DELETE)).containsExactly(DELETE + FIRST + " ");
        assertThat(order(
                        "TALK_DETECT(set)",
                        "c1/record",
                        "/stop",
                        "/file",
                        "stored/" + FIRST + " ",
                        "TALK_DETECT(remove)"))
                .isSorted();
    }

    @Test
    @DisplayName("is not recorded before the prompts are over")
    void prompts() throws Exception {
        arrives(ASKING.asking(Rig.tone("ask")));
        await().until(() -> !calls().requests("POST /ari/channels/c1/play").isEmpty());
        assertThat(calls().requests(RECORD)).isEmpty();

        String play = calls().requests("POST /ari/channels/c1/play").get(0);
        String id = play.replaceAll("(?s).*\"playbackId\":\"([^\"]+)\".*", "$1");
        calls().says("PlaybackFinished", "\"playback\":{\"id\":\"" + id + "\",\"target_uri\":\"channel:c1\"}");
        await().until(() -> !calls().requests(RECORD).isEmpty());
    }

    @Test
    @DisplayName("and presses a key is heard no more: the recording is thrown away, keys count")
    void key() throws Exception {
        recorded(ASKING);
        speaks();
        for (char key : "0001".toCharArray()) {
            calls().says("ChannelDtmfReceived", "\"digit\":\"" + key + "\",\"channel\":" + FakeCalls.channel("c1"));
        }

        assertThat(input()).isEqualTo(GatheredInput.digits("0001", End.COMPLETE));
        assertThat(calls().requests(DISCARD)).containsExactly(DISCARD + FIRST + " ");
        over(FIRST, "RecordingFinished");
        await().until(() -> calls().requests(DELETE).contains(DELETE + FIRST + " "));
        assertThat(recognizer.heard).isEmpty();
        assertThat(calls().events(InputGathered.class)).hasSize(1);
    }

    @Test
    @DisplayName("and presses a key while the recogniser works: it is interrupted, and what it says is not waited for")
    void keyDuringRecognition() throws Exception {
        recognising();
        calls().says("ChannelDtmfReceived", "\"digit\":\"#\",\"channel\":" + FakeCalls.channel("c1"));

        assertThat(input()).isEqualTo(GatheredInput.digits("", End.FINISH_KEY));
        assertThat(recognizer.interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(calls().events(InputGathered.class)).hasSize(1);
    }

    @Test
    @DisplayName("presses a key where only speech counts: nothing changes")
    void speechOnly() throws Exception {
        recognizer.answers.add(Optional.of(new RecognizedSpeech("one", null)));
        recorded(ASKING.accepting(Set.of(InputKind.SPEECH)));
        calls().says("ChannelDtmfReceived", "\"digit\":\"1\",\"channel\":" + FakeCalls.channel("c1"));
        speaks();
        over(FIRST, "RecordingFinished");

        assertThat(input()).isEqualTo(new GatheredInput("", "one", null, End.COMPLETE));
        assertThat(calls().requests(DISCARD).stream().filter(request -> request.contains(FIRST)))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "by a recogniser that takes too long: after the limit the gather is over, and the recogniser interrupted")
    void slow() throws Exception {
        limit = Duration.ofMillis(200);
        recognising();

        assertThat(input()).isEqualTo(GatheredInput.digits("", End.TIMEOUT));
        assertThat(recognizer.interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("by a recogniser that fails: nothing was understood")
    void failing() throws Exception {
        recognizer.failure = new IllegalStateException("four seven one one");
        recorded(ASKING);
        speaks();
        over(FIRST, "RecordingFinished");

        assertThat(input()).isEqualTo(new GatheredInput("", null, null, End.COMPLETE));
    }

    @Test
    @DisplayName("and whose recording cannot be fetched: nothing was understood, and it is deleted all the same")
    void notFetched() throws Exception {
        recorded(ASKING);
        asterisk.answer("GET /ari/recordings/stored/" + FIRST + "/file", 404, "{}");
        speaks();
        over(FIRST, "RecordingFinished");

        assertThat(input()).isEqualTo(new GatheredInput("", null, null, End.COMPLETE));
        assertThat(calls().requests(DELETE)).contains(DELETE + FIRST + " ");
        assertThat(recognizer.heard).isEmpty();
    }

    @Test
    @DisplayName("and who says nothing: after the time for the first word the recording is thrown away")
    void silent() throws Exception {
        recorded(ASKING.within(Duration.ofMillis(300), Duration.ofSeconds(50), Duration.ofSeconds(80)));

        assertThat(input()).isEqualTo(GatheredInput.digits("", End.TIMEOUT));
        assertThat(calls().requests(DISCARD)).containsExactly(DISCARD + FIRST + " ");
        assertThat(recognizer.heard).isEmpty();
    }

    @Test
    @DisplayName("and who begins to speak is not cut off by the time for the first word, but by the time for all")
    void endless() throws Exception {
        recognizer.answers.add(Optional.of(new RecognizedSpeech("one", 1)));
        recorded(ASKING.within(Duration.ofMillis(300), Duration.ofSeconds(50), Duration.ofMillis(900)));
        calls().says("ChannelTalkingStarted", "\"channel\":" + FakeCalls.channel("c1"));
        await().until(() -> !calls().requests(STOP + FIRST + "/stop").isEmpty());
        over(FIRST, "RecordingFinished");

        assertThat(input()).isEqualTo(new GatheredInput("", "one", 1, End.COMPLETE));
    }

    @Test
    @DisplayName("and whose recording fails can still type")
    void recordingFails() throws Exception {
        recorded(ASKING);
        over(FIRST, "RecordingFailed");
        await().until(() -> calls().requests(VARIABLE).stream().anyMatch(r -> r.contains("TALK_DETECT(remove)")));
        speaks();
        calls().says("ChannelDtmfReceived", "\"digit\":\"#\",\"channel\":" + FakeCalls.channel("c1"));

        assertThat(input()).isEqualTo(GatheredInput.digits("", End.FINISH_KEY));
    }

    @Test
    @DisplayName("and hangs up: the recording is deleted, the recogniser interrupted")
    void gone() throws Exception {
        recognising();
        calls().destroyed("c1");

        assertThat(recognizer.interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        await().until(() -> calls().requests(DISCARD).contains(DISCARD + FIRST + " "));
        assertThat(calls().events(InputGathered.class)).isEmpty();
    }

    @Test
    @DisplayName("and whose recording ended while the connection was lost is recognised all the same")
    void gap() throws Exception {
        recognizer.answers.add(Optional.of(new RecognizedSpeech("one", 1)));
        recorded(ASKING);
        speaks();
        await().until(() -> !calls().requests(STOP + FIRST + "/stop").isEmpty());
        asterisk.answer(
                "GET /ari/channels", 200, "[" + FakeCalls.channel("c1", "Stasis", "careflow,inbound", "in") + "]");
        asterisk.answer("GET /ari/recordings/live/" + FIRST, 404, "{}");
        calls().socket.close();

        assertThat(input()).isEqualTo(new GatheredInput("", "one", 1, End.COMPLETE));
    }

    @Test
    @DisplayName("twice is recorded under another name, because the one before may still be ending")
    void names() throws Exception {
        recorded(ASKING.within(Duration.ofMillis(200), Duration.ofSeconds(50), Duration.ofSeconds(80)));
        await().until(() -> calls().requests(RECORD).size() >= 3);

        assertThat(calls().requests(RECORD).stream()
                        .limit(3)
                        .map(request -> request.replaceAll("(?s).*\"name\":\"([^\"]+)\".*", "$1")))
                .containsExactly(FIRST, "careflow-utterance-careflow.c1.2", FIRST);
    }

    @Test
    @DisplayName(
            "was recorded for a predecessor, whose recordings of calls that are over are deleted, and nobody else's")
    void predecessor() throws Exception {
        asterisk.answer("GET /ari/recordings/stored", 200, """
                [{"name":"careflow-utterance-careflow.gone.1"},{"name":"careflow-utterance-careflow-2.gone.1"},
                {"name":"careflow-message-gone-1"}]""");
        arrives(ASKING);

        await().until(() -> !calls().requests(DELETE).isEmpty());
        assertThat(calls().requests(DELETE)).containsExactly(DELETE + "careflow-utterance-careflow.gone.1 ");
    }

    @Test
    @DisplayName("of a predecessor: a recording that goes on is thrown away before the question is asked again")
    void takenOver() throws Exception {
        asterisk.answer(
                "GET /ari/channels", 200, "[" + FakeCalls.channel("c1", "Stasis", "careflow,inbound", "in") + "]");
        asterisk.answer(
                "GET /ari/channels/c1/variable",
                200,
                FakeCalls.value(new ChannelVariable(0, FakeCalls.INBOUND.encode()).text()));
        start(ASKING);

        await().until(() -> !calls().requests(RECORD).isEmpty());
        assertThat(calls().requests(DISCARD))
                .containsExactly(DISCARD + FIRST + " ", DISCARD + "careflow-utterance-careflow.c1.2 ");
        assertThat(order("live/" + FIRST + " ", "TALK_DETECT(set)", "c1/record"))
                .isSorted();
    }

    @Test
    @DisplayName("is refused where nothing listens, and nothing is placed; keys alone are not")
    void refused() throws Exception {
        application = new FakeCalls(asterisk, folder, FakeCalls.BYE).connected();
        for (InputKind other : InputKind.values()) {
            CallFlow flow = CallFlow.start().gather(ASKING.accepting(EnumSet.of(InputKind.SPEECH, other)));
            assertThatThrownBy(() -> calls().control().place(request(flow)))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("step 'gather-speech' is not supported; supported are [")
                    .hasMessageContaining(" gather, ");
        }
        assertThat(calls().requests("POST /ari/channels")).isEmpty();
    }

    @Test
    @DisplayName("by nobody, because Asterisk cannot tell when callers speak: that is looked at once")
    void module() throws Exception {
        asterisk.answer("GET /ari/asterisk/modules/func_talkdetect.so", 404, "{}");
        recorded(ASKING.within(Duration.ofMillis(200), Duration.ofSeconds(50), Duration.ofSeconds(80)));
        await().until(() -> calls().requests(RECORD).size() >= 2);

        assertThat(calls().requests("GET /ari/asterisk/modules/")).hasSize(1);
    }

    private FakeCalls calls() {
        return Objects.requireNonNull(application);
    }

    private Duration limit = Duration.ofSeconds(30);

    private static CallRequest request(CallFlow flow) {
        return CallRequest.of(new CommandId("k1"), new PhoneNumber("+14165550100"), Destination.sip("sip:1001"), flow);
    }

    /** The recogniser is at work and says nothing. */
    private void recognising() throws Exception {
        recorded(ASKING);
        speaks();
        over(FIRST, "RecordingFinished");
        await().until(() -> !recognizer.heard.isEmpty());
    }

    private void recorded(Gather gather) throws Exception {
        arrives(gather);
        await().until(() -> !calls().requests(RECORD).isEmpty());
    }

    private void arrives(Gather gather) throws Exception {
        start(gather);
        calls().arrives("c1");
    }

    private void start(Gather gather) throws Exception {
        asterisk.answer("GET /ari/recordings/stored/" + FIRST + "/file", 200, "sound");
        if (asterisk.requests.isEmpty()) {
            asterisk.answer(DISCARD + FIRST, 404, "{}");
        }
        CallFlow again = CallFlow.start().gather(gather);
        application = new FakeCalls(
                        asterisk,
                        folder,
                        again,
                        builder -> builder.recognizer(recognizer).recognition(limit, 2))
                .connected();
    }

    private void speaks() throws IOException {
        calls().says("ChannelTalkingStarted", "\"channel\":" + FakeCalls.channel("c1"));
        calls().says("ChannelTalkingFinished", "\"duration\":900,\"channel\":" + FakeCalls.channel("c1"));
    }

    private void over(String name, String type) throws IOException {
        calls().says(
                        type,
                        "\"recording\":{\"name\":\"" + name
                                + "\",\"target_uri\":\"channel:c1\",\"duration\":1,\"cause\":\"x\"}");
    }

    private GatheredInput input() {
        await().until(() -> !calls().events(InputGathered.class).isEmpty());
        assertThat(calls().asked.get(0)).isInstanceOf(InboundCall.class);
        return calls().events(InputGathered.class).get(0).input();
    }

    /** Where the first request with each of these stands. */
    private List<Integer> order(String... parts) {
        return java.util.Arrays.stream(parts)
                .map(part -> {
                    await().until(() -> asterisk.requests.stream().anyMatch(request -> request.contains(part)));
                    return asterisk.requests.indexOf(asterisk.requests.stream()
                            .filter(request -> request.contains(part))
                            .findFirst()
                            .orElseThrow());
                })
                .toList();
    }

    /** Answers what it is told to, and waits where it is told nothing. */
    private static final class Fake implements SpeechRecognizer {
        final BlockingQueue<Optional<RecognizedSpeech>> answers = new LinkedBlockingQueue<>();
        final List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        final CountDownLatch interrupted = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger();
        volatile @Nullable RuntimeException failure;

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Optional<RecognizedSpeech> recognize(Utterance utterance) throws SpeechException, InterruptedException {
            asked.incrementAndGet();
            try {
                heard.add(new String(utterance.wav().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new SpeechException("unreadable", e);
            }
            RuntimeException failing = failure;
            if (failing != null) {
                throw failing;
            }
            try {
                return answers.take();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }
}
