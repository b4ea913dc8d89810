package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallCharged;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.tck.FakeReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What no order, repetition, death or refusal may change. */
class FlowEngineTest {
    private static final CallFlow TWO_PROMPTS = CallFlow.start()
            .say("One.", Locale.ENGLISH)
            .say("Two.", Locale.ENGLISH)
            .hangUp();
    private static final Gather ID = Gather.digits(4, Continuation.named("id"));

    private final FlowScene scene = new FlowScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("a call is answered, hears its prompts one after the other and is hung up")
    void straight() {
        FlowEngine engine = scene.answering(TWO_PROMPTS).answered();
        engine.happened(scene.ofCall("call.speak.ended", "status", "completed"));
        engine.happened(scene.ofCall("call.speak.ended", "status", "completed"));
        assertThat(scene.sent()).containsExactly("answer", "speak", "speak", "hangup");
        engine.happened(scene.ofCall(
                "call.hangup",
                "hangup_cause",
                "normal_clearing",
                "hangup_source",
                "callee",
                "sip_hangup_cause",
                "200"));
        assertThat(scene.told).hasExactlyElementsOfTypes(InboundCall.class, CallAnswered.class, CallEnded.class);
        assertThat(scene.told(CallEnded.class).get(0).releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("a node that is started anew goes on in the middle of a flow")
    void restart() {
        scene.answering(TWO_PROMPTS).answered().close();
        FlowEngine other = scene.node();
        other.happened(scene.ofCall("call.speak.ended"));
        assertThat(scene.sent()).containsExactly("answer", "speak", "speak");
        assertThat(scene.body("speak").path("payload").asText()).isEqualTo("Two.");
    }

    @Test
    @DisplayName("an event that comes twice, at two nodes, changes nothing the second time")
    void twice() {
        FlowEngine one = scene.answering(TWO_PROMPTS).answered();
        FlowEngine two = scene.node();
        Hook ended = scene.ofCall("call.speak.ended");
        one.happened(ended);
        two.happened(ended);
        one.happened(ended);
        assertThat(scene.sent()).containsExactly("answer", "speak", "speak");
    }

    @Test
    @DisplayName("many events at once at two nodes: each counts once, and commands are sent once")
    void racing() throws Exception {
        CallFlow gathering = CallFlow.start().gather(ID);
        FlowEngine one = scene.answering(gathering).answered();
        FlowEngine two = scene.node();
        List<Hook> keys = List.of(key("0"), key("0"), key("0"), key("1"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> all = new java.util.ArrayList<>();
        for (Hook hook : keys) {
            for (FlowEngine node : List.of(one, two)) {
                all.add(threads.submit(() -> {
                    start.await();
                    node.happened(hook);
                    return null;
                }));
            }
        }
        start.countDown();
        for (Future<?> each : all) {
            assertThat(each.get()).isNull();
        }
        threads.shutdown();
        assertThat(scene.sent()).containsExactly("answer", "gather", "gather_stop");
        one.happened(scene.ofCall("call.gather.ended", "digits", "0001", "status", "cancelled"));
        assertThat(input().digits()).isEqualTo("0001");
    }

    @Test
    @DisplayName("a call that arrives at two nodes at once is answered once")
    void arrivesTwice() throws Exception {
        scene.answering(TWO_PROMPTS);
        FlowEngine one = scene.node();
        FlowEngine two = scene.node();
        Hook arrival = scene.arrives();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> first = threads.submit(() -> one.happened(arrival));
        Future<?> second = threads.submit(() -> two.happened(arrival));
        first.get();
        second.get();
        threads.shutdown();
        assertThat(scene.sent()).containsExactly("answer");
        assertThat(scene.told(InboundCall.class)).hasSize(1);
    }

    @Test
    @DisplayName("a node that dies between keeping and sending: another sends the command with the same command_id")
    void crash() {
        scene.answering(TWO_PROMPTS);
        scene.store = new Dying(scene.store);
        FlowEngine broken = scene.node();
        assertThatThrownBy(() -> broken.happened(scene.arrives())).isInstanceOf(Died.class);
        assertThat(scene.sent()).isEmpty();
        broken.close();
        scene.store = ((Dying) scene.store).kept;
        FlowEngine other = scene.node();
        scene.passes(Duration.ofSeconds(11));
        other.wakeDue();
        assertThat(scene.sent()).containsExactly("answer");
        String id = scene.body("answer").path("command_id").asText();
        assertThat(id).isEqualTo(firstId(other, "answer"));
    }

    @Test
    @DisplayName("a command whose answer is lost is sent again with the same command_id")
    void lostAnswer() {
        scene.answering(TWO_PROMPTS);
        scene.wire.on(
                "POST",
                "/calls/*/actions/answer",
                FakeReply.lost(),
                FakeReply.lost(),
                FakeReply.lost(),
                FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}"));
        scene.node().happened(scene.arrives());
        scene.passes(Duration.ofSeconds(20));
        assertThat(scene.sent()).hasSizeGreaterThan(1).containsOnly("answer");
        assertThat(scene.writes())
                .extracting(
                        request -> scene.tree(request.body()).path("command_id").asText())
                .as("one command")
                .containsOnly(scene.body("answer").path("command_id").asText());
    }

    @Test
    @DisplayName("a command that stays in doubt for longer than Telnyx recognises it counts as failed")
    void doubtForTooLong() {
        scene.answering(TWO_PROMPTS);
        scene.wire.on("POST", "/calls/*/actions/answer", FakeReply.lost());
        scene.node().happened(scene.arrives());
        scene.passes(Duration.ofMinutes(1));
        long tries = answers();
        scene.passes(Duration.ofMinutes(5));
        assertThat(answers()).as("not sent after a minute").isEqualTo(tries).isGreaterThan(3);
        assertThat(scene.sent()).contains("reject").doesNotContain("speak");
    }

    @Test
    @DisplayName("an event of an earlier command is stale and changes nothing")
    void stale() {
        FlowEngine engine = scene.answering(TWO_PROMPTS).answered();
        Hook early = scene.ofCall("call.speak.ended");
        engine.happened(early);
        Hook again = new Hook(early.type(), "another-id", early.occurredAt(), early.payload(), 1, "");
        engine.happened(again);
        assertThat(scene.sent()).containsExactly("answer", "speak", "speak");
    }

    @Test
    @DisplayName("a prompt that Telnyx refuses is skipped, and the caller is not cut off")
    void refused() {
        scene.wire.on(
                "POST",
                "/calls/*/actions/speak",
                FlowScene.refusal(422, "10015"),
                FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}"));
        scene.answering(TWO_PROMPTS).answered();
        assertThat(scene.sent()).containsExactly("answer", "speak", "speak");
        assertThat(scene.body("speak").path("payload").asText()).isEqualTo("Two.");
    }

    @Test
    @DisplayName("a command to a call that has ended is no failure: its end is on the way (90018)")
    void gone() {
        scene.wire.on("POST", "/calls/*/actions/speak", FlowScene.refusal(422, "90018"));
        FlowEngine engine = scene.answering(TWO_PROMPTS).answered();
        assertThat(scene.sent()).containsExactly("answer", "speak");
        engine.happened(scene.ofCall(
                "call.hangup",
                "hangup_cause",
                "normal_clearing",
                "hangup_source",
                "caller",
                "sip_hangup_cause",
                "200"));
        CallEnded end = scene.told(CallEnded.class).get(0);
        assertThat(end.releasedBy()).isEqualTo(ReleasedBy.CALLER);
        assertThat(end.exact()).isTrue();
    }

    @Test
    @DisplayName("a call whose end was never told is looked at, and ends without an exact time")
    void neverTold() {
        scene.wire.on("POST", "/calls/*/actions/speak", FlowScene.refusal(422, "90018"));
        scene.wire.on("GET", "/calls/*", FlowScene.refusal(404, "10005"));
        scene.answering(TWO_PROMPTS).answered();
        scene.passes(Duration.ofSeconds(40));
        assertThat(scene.told(CallEnded.class)).hasSize(1);
        assertThat(scene.told(CallEnded.class).get(0).exact()).isFalse();
    }

    @Test
    @DisplayName("an end that comes before the beginning of its call: nothing is asked, nothing is sent")
    void endFirst() {
        FlowEngine engine = scene.answering(TWO_PROMPTS).node();
        Hook arrival = scene.arrives();
        engine.happened(scene.hook(
                "call.hangup",
                FlowScene.CALL,
                null,
                "direction",
                "incoming",
                "hangup_cause",
                "originator_cancel",
                "hangup_source",
                "caller"));
        engine.happened(arrival);
        assertThat(scene.told).hasExactlyElementsOfTypes(CallEnded.class, InboundCall.class);
        assertThat(scene.asked).isEmpty();
        assertThat(scene.writes()).isEmpty();
    }

    @Test
    @DisplayName("a call is refused without being answered")
    void reject() {
        FlowEngine engine =
                scene.answering(CallFlow.start().reject(Reject.Reason.BUSY)).node();
        engine.happened(scene.arrives());
        assertThat(scene.sent()).containsExactly("reject");
        assertThat(scene.body("reject").path("cause").asText()).isEqualTo("USER_BUSY");
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "user_busy", "hangup_source", "callee"));
        assertThat(scene.told(CallEnded.class).get(0).cause()).isEqualTo(HangupCause.USER_BUSY);
    }

    @Test
    @DisplayName("an application that fails: the caller hears the apology")
    void applicationFails() {
        scene.answering(event -> {
            throw new IllegalStateException("database down");
        });
        scene.answered();
        assertThat(scene.body("speak").path("payload").asText()).startsWith("We are sorry.");
        assertThat(scene.told(CallNoted.class).get(0).note().outcome()).isEqualTo(Disposition.FAILED);
    }

    @Test
    @DisplayName("a flow in a language that nobody speaks is refused before anything of it happens")
    void unspokenLanguage() {
        scene.answering(
                CallFlow.start().say("Saluton.", Locale.forLanguageTag("eo")).hangUp());
        scene.answered();
        assertThat(scene.body("speak").path("payload").asText()).startsWith("We are sorry.");
    }

    @Test
    @DisplayName("the node that sees the end tells again what other nodes told, so that it can make the record")
    void toldAgain() {
        FlowEngine one = scene.answering(
                        CallFlow.start().say("One.", Locale.ENGLISH).hangUp().noting(CallNote.NONE.withUser("u1")))
                .answered();
        List<PstnEvent> before = List.copyOf(scene.told);
        assertThat(before).hasExactlyElementsOfTypes(InboundCall.class, CallNoted.class, CallAnswered.class);
        FlowEngine two = scene.node();
        two.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller"));
        List<PstnEvent> after = scene.told.subList(before.size(), scene.told.size());
        assertThat(after.subList(0, 3))
                .as("equal, so that they are known as repeats")
                .isEqualTo(before);
        assertThat(after.get(3)).isInstanceOf(CallEnded.class);
        assertThat(one).isNotSameAs(two);
    }

    @Test
    @DisplayName("a store that is down: Telnyx must send the event again")
    void storeDown() {
        scene.store = new Down();
        FlowEngine engine = scene.answering(TWO_PROMPTS).node();
        Hook arrival = scene.arrives();
        assertThatThrownBy(() -> engine.happened(arrival)).isInstanceOf(IllegalStateException.class);
        assertThat(scene.writes()).isEmpty();
    }

    @Test
    @DisplayName("what a webhook says by itself is told once, of the call that it belongs to")
    void byItself() {
        FlowEngine engine = scene.answering(TWO_PROMPTS).answered();
        Hook cost =
                scene.ofCall("call.cost", "status", "success", "total_cost", "0.0051", "billed_duration_secs", "60");
        engine.happened(cost);
        engine.happened(cost);
        assertThat(scene.told(CallCharged.class)).hasSize(1);
        engine.happened(scene.ofCall("call.machine.detection.ended", "result", "human"));
        assertThat(scene.told(MachineDetected.class)).hasSize(1);
    }

    @Test
    @DisplayName("a call that is over is forgotten after a quarter of an hour, and its late events do no harm")
    void forgotten() {
        FlowEngine engine = scene.answering(TWO_PROMPTS).answered();
        Hook end = scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller");
        engine.happened(end);
        scene.passes(Duration.ofMinutes(16));
        assertThat(scene.store.find(FlowScene.TELNYX, FlowScene.CALL)).isEmpty();
        engine.happened(end);
        assertThat(scene.told(CallEnded.class)).hasSize(1);
    }

    private long answers() {
        return scene.sent().stream().filter("answer"::equals).count();
    }

    private Hook key(String digit) {
        scene.passes(Duration.ofMillis(200));
        return scene.ofCall("call.dtmf.received", "digit", digit);
    }

    private GatheredInput input() {
        return scene.told(InputGathered.class).get(0).input();
    }

    /** The ids of commands are made of the state: another node makes the same. */
    private String firstId(FlowEngine engine, String kind) {
        FlowState state = engine.find(FlowScene.CALL).orElseThrow();
        assertThat(state.outbox).as("sent and confirmed").isEmpty();
        assertThat(state.orders).isEqualTo(1);
        FlowState fresh = new FlowState();
        fresh.key = FlowScene.CALL;
        fresh.callId = FlowScene.CALL;
        Turn turn = new Turn(fresh, engine.desk(), scene.time.now(), scene.time.now());
        turn.order(kind, turn.body(), 1, 0, true);
        return fresh.outbox.get(0).id();
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Keeps the first change, and then the process is gone. */
    private static final class Dying implements FlowStore {
        private final FlowStore kept;
        private boolean saved;

        Dying(FlowStore kept) {
            this.kept = kept;
        }

        @Override
        public Optional<Kept> find(ProviderId provider, String key) {
            if (saved) {
                throw new Died();
            }
            return kept.find(provider, key);
        }

        @Override
        public boolean save(ProviderId provider, String key, long version, String text, @Nullable Instant wakeAt) {
            saved = kept.save(provider, key, version, text, wakeAt);
            return saved;
        }

        @Override
        public void forget(ProviderId provider, String key) {
            kept.forget(provider, key);
        }

        @Override
        public List<String> due(ProviderId provider, Instant now, int most) {
            return kept.due(provider, now, most);
        }
    }

    private static final class Down implements FlowStore {
        private final FlowStore nothing = new MemoryFlowStore();

        @Override
        public Optional<Kept> find(ProviderId provider, String key) {
            throw new IllegalStateException("database down");
        }

        @Override
        public boolean save(ProviderId provider, String key, long version, String text, @Nullable Instant wakeAt) {
            throw new IllegalStateException("database down");
        }

        @Override
        public void forget(ProviderId provider, String key) {
            nothing.forget(provider, key);
        }

        @Override
        public List<String> due(ProviderId provider, Instant now, int most) {
            return nothing.due(provider, now, most);
        }
    }
}
