package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.Play;
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

@DisplayName("A notice inside the recording")
class NoticeTest {
    private static final String PLAY = "POST /ari/channels/c1/play";
    private static final String SNOOP = "POST /ari/channels/c1/snoop";
    private static final String RECORD = "POST /ari/channels/cf-rec-c1/record";
    private static final Pattern PLAYBACK = Pattern.compile("\"playbackId\":\"([^\"]+)\"");
    private static final String CALL =
            "\"caller\":{\"number\":\"+14165550100\"},\"dialplan\":{\"exten\":\"+14165550111\","
                    + "\"app_name\":\"Stasis\",\"app_data\":\"careflow,inbound\"},\"creationtime\":\"2026-11-22T10:20:53.193+0000\"}";

    private final FakeAri asterisk = new FakeAri();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private AsteriskProvider provider;
    private Socket socket;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        asterisk.answer(
                        "GET /ari/asterisk/info",
                        200,
                        "{\"system\":{\"version\":\"22.10.1\"},\"status\":{\"startup_time\":\"2026-11-22T10:20:53.193+0000\"}}")
                .answer("GET /ari/asterisk/variable", 404, "")
                .answer("GET /ari/channels", 200, "[]")
                .answer("GET /ari/bridges", 200, "[]")
                .answer("GET /ari/recordings/live/", 404, "");
        provider = AsteriskBuilder.of(asterisk.uri(), "cf", Secret.of("s3cret"))
                .handler(event -> CallFlow.start()
                        .step(new Notice("en-1", new Play(URI.create("sound:notice"))))
                        .play(URI.create("sound:after"))
                        .hangUp())
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
    @DisplayName(
            "is played when Asterisk says that the recording runs, and not before; its end is told with the offset")
    void inside() throws IOException {
        arrives();
        await().until(() -> asked(SNOOP));
        send("StasisStart", "53.300", "\"args\":[\"recorder\",\"c1\"],\"channel\":{\"id\":\"cf-rec-c1\"}");
        await().until(() -> asked(RECORD));
        assertThat(played()).isEmpty();
        send(
                "RecordingStarted",
                "53.400",
                "\"recording\":{\"name\":\"careflow-call-c1-1\",\"target_uri\":\"channel:cf-rec-c1\"}");
        await().until(() -> played().size() == 1);
        assertThat(events).noneMatch(NoticePlayed.class::isInstance);
        send(
                "PlaybackFinished",
                "55.400",
                "\"playback\":{\"id\":\"" + played().get(0) + "\",\"target_uri\":\"channel:c1\",\"state\":\"done\"}");
        await().until(() -> played().size() == 2);
        assertThat(events)
                .filteredOn(NoticePlayed.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    NoticePlayed told = (NoticePlayed) event;
                    assertThat(told.wording()).isEqualTo("en-1");
                    assertThat(told.offset()).isLessThan(Duration.ofSeconds(2));
                });
    }

    @Test
    @DisplayName("is left out where the recording is refused, and the call goes on")
    void refused() throws IOException {
        asterisk.answer(SNOOP, 409, "{\"message\":\"refused\"}");
        arrives();
        await().until(() -> played().size() == 1);
        assertThat(asterisk.requests)
                .filteredOn(request -> request.startsWith(PLAY))
                .singleElement()
                .asString()
                .contains("after");
        assertThat(events).noneMatch(NoticePlayed.class::isInstance);
    }

    @Test
    @DisplayName("that cannot be played leaves no recording and no address of one")
    void notPlayed() throws IOException {
        arrives();
        await().until(() -> asked(SNOOP));
        send("StasisStart", "53.300", "\"args\":[\"recorder\",\"c1\"],\"channel\":{\"id\":\"cf-rec-c1\"}");
        await().until(() -> asked(RECORD));
        String recording = "\"recording\":{\"name\":\"careflow-call-c1-1\",\"target_uri\":\"channel:cf-rec-c1\"}";
        send("RecordingStarted", "53.400", recording);
        await().until(() -> played().size() == 1);
        send(
                "PlaybackFinished",
                "53.500",
                "\"playback\":{\"id\":\"" + played().get(0) + "\",\"target_uri\":\"channel:c1\",\"state\":\"failed\"}");
        send("RecordingFinished", "53.600", recording);
        await().until(() -> played().size() == 2);
        assertThat(asked("DELETE /ari/recordings/live/careflow-call-c1-1")).isTrue();
        assertThat(events).noneMatch(RecordingReady.class::isInstance);
    }

    private void arrives() throws IOException {
        send("StasisStart", "53.193", "\"args\":[\"inbound\"],\"channel\":{\"id\":\"c1\",\"state\":\"Up\"," + CALL);
    }

    private void send(String type, String seconds, String rest) throws IOException {
        FakeAri.send(
                socket,
                "{\"type\":\"" + type + "\",\"timestamp\":\"2026-11-22T10:20:" + seconds + "+0000\"," + rest + "}");
    }

    private boolean asked(String start) {
        return asterisk.requests.stream().anyMatch(request -> request.startsWith(start));
    }

    private List<String> played() {
        return asterisk.requests.stream()
                .filter(request -> request.startsWith(PLAY))
                .flatMap(request -> PLAYBACK.matcher(request).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
