package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.tck.FakeReply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What each step and ending is at Telnyx, and what its events mean. */
class FlowCommandsTest {
    private static final Continuation THEN = Continuation.named("next");
    private static final Say WELCOME = new Say("Welcome.", Locale.ENGLISH);
    private static final Say ASK = new Say("Your ID?", Locale.ENGLISH);
    private static final Gather FOUR = Gather.digits(4, THEN);
    private static final URI MUSIC = URI.create("https://example.org/music.mp3");

    private final FlowScene scene = new FlowScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName(
            "every command carries a command_id, and a client_state in standard Base64 that names call and command")
    void carried() {
        scene.answering(CallFlow.start().say("One.", Locale.ENGLISH).hangUp()).answered();
        JsonNode answer = scene.body("answer");
        JsonNode speak = scene.body("speak");
        assertThat(answer.path("command_id").asText())
                .hasSize(36)
                .isNotEqualTo(speak.path("command_id").asText());
        assertThat(FlowScene.decoded(answer)).isEqualTo("cf1|" + FlowScene.CALL + "|1|0|0");
        assertThat(FlowScene.decoded(speak)).isEqualTo("cf1|" + FlowScene.CALL + "|2|0|0");
    }

    @Test
    @DisplayName("say: speak with a voice of the language")
    void say() {
        scene.answering(CallFlow.start().say("Bonjour.", Locale.CANADA_FRENCH).hangUp())
                .answered();
        JsonNode body = scene.body("speak");
        assertThat(body.path("payload").asText()).isEqualTo("Bonjour.");
        assertThat(body.path("voice").asText()).isEqualTo("AWS.Polly.Gabrielle-Neural");
        assertThat(body.path("language").asText()).isEqualTo("fr-CA");
    }

    @Test
    @DisplayName("play: playback_start, over with call.playback.ended, also when the file is not found")
    void play() {
        FlowEngine engine =
                scene.answering(CallFlow.start().play(MUSIC).hangUp()).answered();
        assertThat(scene.body("playback_start").path("audio_url").asText()).isEqualTo(MUSIC.toString());
        engine.happened(scene.ofCall("call.playback.ended", "status", "file_not_found"));
        assertThat(scene.sent()).endsWith("hangup");
    }

    @Test
    @DisplayName("pause: our own timer, also before the call is answered")
    void pause() {
        scene.answering(CallFlow.start().pause(Duration.ofSeconds(3)).hangUp())
                .node()
                .happened(scene.arrives());
        scene.passes(Duration.ofMillis(2900));
        assertThat(scene.sent()).isEmpty();
        scene.passes(Duration.ofMillis(200));
        assertThat(scene.sent()).containsExactly("reject");
    }

    @Test
    @DisplayName("send-digits: send_dtmf, over when the digits are sent, as Telnyx has no event for it")
    void digits() {
        scene.answering(CallFlow.start().sendDigits("12w#").hangUp()).answered();
        assertThat(scene.body("send_dtmf").path("digits").asText()).isEqualTo("12w#");
        assertThat(scene.sent()).doesNotContain("hangup");
        scene.passes(Duration.ofSeconds(2));
        assertThat(scene.sent()).endsWith("hangup");
    }

