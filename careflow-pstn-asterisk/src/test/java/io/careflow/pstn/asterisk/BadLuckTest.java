package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.StopRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When things happen at the worst moment")
class BadLuckTest {
    private static final String SUBSCRIBE = "POST /ari/applications/careflow/subscription";
    private static final String CLEAR = "POST /ari/asterisk/variable";
    private static final String END = "GET /ari/asterisk/variable?variable=CAREFLOW_END_careflow_";
    private static final CallFlow DIAL =
            CallFlow.start().dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("rung")));
    private static final CallState DIALLING = FakeCalls.INBOUND.goingOn(Continuation.named("rung"));

    private final FakeAri asterisk = FakeCalls.asterisk();

    @TempDir
    private Path prompts = Path.of("set by JUnit");

    @AfterEach
    void stop() throws IOException {
        asterisk.close();
    }

    @Test
    @DisplayName("a call placed by a predecessor is answered: it hears the apology and is like any other call")
    void answeredAfterRestart() throws Exception {
        predecessorPlaced();
        try (FakeCalls calls = new FakeCalls(
                        asterisk, prompts, FakeCalls.BYE, builder -> builder.apology(FakeCalls.PAUSE))
                .connected()) {
            placedIsAnswered(calls);
            await().until(() -> !calls.events(CallAnswered.class).isEmpty());
            calls.control().sendDigits(calls.ref("cf-x"), "1");
            calls.destroyed("cf-x");
            await().until(() -> calls.provider.liveCalls() == 0);

            assertThat(calls.events(CallAnswered.class)).hasSize(1);
            assertThat(calls.events(CallEnded.class))
                    .singleElement()
                    .extracting(CallEnded::releasedBy)
                    .isEqualTo(ReleasedBy.CALLEE);
            assertThat(calls.asked).isEmpty();
        }
    }

    @Test
    @DisplayName("a call placed by a predecessor is answered, and nothing can be said: it is hung up")
    void answeredAfterRestartSilently() throws Exception {
        predecessorPlaced();
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.BYE).connected()) {
            placedIsAnswered(calls);

            await().until(() -> !calls.requests("DELETE /ari/channels/cf-x").isEmpty());
        }
    }

    @Test
    @DisplayName("a predecessor recorded and died before the notice: the recording is thrown away")
    void nobodyTold() throws Exception {
        String channel = FakeCalls.channel("1.1", "Stasis", "careflow,inbound", "careflow-in");
        asterisk.answer("GET /ari/channels", 200, "[" + channel + "]")
                .answer("GET /ari/channels/1.1/variable", 200, FakeCalls.value("7^" + FakeCalls.INBOUND.encode()))
                .answer("GET /ari/asterisk/variable?variable=CAREFLOW_NOTICE_1.1", 200, FakeCalls.value("pending"))
                .answer("GET /ari/recordings/live/", 404, "{}")
                .answer("GET /ari/recordings/live/careflow-call-1.1-2", 200, "{}");
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.PAUSE).connected()) {
            await().until(() -> !calls.asked.isEmpty());

            assertThat(calls.requests("DELETE /ari/recordings/live/careflow-call-1.1-2"))
                    .hasSize(1);
            assertThat(calls.requests("DELETE /ari/channels/cf-rec-1.1")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a predecessor recorded and the caller refuses after its death: the recording is stopped")
    void refusedAfterRestart() throws Exception {
        String channel = FakeCalls.channel("1.1", "Stasis", "careflow,inbound", "careflow-in");
        asterisk.answer("GET /ari/channels", 200, "[" + channel + "]")
                .answer("GET /ari/channels/1.1/variable", 200, FakeCalls.value("7^" + FakeCalls.INBOUND.encode()))
                .answer("GET /ari/recordings/live/", 404, "{}")
                .answer("GET /ari/recordings/live/careflow-call-1.1-1", 200, "{}");
        CallFlow refused = CallFlow.start().step(new StopRecording()).hangUp();
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, refused).connected()) {
            await().until(() ->
                    !calls.requests("DELETE /ari/channels/cf-rec-1.1").isEmpty());

            assertThat(calls.requests("POST /ari/recordings/live/careflow-call-1.1-1/stop"))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("the listener of events throws at every one: the call ends all the same")
    void listenerThrows() throws Exception {
        try (FakeCalls calls = new FakeCalls(
                        asterisk,
                        prompts,
                        FakeCalls.PAUSE,
                        builder -> builder.events(event -> {
                            throw new IllegalStateException("a test");
                        }))
                .connected()) {
            calls.arrives("1.1");
            await().until(() -> calls.provider.liveCalls() == 1);
            await().until(() -> !calls.asked.isEmpty());
            calls.destroyed("1.1");

            await().until(() -> calls.provider.liveCalls() == 0);
        }
    }

    @Test
    @DisplayName("a channel is back from its dial in the list and in an event: the application is asked once")
    void backTwice() throws Exception {
        String channel = FakeCalls.channel("1.1", "Stasis", "careflow,dialled,NOANSWER,19,", "careflow-dial");
        asterisk.answer("GET /ari/channels", 200, "[" + channel + "]")
                .answer("GET /ari/channels/1.1/variable", 200, FakeCalls.value("7^" + DIALLING.encode()));
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.PAUSE)) {
            calls.says("StasisStart", "\"args\":[\"dialled\",\"NOANSWER\",\"19\",\"\"],\"channel\":" + channel);
            calls.connected();
            calls.destroyed("1.1");
            await().until(() -> !calls.events(CallEnded.class).isEmpty());

            assertThat(calls.asked).singleElement().isInstanceOf(DialEnded.class);
        }
    }

    @Test
    @DisplayName("a channel ends while it is taken over: its end is reported once, exactly")
    void endsInBetween() throws Exception {
        dialEndsWhileTakenOver();
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.BYE).connected()) {
            await().until(() -> !calls.events(CallEnded.class).isEmpty());
            await().until(() -> calls.provider.liveCalls() == 0);
            // As long as a second look takes, which would report it again.
            await().pollDelay(Duration.ofMillis(2500)).until(() -> true);

            assertThat(calls.events(CallEnded.class)).singleElement().satisfies(end -> {
                assertThat(end.exact()).isTrue();
                assertThat(end.occurredAt()).isEqualTo(Instant.ofEpochMilli(1763802600000L));
            });
            assertThat(calls.events(InboundCall.class)).hasSize(1);
            assertThat(calls.provider.liveCalls()).isZero();
        }
    }

    @Test
    @DisplayName("a channel ends before its turn to be taken over comes: its end is reported once, exactly")
    void endsBeforeItsTurn() throws Exception {
        dialEndsWhileTakenOver();
        String ending = FakeCalls.channel("1.2", "Dial", "PJSIP/x", "careflow-dial");
        String waiting = FakeCalls.channel("1.1", "Stasis", "careflow,inbound", "in");
        asterisk.answer("GET /ari/channels", 200, "[" + waiting + "," + ending + "]")
                .answer("GET /ari/channels/1.1", 200, waiting)
                .answer("GET /ari/channels/1.1/variable", 404, "{}");
        List<CallEvent> events = new CopyOnWriteArrayList<>();
        try (FakeCalls calls = new FakeCalls(
                        asterisk,
                        prompts,
                        FakeCalls.PAUSE,
                        builder -> builder.threads(1).events(event -> {
                            if (event instanceof InboundCall
                                    && event.call().id().equals("1.1")) {
                                await().until(() -> asterisk.requests.stream().anyMatch(r -> r.startsWith(END + "9")));
                            }
                            events.add(event);
                        }))
                .connected()) {
            await().until(() -> events.stream().anyMatch(CallEnded.class::isInstance));
            await().until(() -> calls.provider.liveCalls() == 1);

            assertThat(events)
                    .filteredOn(event -> event.call().id().equals("1.2"))
                    .filteredOn(event -> event instanceof InboundCall || event instanceof CallEnded)
                    .hasSize(2)
                    .last()
                    .isInstanceOfSatisfying(
                            CallEnded.class, end -> assertThat(end.exact()).isTrue());
        }
    }

    @Test
    @DisplayName("the store of records is away at the start: ended calls wait for it and are not lost")
    void storeAway() throws Exception {
        asterisk.answer(END + "0", 200, FakeCalls.value(end("1.3", FakeCalls.INBOUND)))
                .answer(END + "9", 200, FakeCalls.value(end("1.4", FakeCalls.INBOUND)));
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger questions = new AtomicInteger();
        try (FakeCalls calls = new FakeCalls(
                        asterisk,
                        prompts,
                        FakeCalls.PAUSE,
                        builder -> builder.recorded(ref -> {
                            questions.incrementAndGet();
                            if (away.get()) {
                                throw new IllegalStateException("the store is away");
                            }
                            return false;
                        }))
                .connected()) {
            assertThat(questions).hasValue(2);
            assertThat(calls.requests(CLEAR)).isEmpty();
            assertThat(calls.events).isEmpty();
            away.set(false);

            await().until(() -> calls.requests(CLEAR).size() == 2);
            assertThat(calls.events(CallEnded.class))
                    .extracting(end -> end.call().id())
                    .containsExactlyInAnyOrder("1.3", "1.4");
        }
    }

    @Test
    @DisplayName("the channels cannot be listed at the start: not connected until they can")
    void noList() throws Exception {
        asterisk.answer("GET /ari/channels", 500, "");
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.BYE)) {
            asterisk.nextEvents();
            asterisk.nextEvents();
            assertThat(calls.provider.health().connected()).isFalse();
            assertThat(calls.requests(END)).isEmpty();
            asterisk.answer("GET /ari/channels", 200, "[]");

            await().until(() -> calls.provider.health().connected());
            assertThat(calls.requests(END)).isNotEmpty();
        }
    }

    @Test
    @DisplayName("the bridge of joined calls cannot be destroyed: both end all the same")
    void bridgeStays() throws Exception {
        asterisk.answer("DELETE /ari/bridges", 503, "{}");
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.PAUSE).connected()) {
            arrive(calls, "1.5", "1.6");
            calls.control().join(calls.ref("1.5"), calls.ref("1.6"));
            calls.destroyed("1.5");
            await().until(() -> !calls.requests("DELETE /ari/channels/1.6").isEmpty());
            calls.destroyed("1.6");

            await().until(() -> calls.events(CallEnded.class).size() == 2);
            await().until(() -> calls.provider.liveCalls() == 0);
        }
    }

    @Test
    @DisplayName("the subscription fails as a call arrives: the application is asked, and it is tried again")
    void noSubscription() throws Exception {
        asterisk.answer(SUBSCRIBE, 503, "{}");
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.PAUSE).connected()) {
            calls.arrives("1.7");
            await().until(() -> calls.asked.size() == 1);
            int failed = calls.requests(SUBSCRIBE).size();
            asterisk.answer(SUBSCRIBE, 200, "{}");

            await().until(() -> calls.requests(SUBSCRIBE).size() > failed);
            assertThat(calls.provider.liveCalls()).isOne();
            assertThat(calls.asked).hasSize(1);
        }
    }

    @Test
    @DisplayName("a leg that is proceeding goes on")
    void proceeding() throws Exception {
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, DIAL).connected()) {
            dialling(calls, "1.8");
            calls.dial("", "1.8", "1.9");
            calls.dial("PROCEEDING", "1.8", "1.9");
            calls.dial("RINGING", "1.8", "1.9");
            await().until(() -> !calls.events(LegRinging.class).isEmpty());

            assertThat(calls.events(LegDialled.class)).hasSize(1);
            assertThat(calls.events(LegEnded.class)).isEmpty();
        }
    }

    @Test
    @DisplayName("redirected before the dialled leg is known: the leg is hung up as soon as it is")
    void redirectedEarly() throws Exception {
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, DIAL).connected()) {
            dialling(calls, "1.8");
            calls.control().redirect(calls.ref("1.8"), FakeCalls.PAUSE);
            assertThat(calls.requests("DELETE")).isEmpty();
            calls.dial("", "1.8", "1.9");

            await().until(() -> !calls.requests("DELETE /ari/channels/1.9").isEmpty());
            assertThat(calls.requests("DELETE /ari/channels/1.8")).isEmpty();
        }
    }

    @Test
    @DisplayName("a call is steered from within its own event: nobody waits for himself")
    void fromWithin() throws Exception {
        CompletableFuture<CallControl> control = new CompletableFuture<>();
        CompletableFuture<String> done = new CompletableFuture<>();
        try (FakeCalls calls = new FakeCalls(
                        asterisk,
                        prompts,
                        FakeCalls.PAUSE,
                        builder -> builder.events(event -> {
                            if (event instanceof InboundCall) {
                                control.join().sendDigits(event.call(), "1");
                                done.complete("sent");
                            }
                        }))
                .connected()) {
            control.complete(calls.control());
            calls.arrives("1.1");

            await().atMost(Duration.ofSeconds(5)).until(done::isDone);
            assertThat(calls.requests("POST /ari/channels/1.1/dtmf")).hasSize(1);
        }
    }

    @Test
    @DisplayName("digits that Asterisk does not take now are a conflict")
    void digitsRefused() throws Exception {
        asterisk.answer("POST /ari/channels/1.1/dtmf", 409, "{}");
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.PAUSE).connected()) {
            arrive(calls, "1.1");

            assertThatThrownBy(() -> calls.control().sendDigits(calls.ref("1.1"), "1"))
                    .isInstanceOf(Conflict.class);
        }
    }

    @Test
    @DisplayName("a call cannot be joined with itself, nor with two others")
    void joinedOnce() throws Exception {
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.PAUSE).connected()) {
            arrive(calls, "1.1", "1.2", "1.3");
            CallControl control = calls.control();
            assertThatThrownBy(() -> control.join(calls.ref("1.1"), calls.ref("1.1")))
                    .isInstanceOf(Conflict.class);
            control.join(calls.ref("1.1"), calls.ref("1.2"));

            assertThatThrownBy(() -> control.join(calls.ref("1.1"), calls.ref("1.2")))
                    .isInstanceOf(Conflict.class);
            assertThatThrownBy(() -> control.join(calls.ref("1.3"), calls.ref("1.2")))
                    .isInstanceOf(Conflict.class);
            assertThat(calls.requests("POST /ari/bridges/cf-join-1.3")).isEmpty();
            assertThat(calls.provider.liveCalls()).isEqualTo(3);
        }
    }

    private void predecessorPlaced() {
        asterisk.answer("GET /ari/channels/cf-x/variable", 200, FakeCalls.value("7^" + FakeCalls.OUTBOUND.encode()));
    }

    private static void placedIsAnswered(FakeCalls calls) throws IOException {
        calls.says(
                "StasisStart",
                "\"args\":[\"placed\"],\"channel\":" + FakeCalls.channel("cf-x", "Stasis", "careflow,placed", ""));
    }

    private void dialEndsWhileTakenOver() {
        asterisk.answer(
                        "GET /ari/channels",
                        200,
                        "[" + FakeCalls.channel("1.2", "Dial", "PJSIP/x", "careflow-dial") + "]")
                .answer("GET /ari/channels/1.2", 404, "{}")
                .answer(
                        "GET /ari/channels/1.2/variable?variable=CAREFLOW_CALL",
                        200,
                        FakeCalls.value("0^" + DIALLING.encode()))
                .answer(SUBSCRIBE, 422, "{}")
                .answer(END + "0", 200, FakeCalls.value(end("1.2", DIALLING)));
    }

    private static String end(String id, CallState state) {
        return id + "^1763802600000^16^^^" + state.encode() + "^PJSIP/c-1^PJSIP/c-1";
    }

    private static void arrive(FakeCalls calls, String... ids) throws IOException {
        for (String id : ids) {
            calls.arrives(id);
            await().until(() -> calls.asked.stream().anyMatch(e -> e.call().id().equals(id)));
        }
    }

    private static void dialling(FakeCalls calls, String id) throws IOException {
        calls.arrives(id);
        await().until(() ->
                !calls.requests("POST /ari/channels/" + id + "/continue").isEmpty());
    }
}
