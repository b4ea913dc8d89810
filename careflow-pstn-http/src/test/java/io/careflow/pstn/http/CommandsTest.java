package io.careflow.pstn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final ProviderId TWILIO = new ProviderId("twilio");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CommandId ONE = new CommandId("one");
    private static final CommandId TWO = new CommandId("two");

    private final Commands<String, String> commands =
            new Commands<>(TWILIO, "call.place", Clock.fixed(NOW, ZoneOffset.UTC));
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void whatIsDoneIsRememberedAndNotDoneAgain() {
        assertThat(place(ONE, "ring bob", null)).isEqualTo("done 1");
        assertThat(place(ONE, "ring bob", null)).isEqualTo("done 1");

        assertThat(sent).hasValue(1);
        assertThat(commands.results()).containsExactly("done 1");
        assertThat(commands.unsettled(TWO, NOW)).isEmpty();
    }

    @Test
    void anotherRequestUnderTheSameIdIsAConflict() {
        place(ONE, "ring bob", null);

        assertThatThrownBy(() -> place(ONE, "ring eve", null)).isInstanceOf(Conflict.class);
        assertThat(sent).hasValue(1);
    }

    @Test
    void whatCertainlyDidNothingIsForgotten() {
        assertThatThrownBy(() -> place(ONE, "ring bob", Effect.NONE)).isInstanceOf(ProviderUnavailable.class);

        assertThat(commands.unsettled(TWO, NOW)).isEmpty();
        assertThat(place(ONE, "ring eve", null)).isEqualTo("done 2");
    }

    @Test
    void whatIsInDoubtIsLookedUpAtOnceAndWheneverItIsGivenAgain() {
        AtomicInteger looked = new AtomicInteger();
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> commands.once(ONE, "ring bob", () -> send(Effect.UNKNOWN), doubt -> {
                        looked.incrementAndGet();
                        throw doubt.failure();
                    }))
                    .isInstanceOf(ProviderUnavailable.class);
            assertThat(looked).hasValue(i);
        }
        assertThat(sent).hasValue(1);
        assertThat(commands.unsettled(TWO, NOW)).containsExactly("ring bob");
        assertThat(commands.unsettled(ONE, NOW)).isEmpty();
        assertThat(commands.unsettled(TWO, NOW.plusMillis(1))).isEmpty();

        String found = commands.once(ONE, "ring bob", () -> send(null), doubt -> "found " + doubt.begun());

        assertThat(found).isEqualTo("found " + NOW);
        assertThat(place(ONE, "ring bob", null)).isEqualTo(found);
        assertThat(commands.results()).containsExactly(found);
        assertThat(commands.unsettled(TWO, NOW)).isEmpty();
        assertThat(sent).hasValue(1);
    }

    @Test
    void aDefectOnTheWayIsNoReasonToDoItAgain() {
        assertThatThrownBy(() -> commands.once(
                        ONE,
                        "ring bob",
                        () -> {
                            sent.incrementAndGet();
                            throw new IllegalStateException("defect");
                        },
                        doubt -> ""))
                .hasMessage("defect");

        assertThatThrownBy(() -> place(ONE, "ring bob", null)).hasMessage("defect");
        assertThat(sent).hasValue(1);
    }

    @Test
    void whoGivesACommandThatIsUnderWayWaitsForIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<String> first = threads.submit(() -> commands.once(
                    ONE,
                    "ring bob",
                    () -> {
                        begun.countDown();
                        await(answer);
                        return send(null);
                    },
                    doubt -> ""));
            await(begun);
            Future<String> second = threads.submit(() -> place(ONE, "ring bob", null));
            assertThat(commands.unsettled(TWO, NOW.plus(Duration.ofDays(1)))).containsExactly("ring bob");
            assertThat(commands.results()).isEmpty();
            answer.countDown();

            assertThat(first.get()).isEqualTo("done 1");
            assertThat(second.get()).isEqualTo("done 1");
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent).hasValue(1);
    }

    @Test
    void theOldestAreForgottenBeyondTenThousand() {
        for (int i = 0; i <= 10_000; i++) {
            place(new CommandId("c" + i), "ring bob", null);
        }

        assertThat(commands.results()).hasSize(10_000);
        assertThat(place(new CommandId("c1"), "ring bob", null)).isEqualTo("done 2");
    }

    @Test
    void whatIsInDoubtIsNotForgottenHoweverManyFollow() {
        assertThatThrownBy(() -> place(ONE, "ring bob", Effect.UNKNOWN)).isInstanceOf(ProviderUnavailable.class);
        for (int i = 0; i <= 10_000; i++) {
            place(new CommandId("c" + i), "ring bob", null);
        }

        assertThatThrownBy(() -> place(ONE, "ring bob", null))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        still -> assertThat(still.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(sent).hasValue(10_002);
        assertThat(commands.results()).hasSize(10_000);
    }

    @Test
    void withTooManyInDoubtNewCommandsAreRefusedAndTheOldOnesStayInDoubt() {
        for (int i = 0; i < 50_000; i++) {
            CommandId id = new CommandId("c" + i);
            assertThatThrownBy(() -> place(id, "ring bob", Effect.UNKNOWN)).isInstanceOf(ProviderUnavailable.class);
        }

        assertThatThrownBy(() -> place(ONE, "ring bob", null))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        refused -> assertThat(refused.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("50000 commands");
        assertThat(sent).hasValue(50_000);

        CommandId first = new CommandId("c0");
        assertThat(commands.once(first, "ring bob", () -> send(null), doubt -> "found"))
                .isEqualTo("found");
        assertThat(place(ONE, "ring bob", null)).isEqualTo("done 50001");
    }

    private String place(CommandId id, String request, @Nullable Effect failing) {
        return commands.once(id, request, () -> send(failing), doubt -> {
            throw doubt.failure();
        });
    }

    private String send(@Nullable Effect failing) {
        int number = sent.incrementAndGet();
        if (failing != null) {
            throw new ProviderUnavailable(Failure.of(TWILIO, "call.place", failing, "no answer"));
        }
        return "done " + number;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