    @Test
    @DisplayName("recording: dual-channel WAV until it is stopped; it is a recording of the call")
    void recording() {
        FlowEngine engine = scene.answering(CallFlow.start()
                        .startRecording()
                        .say("One.", Locale.ENGLISH)
                        .stopRecording()
                        .hangUp())
                .answered();
        assertThat(scene.body("record_start").path("format").asText()).isEqualTo("wav");
        assertThat(scene.body("record_start").path("channels").asText()).isEqualTo("dual");
        engine.happened(scene.ofCall("call.speak.ended"));
        assertThat(scene.sent()).containsExactly("answer", "record_start", "speak", "record_stop", "hangup");
        engine.happened(saved(scene.body("record_start")));
        assertThat(scene.told(RecordingReady.class))
                .extracting(RecordingReady::kind, ready -> ready.call().id(), RecordingReady::length)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        RecordingReady.Kind.CALL, FlowScene.CALL, Duration.ofSeconds(3)));
    }

    @Test
    @DisplayName("voicemail: a single channel with a beep; # ends it; it is over once it is saved")
    void voicemail() {
        FlowEngine engine = scene.answering(CallFlow.start().voicemail(Voicemail.upTo(Duration.ofSeconds(90), THEN)))
                .answered();
        JsonNode body = scene.body("record_start");
        assertThat(body.path("channels").asText()).isEqualTo("single");
        assertThat(body.path("play_beep").asBoolean()).isTrue();
        assertThat(body.path("max_length").asInt()).isEqualTo(90);
        assertThat(body.path("timeout_secs").asInt()).isEqualTo(5);
        engine.happened(scene.ofCall("call.dtmf.received", "digit", "1"));
        assertThat(scene.sent()).doesNotContain("record_stop");
        engine.happened(scene.ofCall("call.dtmf.received", "digit", "#"));
        assertThat(scene.sent()).endsWith("record_stop");
        engine.happened(saved(body));
        assertThat(scene.told(RecordingReady.class).get(0).kind()).isEqualTo(RecordingReady.Kind.VOICEMAIL);
        assertThat(scene.told(MessageTaken.class)).hasSize(1);
    }

    @Test
    @DisplayName("a message whose caller hangs up is told after the end, though its event names no call")
    void messageAfterTheEnd() {
        FlowEngine engine = scene.answering(CallFlow.start().voicemail(Voicemail.upTo(Duration.ofSeconds(90), THEN)))
                .answered();
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller"));
        engine.happened(saved(scene.body("record_start")));
        RecordingReady ready = scene.told(RecordingReady.class).get(0);
        assertThat(ready.kind()).isEqualTo(RecordingReady.Kind.VOICEMAIL);
        assertThat(ready.call().id()).isEqualTo(FlowScene.CALL);
        assertThat(scene.told(MessageTaken.class)).isEmpty();
    }

    @Test
    @DisplayName("gather: what is said in one language is one command, with the times and keys of the gather")
    void gather() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR.asking(WELCOME, ASK)))
                .answered();
        JsonNode body = scene.body("gather_using_speak");
        assertThat(body.path("payload").asText()).isEqualTo("Welcome. Your ID?");
        assertThat(body.path("maximum_tries").asInt()).isEqualTo(1);
        assertThat(body.path("maximum_digits").asInt())
                .as("we count, because of *")
                .isEqualTo(128);
        assertThat(body.path("terminating_digit").asText()).isEqualTo("#");
        assertThat(body.path("timeout_millis").asInt()).isEqualTo(5000);
        assertThat(body.path("inter_digit_timeout_millis").asInt()).isEqualTo(3000);
        engine.happened(scene.ofCall("call.gather.ended", "status", "timeout"));
        assertThat(input()).isEqualTo(GatheredInput.digits("", End.TIMEOUT));
    }

    @Test
    @DisplayName("gather without prompts, without a key that begins anew: Telnyx counts itself")
    void gatherAlone() {
        Gather plain = new Gather(
                Set.of(InputKind.DTMF),
                List.of(),
                6,
                null,
                null,
                Duration.ofSeconds(4),
                Duration.ofSeconds(2),
                Duration.ofSeconds(9),
                List.of(),
                THEN);
        FlowEngine engine = scene.answering(CallFlow.start().gather(plain)).answered();
        JsonNode body = scene.body("gather");
        assertThat(body.path("maximum_digits").asInt()).isEqualTo(6);
        assertThat(body.path("initial_timeout_millis").asInt()).isEqualTo(4000);
        assertThat(body.path("timeout_millis").asInt()).isEqualTo(9000);
        keys(engine, "123456");
        engine.happened(scene.ofCall("call.gather.ended", "digits", "123456", "status", "valid"));
        assertThat(scene.sent()).doesNotContain("gather_stop");
        assertThat(input()).isEqualTo(GatheredInput.digits("123456", End.COMPLETE));
    }

    @Test
    @DisplayName("keys whose events change places are put in the order of their times")
    void keysOutOfOrder() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR)).answered();
        Hook first = key("1");
        scene.passes(Duration.ofMillis(200));
        Hook second = key("2");
        scene.passes(Duration.ofMillis(200));
        Hook third = key("3");
        scene.passes(Duration.ofMillis(200));
        Hook fourth = key("4");
        List.of(second, first, fourth, third).forEach(engine::happened);
        engine.happened(scene.ofCall("call.gather.ended", "digits", "1234", "status", "cancelled"));
        assertThat(input()).isEqualTo(GatheredInput.digits("1234", End.COMPLETE));
    }

    @Test
    @DisplayName("the key that begins anew throws away what was entered")
    void restartKey() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR)).answered();
        keys(engine, "99*0001");
        assertThat(scene.sent()).containsExactly("answer", "gather", "gather_stop");
        engine.happened(scene.ofCall("call.gather.ended", "digits", "99*0001", "status", "cancelled"));
        assertThat(input()).isEqualTo(GatheredInput.digits("0001", End.COMPLETE));
    }

    @Test
    @DisplayName("the finish key ends a short input and is no part of it")
    void finishKey() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR)).answered();
        keys(engine, "1#");
        engine.happened(scene.ofCall("call.gather.ended", "digits", "1", "status", "valid"));
        assertThat(input()).isEqualTo(GatheredInput.digits("1", End.FINISH_KEY));
    }

    @Test
    @DisplayName("the end of a gather that is told before its last key waits for it")
    void lateKey() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR)).answered();
        keys(engine, "000");
        Hook late = key("1");
        engine.happened(scene.ofCall("call.gather.ended", "digits", "0001", "status", "cancelled"));
        assertThat(scene.told(InputGathered.class)).isEmpty();
        engine.happened(late);
        assertThat(input()).isEqualTo(GatheredInput.digits("0001", End.COMPLETE));
    }

    @Test
    @DisplayName("keys whose events never come: what the end of the gather says counts")
    void lostKeys() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR)).answered();
        engine.happened(scene.ofCall("call.gather.ended", "digits", "0001", "status", "valid"));
        scene.passes(Duration.ofSeconds(2));
        assertThat(input()).isEqualTo(GatheredInput.digits("0001", End.COMPLETE));
    }

    @Test
    @DisplayName("a key before the last prompt stops the prompts, and the rest is gathered in silence")
    void keyDuringEarlierPrompt() {
        FlowEngine engine = scene.answering(CallFlow.start().gather(FOUR.asking(new Play(MUSIC), ASK)))
                .answered();
        assertThat(scene.sent()).endsWith("playback_start");
        scene.passes(Duration.ofMillis(500));
        keys(engine, "0");
        assertThat(scene.sent()).endsWith("playback_stop", "gather").doesNotContain("gather_using_speak");
        keys(engine, "001");
        engine.happened(scene.ofCall("call.gather.ended", "digits", "001", "status", "cancelled"));
        assertThat(input()).isEqualTo(GatheredInput.digits("0001", End.COMPLETE));
    }

    @Test
    @DisplayName("prompts of a gather come one after the other, pauses too")
    void promptsOfAGather() {
        FlowEngine engine = scene.answering(
                        CallFlow.start().gather(FOUR.asking(WELCOME, new Pause(Duration.ofSeconds(1)), ASK)))
                .answered();
        assertThat(scene.sent()).endsWith("speak");
        engine.happened(scene.ofCall("call.speak.ended"));
        assertThat(scene.sent()).endsWith("speak");
        scene.passes(Duration.ofSeconds(1));
        assertThat(scene.sent()).endsWith("gather_using_speak");
    }

    @Test
    @DisplayName("the whole time of a gather is ours to watch: gather_stop, and a time-out with what there is")
    void totalTime() {
        FlowEngine engine =
                scene.answering(CallFlow.start().gather(FOUR.asking(ASK))).answered();
        engine.happened(scene.ofCall("call.speak.ended"));
        keys(engine, "1");
        scene.passes(Duration.ofSeconds(21));
        assertThat(scene.sent()).endsWith("gather_stop");
        engine.happened(scene.ofCall("call.gather.ended", "digits", "1", "status", "cancelled"));
        assertThat(input()).isEqualTo(GatheredInput.digits("1", End.TIMEOUT));
    }

    @Test
    @DisplayName("a gather of which nothing more is heard is over some seconds after its time")
    void silentGather() {
        scene.answering(CallFlow.start().gather(FOUR)).answered();
        scene.passes(Duration.ofSeconds(30));
        assertThat(input()).isEqualTo(GatheredInput.digits("", End.TIMEOUT));
    }

    @Test
    @DisplayName("speech: transcription beside the gather; the first final words end it")
    void speech() {
        FlowEngine engine = scene.answering(CallFlow.start()
                        .gather(FOUR.accepting(Set.of(InputKind.DTMF, InputKind.SPEECH))
                                .asking(ASK)
                                .hinting("zero one")))
                .answered();
        assertThat(scene.sent()).containsExactly("answer", "transcription_start", "gather_using_speak");
        JsonNode config = scene.body("transcription_start").path("transcription_engine_config");
        assertThat(config.path("language").asText()).isEqualTo("en");
        assertThat(config.path("hints").get(0).asText()).isEqualTo("zero one");
        engine.happened(heard("zero", "0.5", "false"));
        assertThat(scene.told(InputGathered.class)).isEmpty();
        engine.happened(heard("zero one", "0.93", "true"));
        assertThat(input()).isEqualTo(new GatheredInput("", "zero one", 93, End.COMPLETE));
        assertThat(scene.sent()).contains("gather_stop", "transcription_stop");
    }

    @Test
    @DisplayName("conference: made by the first, joined by the next; over when the call leaves it")
    void conference() {
        CallFlow room = CallFlow.start().end(new Conference("standup", THEN));
        FlowEngine engine = scene.answering(room).answered();
        JsonNode made = scene.body("conferences");
        assertThat(made.path("name").asText()).isEqualTo("standup");
        assertThat(made.path("call_control_id").asText()).isEqualTo(FlowScene.CALL);
        assertThat(made.path("beep_enabled").asText()).isEqualTo("never");
        engine.happened(scene.ofCall("conference.participant.left"));
        assertThat(scene.told(Redirected.class)).isEmpty();
        scene.time.run(Duration.ofSeconds(2));
        assertThat(scene.told(Redirected.class)).hasSize(1);
    }

    @Test
    @DisplayName("a conference that was made by somebody else meanwhile is joined (90033)")
    void conferenceNameInUse() {
        scene.wire.on("POST", "/conferences", FlowScene.refusal(422, "90033"));
        String list = "{\"data\":[{\"id\":\"room-id\",\"name\":\"standup\"}],\"meta\":{\"total_pages\":1}}";
        scene.wire.on(
                "GET",
                "/conferences",
                FakeReply.json(200, "{\"data\":[],\"meta\":{\"total_pages\":1}}"),
                FakeReply.json(200, list));
        scene.answering(CallFlow.start().end(new Conference("standup", THEN))).answered();
        assertThat(scene.sent()).endsWith("conferences", "join");
        assertThat(scene.body("join").path("call_control_id").asText()).isEqualTo(FlowScene.CALL);
        assertThat(scene.body("join").has("name")).isFalse();
    }

    @Test
    @DisplayName("enqueue: over when the call is taken out of the queue (call.dequeued)")
    void enqueue() {
        FlowEngine engine = scene.answering(CallFlow.start().end(new Enqueue("support", THEN)))
                .answered();
        assertThat(scene.body("enqueue").path("queue_name").asText()).isEqualTo("support");
        engine.happened(scene.ofCall("call.enqueued"));
        assertThat(scene.told(Redirected.class)).isEmpty();
        engine.happened(scene.ofCall("call.dequeued", "reason", "leave"));
        assertThat(scene.told(Redirected.class)).hasSize(1);
    }

    private Hook heard(String words, String confidence, String last) {
        ObjectNode payload = scene.object()
                .put("call_control_id", FlowScene.CALL)
                .put(
                        "client_state",
                        scene.body("gather_using_speak").path("client_state").asText());
        payload.putObject("transcription_data")
                .put("transcript", words)
                .put("confidence", confidence)
                .put("is_final", last);
        return scene.hook("call.transcription", payload);
    }

    /** Without the call's handle, as Telnyx sends it. */
    private Hook saved(JsonNode command) {
        ObjectNode payload = scene.object()
                .put("client_state", command.path("client_state").asText())
                .put("recording_id", "4a2ff3a3-6b0a-4b5e-9d2f-2f4f1c4a9a0e")
                .put("recording_started_at", scene.time.now().minusSeconds(3).toString())
                .put("recording_ended_at", scene.time.now().toString());
        payload.putObject("recording_urls").put("wav", "https://example.org/r.wav");
        return scene.hook("call.recording.saved", payload);
    }

    private void keys(FlowEngine engine, String keys) {
        keys.chars().forEach(key -> {
            engine.happened(key(String.valueOf((char) key)));
            scene.passes(Duration.ofMillis(200));
        });
    }

    private Hook key(String digit) {
        return scene.ofCall("call.dtmf.received", "digit", digit);
    }

    private GatheredInput input() {
        assertThat(scene.told(InputGathered.class)).hasSize(1);
        return scene.told(InputGathered.class).get(0).input();
    }
}
