package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = VirtualTime.startingAt(Instant.EPOCH);
    private final List<String> done = new ArrayList<>();

    @Test
    @DisplayName("things happen when they are due, those of one instant in the order in which they were asked for")
    void order() {
        time.after(Duration.ofHours(2), () -> done.add("late"));
        time.after(Duration.ofHours(1), () -> done.add("first"));
        time.after(Duration.ofHours(1), () -> done.add("second"));
        time.run(Duration.ofMinutes(59));
        assertThat(done).isEmpty();
        time.run(Duration.ofMinutes(1));
        assertThat(done).containsExactly("first", "second");
        assertThat(time.clock().instant()).isEqualTo(Instant.EPOCH.plusSeconds(3600));
        time.runUntilIdle();
        assertThat(done).endsWith("late");
        assertThat(time.now()).isEqualTo(Instant.EPOCH.plusSeconds(7200));
    }

    @Test
    @DisplayName("what is cancelled does not happen")
    void cancel() {
        VirtualTime.Timer timer = time.after(Duration.ofSeconds(1), () -> done.add("never"));
        timer.cancel();
        time.runUntilIdle();
        assertThat(done).isEmpty();
    }

    @Test
    @DisplayName("a circle is noticed instead of running for ever")
    void circle() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> time.after(Duration.ofSeconds(1), again[0]);
        again[0].run();
        assertThatThrownBy(time::runUntilIdle).hasMessageContaining("circles");
    }

    @Test
    @DisplayName("what happens may wait for another thread that asks for more to happen")
    void otherThread() {
        List<Instant> times = new ArrayList<>();
        time.after(Duration.ofSeconds(1), () -> {
            VirtualTime.Timer never = CompletableFuture.supplyAsync(
                            () -> time.after(Duration.ofSeconds(1), () -> times.add(Instant.MAX)))
                    .join();
            CompletableFuture.runAsync(never::cancel).join();
            CompletableFuture.runAsync(() -> time.after(Duration.ofSeconds(2), () -> times.add(time.now())))
                    .join();
        });
        time.runUntilIdle();
        assertThat(times).containsExactly(Instant.ofEpochSecond(3));
    }
}
