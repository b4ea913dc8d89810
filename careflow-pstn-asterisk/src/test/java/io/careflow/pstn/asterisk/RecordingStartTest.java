package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.StopRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A call that is to be recorded")
class RecordingStartTest {
    private static final String SNOOP = "POST /ari/channels/c1/snoop";
    private static final String RECORD = "POST /ari/channels/cf-rec-c1/record";
    private static final String RUNNING = "/ari/recordings/live/careflow-call-c1-1";
    private static final String REFUSAL = "{\"message\":\"refused\"}";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeAri asterisk = FakeCalls.asterisk()
            .answer("GET /ari/bridges", 200, "[]")
            .answer("GET /ari/recordings/live/", 404, "{}")
            .answer("GET /ari/recordings/stored", 200, "[]");
    private @Nullable FakeCalls calls;

    @TempDir
    private Path folder = Path.of("set by JUnit");

    @AfterEach
    void close() throws IOException {
        if (calls != null) {
            calls.close();
        }
        asterisk.close();
    }

    @Test
    @DisplayName("and has a recorder of a predecessor goes on with that one, and stops it at the end")
    void recorderOfPredecessor() throws Exception {
        asterisk.answer(SNOOP, 409, REFUSAL).answer("GET " + RUNNING, 200, "{}");
        FakeCalls at = arrives(pausing(CallFlow.start()
                .step(new StartRecording())
                .step(new StartRecording())
                .step(new StopRecording())));
        await().atMost(SOON)
                .until(() -> !at.requests("DELETE /ari/channels/cf-rec-c1").isEmpty());
        assertThat(at.requests(SNOOP)).hasSize(1);
        assertThat(at.requests("POST " + RUNNING + "/stop")).hasSize(1);
        assertThat(at.requests(RECORD)).isEmpty();
    }

    @Test
    @DisplayName("and is refused a recorder, though none records, is not taken for recorded: it is looked at again")
    void refusedRecorder() throws Exception {
        asterisk.answer(SNOOP, 409, REFUSAL).answer("GET /ari/channels/c1", 404, "{}");
        FakeCalls at =
                arrives(pausing(CallFlow.start().step(new StartRecording()).step(new StartRecording())));
        await().atMost(SOON).until(() -> at.requests(SNOOP).size() == 2);
        await().atMost(SOON).until(() -> !at.events(CallEnded.class).isEmpty());
    }

    @Test
    @DisplayName("and is recorded already gets no second recorder")
    void recordedAlready() throws Exception {
        FakeCalls at = arrives(pausing(CallFlow.start()
                .step(new StartRecording())
                .step(new StartRecording())
                .step(new StopRecording())));
        await().atMost(SOON)
                .until(() -> !at.requests("DELETE /ari/channels/cf-rec-c1").isEmpty());
        assertThat(at.requests(SNOOP)).hasSize(1);
    }

    @Test
    @DisplayName("and whose recorder may not record is not taken for recorded: the next one is asked for anew")
    void recorderRefused() throws Exception {
        asterisk.answer(RECORD, 404, "{}");
        FakeCalls at = arrives(pausing(CallFlow.start().step(new StartRecording())));
        await().atMost(SOON).until(() -> at.requests(SNOOP).size() == 1);
        recorderComes(at);
        await().atMost(SOON).until(() -> at.requests(RECORD).size() == 1);
        at.control().redirect(at.ref("c1"), pausing(CallFlow.start().step(new StartRecording())));
        await().atMost(SOON).until(() -> at.requests(SNOOP).size() == 2);
        asterisk.answer(RECORD, 201, "{}");
        recorderComes(at);
        await().atMost(SOON).until(() -> at.requests(RECORD).size() == 2);
        assertThat(at.requests("DELETE /ari/channels/cf-rec-c1")).isEmpty();
    }

    @Test
    @DisplayName("and whose recorder comes after the recording was stopped lets that one go")
    void recorderComesLate() throws Exception {
        FakeCalls at =
                arrives(pausing(CallFlow.start().step(new StartRecording()).step(new StopRecording())));
        await().atMost(SOON)
                .until(() -> at.requests("DELETE /ari/channels/cf-rec-c1").size() == 1);
        recorderComes(at);
        await().atMost(SOON)
                .until(() -> at.requests("DELETE /ari/channels/cf-rec-c1").size() == 2);
        assertThat(at.requests(RECORD)).isEmpty();
    }

    private FakeCalls arrives(CallFlow flow) throws Exception {
        FakeCalls at = new FakeCalls(asterisk, folder, flow).connected();
        calls = at;
        at.arrives("c1");
        return at;
    }

    private static void recorderComes(FakeCalls at) throws IOException {
        at.says("StasisStart", "\"args\":[\"recorder\",\"c1\"],\"channel\":{\"id\":\"cf-rec-c1\"}");
    }

    private static CallFlow pausing(CallFlow.Draft draft) {
        return draft.pause(Duration.ofMinutes(1)).hangUp();
    }
}
