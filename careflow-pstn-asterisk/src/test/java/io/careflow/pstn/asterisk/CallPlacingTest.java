package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A call that is placed over trunks which its request names")
class CallPlacingTest {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String ID =
            "cf-" + UUID.nameUUIDFromBytes((TenantId.DEFAULT + " p").getBytes(StandardCharsets.UTF_8));
    private static final String FIRST = "POST /ari/channels/" + ID + " ";
    private static final String SECOND = "POST /ari/channels/" + ID + "~2 ";
    private static final int CONGESTION = 34;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final MemoryChannelLeases leases = new MemoryChannelLeases(Clock.systemUTC());
    private final FakeAri asterisk = FakeCalls.asterisk().answer("GET /ari/channels/cf-", 404, "{}");

    @TempDir
    private Path prompts = Path.of("set by JUnit");

    @AfterEach
    void stop() throws IOException {
        asterisk.close();
    }

    @Test
    @DisplayName("goes on over the next one, on a channel of its own, and ends when that one refuses it too")
    void bothRefuse() throws Exception {
        try (FakeCalls calls = calls()) {
            assertThat(calls.control().place(request()).ref().id()).isEqualTo(ID);
            assertThat(calls.requests(FIRST)).singleElement().asString().contains("@carrier");
            refused(calls, ID);
            await().atMost(SOON).until(() -> calls.requests(SECOND).size() == 1);
            assertThat(calls.requests(SECOND)).singleElement().asString().contains("@backup");
            assertThat(leases.use("carrier").total()).isZero();
            assertThat(leases.use("backup").total()).isOne();
            assertThat(calls.events(CallEnded.class)).isEmpty();
            refused(calls, ID + "~2");
            await().atMost(SOON).until(() -> !calls.events(CallEnded.class).isEmpty());
            assertThat(calls.events(OutboundCall.class)).hasSize(1);
            assertThat(tried(calls)).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.EXHAUSTED);
            assertThat(leases.use("backup").total()).isZero();
            assertThat(calls.requests("POST /ari/channels/cf-")).hasSize(2);
        }
    }

    @Test
    @DisplayName("and rang is not called again")
    void rang() throws Exception {
        try (FakeCalls calls = calls()) {
            calls.control().place(request());
            calls.says(
                    "Dial",
                    "\"dialstatus\":\"RINGING\",\"dialstring\":\"+14165550100@carrier\",\"peer\":"
                            + FakeCalls.channel(ID));
            refused(calls, ID);
            await().atMost(SOON).until(() -> !calls.events(CallEnded.class).isEmpty());
            assertThat(calls.requests("POST /ari/channels/cf-")).hasSize(1);
            assertThat(tried(calls)).singleElement().satisfies(only -> {
                assertThat(only.move()).isEqualTo(Move.STOP);
                assertThat(only.rang()).isNotNull();
            });
        }
    }

    @Test
    @DisplayName("and is hung up by us before the answer is not called again")
    void hungUp() throws Exception {
        try (FakeCalls calls = calls()) {
            calls.control().hangUp(calls.control().place(request()).ref(), HangupCause.NORMAL_CLEARING);
            refused(calls, ID);
            await().atMost(SOON).until(() -> !calls.events(CallEnded.class).isEmpty());
            assertThat(calls.requests("POST /ari/channels/cf-")).hasSize(1);
            assertThat(tried(calls))
                    .singleElement()
                    .satisfies(only -> assertThat(only.attempt().because()).isEqualTo("hung up before the answer"));
        }
    }

    @Test
    @DisplayName("and of which Asterisk cannot create the first channel goes over the next one at once")
    void notCreated() throws Exception {
        asterisk.answer("POST /ari/channels/" + ID, 500, "{}").answer("POST /ari/channels/" + ID + "~2", 200, "{}");
        try (FakeCalls calls = calls()) {
            calls.control().place(request());
            assertThat(calls.requests(SECOND)).hasSize(1);
            assertThat(calls.events.get(0)).isInstanceOf(OutboundCall.class);
            assertThat(tried(calls)).singleElement().satisfies(first -> {
                assertThat(first.move()).isEqualTo(Move.NEXT);
                assertThat(first.attempt().effect()).isEqualTo(Effect.NONE);
            });
            assertThat(calls.events(CallEnded.class)).isEmpty();
        }
    }

    @Test
    @DisplayName("and of which Asterisk can create no channel at all fails with no effect, and every trunk is told of")
    void noneCreated() throws Exception {
        asterisk.answer("POST /ari/channels/" + ID, 500, "{}");
        try (FakeCalls calls = calls()) {
            assertThatThrownBy(() -> calls.control().place(request()))
                    .isInstanceOfSatisfying(
                            PstnException.class,
                            failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
            assertThat(tried(calls)).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.EXHAUSTED);
            assertThat(calls.events(CallEnded.class)).hasSize(1);
            assertThat(calls.provider.liveCalls()).isZero();
            assertThat(leases.use("carrier").total() + leases.use("backup").total())
                    .isZero();
        }
    }

    @Test
    @DisplayName("and whose next one is refused at once tells of each trunk with its own reason")
    void nextIsWrong() throws Exception {
        asterisk.answer("POST /ari/channels/" + ID + "~2", 400, "{\"message\":\"wrong number format\"}");
        try (FakeCalls calls = calls()) {
            calls.control().place(request());
            refused(calls, ID);
            await().atMost(SOON).until(() -> !calls.events(CallEnded.class).isEmpty());
            assertThat(calls.requests(SECOND)).hasSize(1);
            assertThat(tried(calls)).hasSize(2);
            TriedRoute first = tried(calls).get(0);
            assertThat(first.line()).isEqualTo("carrier");
            assertThat(first.move()).isEqualTo(Move.NEXT);
            assertThat(first.attempt().network().q850()).isEqualTo(CONGESTION);
            assertThat(first.attempt().effect()).isNull();
            TriedRoute second = tried(calls).get(1);
            assertThat(second.line()).isEqualTo("backup");
            assertThat(second.move()).isEqualTo(Move.STOP);
            refusedAtOnce(second);
            assertThat(leases.use("carrier").total() + leases.use("backup").total())
                    .isZero();
        }
    }

    @Test
    @DisplayName("and is refused at once for good is not sent out over another one, and the record says why")
    void firstIsWrong() throws Exception {
        asterisk.answer("POST /ari/channels/" + ID, 400, "{\"message\":\"wrong number format\"}");
        for (List<String> over : List.of(List.of("carrier", "backup"), List.<String>of())) {
            try (FakeCalls calls = calls()) {
                assertThatThrownBy(() -> calls.control().place(request().over(over)))
                        .isInstanceOf(InvalidRequest.class);
                assertThat(calls.requests(SECOND)).isEmpty();
                assertThat(tried(calls)).singleElement().satisfies(only -> {
                    assertThat(only.line()).isEqualTo("carrier");
                    assertThat(only.move()).isEqualTo(Move.STOP);
                    refusedAtOnce(only);
                });
                assertThat(calls.events(CallEnded.class)).hasSize(1);
            }
        }
    }

    private static void refusedAtOnce(TriedRoute tried) {
        assertThat(tried.attempt().verdict().cause()).isEqualTo(NeutralCause.INVALID_REQUEST);
        assertThat(tried.attempt().network()).isEqualTo(HangupCause.UNKNOWN);
        assertThat(tried.attempt().effect()).isEqualTo(Effect.NONE);
        assertThat(tried.attempt().because()).startsWith("request refused");
    }

    @Test
    @DisplayName("and may ring already, as the answer was lost, is not sent out over another one")
    void inDoubt() throws Exception {
        asterisk.drop("POST /ari/channels/" + ID);
        try (FakeCalls calls = calls()) {
            assertThatThrownBy(() -> calls.control().place(request()))
                    .isInstanceOfSatisfying(
                            PstnException.class,
                            failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
            assertThat(calls.requests(FIRST)).hasSize(1);
            assertThat(calls.requests(SECOND)).isEmpty();
        }
    }

    @Test
    @DisplayName("and was placed by a predecessor, over the second one, is not placed again")
    void upOverTheSecond() throws Exception {
        asterisk.answer("GET /ari/channels/" + ID + "~2", 200, FakeCalls.channel(ID + "~2"));
        try (FakeCalls calls = calls()) {
            assertThat(calls.control().place(request()).ref().id()).isEqualTo(ID);
            assertThat(calls.requests("POST /ari/channels/cf-")).isEmpty();
            assertThat(calls.events).isEmpty();
        }
    }

    @Test
    @DisplayName("is refused by name where there is no such trunk, or none at all")
    void unknownTrunk() throws Exception {
        try (FakeCalls calls = calls()) {
            refused(calls, request().over(List.of("carrier", "nowhere")), "trunk 'nowhere'");
        }
        try (FakeCalls calls = new FakeCalls(asterisk, prompts, FakeCalls.BYE).connected()) {
            refused(calls, request(), "trunks to call over");
        }
    }

    private static void refused(FakeCalls calls, CallRequest request, String what) {
        assertThatThrownBy(() -> calls.control().place(request))
                .isInstanceOfSatisfying(
                        UnsupportedFeature.class,
                        refusal -> assertThat(refusal.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining(what);
        assertThat(calls.requests("POST /ari/channels/cf-")).isEmpty();
        assertThat(calls.events).isEmpty();
    }

    private static void refused(FakeCalls calls, String channel) throws IOException {
        calls.says(
                "ChannelDestroyed",
                "\"cause\":" + CONGESTION + ",\"cause_txt\":\"Congestion\",\"channel\":" + FakeCalls.channel(channel));
    }

    private static List<TriedRoute> tried(FakeCalls calls) {
        return calls.events(RouteTried.class).stream().map(RouteTried::tried).toList();
    }

    private FakeCalls calls() throws InterruptedException {
        return new FakeCalls(
                        asterisk,
                        prompts,
                        FakeCalls.BYE,
                        builder -> builder.trunks(
                                leases,
                                trunk("carrier", 2, NumberFormat.E164_PLUS),
                                trunk("backup", 2, NumberFormat.NANP_10)))
                .connected();
    }

    private static CallRequest request() {
        return CallRequest.of(new CommandId("p"), OURS, Destination.number(PATIENT), FakeCalls.PAUSE)
                .over(List.of("carrier", "backup"));
    }
}
