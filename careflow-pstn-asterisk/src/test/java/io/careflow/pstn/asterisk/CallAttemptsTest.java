package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A number that is dialled over trunks")
class CallAttemptsTest {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final int CONGESTION = 34;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CONTINUE = "POST /ari/channels/1.1/continue";
    private static final CallFlow DIAL = CallFlow.start()
            .dial(Dial.to(List.of(Destination.number(PATIENT)), Continuation.named("rung"))
                    .showing(OURS)
                    .over(List.of("carrier", "backup")));

    private final MemoryChannelLeases leases = new MemoryChannelLeases(Clock.systemUTC());
    private final FakeAri asterisk = FakeCalls.asterisk();

    @TempDir
    private Path prompts = Path.of("set by JUnit");

    @AfterEach
    void stop() throws IOException {
        asterisk.close();
    }

    @Test
    @DisplayName("and whose next trunk cannot be dialled at all is told of with each trunk's own reason")
    void nextIsWrong() throws Exception {
        try (FakeCalls calls = new FakeCalls(
                        asterisk,
                        prompts,
                        DIAL,
                        builder -> builder.trunks(
                                        leases,
                                        trunk("carrier", 2, NumberFormat.E164_PLUS),
                                        trunk("backup", 2, NumberFormat.NANP_10))
                                .handler(event -> event instanceof InboundCall ? DIAL : FakeCalls.PAUSE))
                .connected()) {
            calls.arrives("1.1");
            await().atMost(SOON).until(() -> calls.requests(CONTINUE).size() == 1);
            asterisk.answer(CONTINUE, 400, "{}");
            calls.says(
                    "StasisStart",
                    "\"args\":[\"dialled\",\"CONGESTION\",\"" + CONGESTION + "\",\"\"],\"channel\":"
                            + FakeCalls.channel("1.1"));
            await().atMost(SOON).until(() -> calls.events(RouteTried.class).size() == 2);
            List<TriedRoute> tried = calls.events(RouteTried.class).stream()
                    .map(RouteTried::tried)
                    .toList();
            assertThat(tried).extracting(TriedRoute::line).containsExactly("carrier", "backup");
            assertThat(tried).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.STOP);
            assertThat(tried.get(0).attempt().network().q850()).isEqualTo(CONGESTION);
            assertThat(tried.get(1).attempt().network()).isEqualTo(HangupCause.UNKNOWN);
            assertThat(tried.get(1).attempt().verdict().cause()).isEqualTo(NeutralCause.INVALID_REQUEST);
            assertThat(tried.get(1).attempt().effect()).isEqualTo(Effect.NONE);
            assertThat(leases.use("carrier").total() + leases.use("backup").total())
                    .isZero();
        }
    }
}
