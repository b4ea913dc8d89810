package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Command ids")
final class CommandIdsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    @DisplayName("are UUIDs of version 7 and variant 2 that begin with the time")
    void layout() {
        UUID id = UUID.fromString(
                new CommandIds(InstantSource.fixed(NOW), random(7)).next().value());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    @DisplayName("all bits that are not said by the standard are random")
    void allBits() {
        CommandIds ids = new CommandIds(InstantSource.fixed(NOW), random(1));
        long most = 0;
        long least = 0;
        for (int i = 0; i < 200; i++) {
            UUID id = UUID.fromString(ids.next().value());
            most |= id.getMostSignificantBits();
            least |= id.getLeastSignificantBits();
        }
        assertThat(most & 0xffff).isEqualTo(0x7fff);
        assertThat(least).isEqualTo(0xbfff_ffff_ffff_ffffL);
    }

    @Test
    @DisplayName("of one millisecond all differ")
    void differ() {
        CommandIds ids = new CommandIds(InstantSource.fixed(NOW), random(3));
        Set<CommandId> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(ids.next())).isTrue();
        }
    }

    @Test
    @DisplayName("sort by the time at which they were made")
    void order() {
        List<String> made = Stream.iterate(NOW, time -> time.plusMillis(1))
                .limit(1000)
                .map(time -> new CommandIds(InstantSource.fixed(time), random(time.toEpochMilli()))
                        .next()
                        .value())
                .toList();
        assertThat(made).isSorted();
    }

    private static RandomGenerator random(long seed) {
        return new SplittableRandom(seed);
    }
}
