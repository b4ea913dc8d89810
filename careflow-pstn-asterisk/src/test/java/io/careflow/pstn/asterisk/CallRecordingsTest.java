package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Voicemail;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A message that is to be taken")
class CallRecordingsTest {
    private static final String RECORD = "POST /ari/channels/c1/record";
    private static final String HANG_UP = "DELETE /ari/channels/c1?reason";
    private static final String STORED = "GET /ari/recordings/stored/";
    private static final String LIVE = "GET /ari/recordings/live/";
    private static final Pattern PLAYBACK = Pattern.compile("\"playbackId\":\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");
    private static final String CHANNEL = "{\"id\":\"c1\",\"state\":\"Up\",\"caller\":{\"number\":\"+14165550100\"},"
            + "\"dialplan\":{\"exten\":\"+14165550111\",\"app_name\":\"Stasis\",\"app_data\":\"careflow,inbound\"},"
            + "\"creationtime\":\"2026-11-22T10:20:53.193+0000\"}";

    private final FakeAri asterisk = new FakeAri();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private AsteriskProvider provider;
    private Socket socket;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        Voicemail voicemail = Voicemail.upTo(Duration.ofMinutes(1), Continuation.named("taken"));
        FlowHandler again = event -> event instanceof MessageTaken && names().size() > 1
                ? CallFlow.start().hangUp()
                : CallFlow.start().end(voicemail);
        asterisk.answer(
                        "GET /ari/asterisk/info",
                        200,
                        "{\"system\":{\"version\":\"22.10.1\"},\"status\":{\"startup_time\":\"2026-11-22T10:20:53.193+0000\"}}")
                .answer("GET /ari/asterisk/variable", 404, "")
                .answer("GET /ari/channels", 200, "[]")
                .answer("GET /ari/bridges", 200, "[]");
        provider = AsteriskBuilder.of(asterisk.uri(), "cf", Secret.of("s3cret"))
                .handler(again)
                .apology(CallFlow.start().play(URI.create("sound:sorry")).hangUp())
                .promptFolder(folder)
                .events(events::add)
                .start();
        socket = asterisk.nextEvents();
        assertThat(provider.awaitConnected(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        asterisk.close();
    }

    @Test
    @DisplayName("and fails is not said to be taken: the call ends")
    void failed() throws IOException {
        recording();
        over("RecordingFailed", names().get(0), 0);

        await().until(this::hungUp);
        assertThat(events).noneMatch(MessageTaken.class::isInstance).noneMatch(RecordingReady.class::isInstance);
    }

    @Test
    @DisplayName("and is refused while the caller stays: the call ends")
    void refused() throws IOException {
        asterisk.answer(RECORD, 409, "{\"message\":\"Channel not in Stasis application\"}");
        recording();

        await().until(this::hungUp);
        assertThat(events).noneMatch(MessageTaken.class::isInstance);
    }

    @Test
    @DisplayName("and is an error to Asterisk: the call ends")
    void error() throws IOException {
        asterisk.answer(RECORD, 500, "");
        recording();

        await().until(this::hungUp);
        assertThat(events).noneMatch(MessageTaken.class::isInstance);
    }

    @Test
    @DisplayName("and ends unseen is taken if Asterisk has it")
    void missed() throws Exception {
        recording();
        asterisk.answer(LIVE, 404, "").answer(STORED, 200, "{\"name\":\"x\",\"format\":\"wav\"}");
        gap();

        await().until(() -> events.stream().anyMatch(MessageTaken.class::isInstance));
        assertThat(events)
                .filteredOn(RecordingReady.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    RecordingReady ready = (RecordingReady) event;
                    assertThat(ready.kind()).isEqualTo(RecordingReady.Kind.VOICEMAIL);
                    assertThat(ready.location().getPath()).contains(names().get(0));
                    assertThat(ready.length()).isPositive();
                });
    }

    @Test
    @DisplayName("and ends unseen has failed if Asterisk does not have it")
    void missedAndLost() throws Exception {
        recording();
        asterisk.answer(LIVE, 404, "").answer(STORED, 404, "");
        gap();

        await().until(this::hungUp);
        assertThat(events).noneMatch(MessageTaken.class::isInstance).noneMatch(RecordingReady.class::isInstance);
    }

    @Test
    @DisplayName("and ends unseen together with the call is taken")
    void missedWithTheCall() throws Exception {
        recording();
        asterisk.answer(STORED, 200, "{\"name\":\"x\",\"format\":\"wav\"}");
        send("{\"type\":\"ChannelDestroyed\",\"timestamp\":\"2026-11-22T10:21:03.193+0000\",\"cause\":16,"
                + "\"cause_txt\":\"Normal Clearing\",\"channel\":" + CHANNEL + "}");

        await().until(() -> events.stream().anyMatch(CallEnded.class::isInstance));
        assertThat(events).filteredOn(RecordingReady.class::isInstance).hasSize(1);
    }

    @Test
    @DisplayName("is not written over the one before")
    void ownNames() throws IOException {
        asterisk.answer(RECORD, 201, "{}");
        recording();
        over("RecordingFinished", names().get(0), 3);
        await().until(() -> playbacks().size() == 2);
        toneOver(1);
        await().until(() -> names().size() == 2);

        assertThat(names()).doesNotHaveDuplicates().allMatch(name -> name.startsWith("careflow-message-c1"));
        assertThat(asterisk.requests).filteredOn(r -> r.startsWith(RECORD)).allMatch(r -> r.contains("\"fail\""));
    }

    /** A call arrives, is answered and hears the tone; now its message is recorded. */
    private void recording() throws IOException {
        send("{\"type\":\"StasisStart\",\"timestamp\":\"2026-11-22T10:20:53.193+0000\",\"args\":[\"inbound\"],"
                + "\"channel\":" + CHANNEL + "}");
        await().until(() -> playbacks().size() == 1);
        toneOver(0);
        await().until(() -> !names().isEmpty());
    }

    private void toneOver(int which) throws IOException {
        send("{\"type\":\"PlaybackFinished\",\"timestamp\":\"2026-11-22T10:20:54.193+0000\",\"playback\":{\"id\":\""
                + playbacks().get(which) + "\",\"target_uri\":\"channel:c1\",\"state\":\"done\"}}");
    }

    private void over(String type, String name, int seconds) throws IOException {
        send("{\"type\":\"" + type + "\",\"timestamp\":\"2026-11-22T10:20:58.193+0000\",\"recording\":{\"name\":\""
                + name + "\",\"target_uri\":\"channel:c1\",\"duration\":" + seconds + ",\"cause\":\"disk full\"}}");
    }

    private void gap() throws Exception {
        socket.close();
        socket = asterisk.nextEvents();
    }

    private void send(String event) throws IOException {
        FakeAri.send(socket, event);
    }

    private boolean hungUp() {
        return asterisk.requests.stream().anyMatch(request -> request.startsWith(HANG_UP));
    }

    private List<String> playbacks() {
        return found("POST /ari/channels/c1/play", PLAYBACK);
    }

    private List<String> names() {
        return found(RECORD, NAME);
    }

    private List<String> found(String start, Pattern pattern) {
        return asterisk.requests.stream()
                .filter(request -> request.startsWith(start))
                .flatMap(request -> pattern.matcher(request).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
