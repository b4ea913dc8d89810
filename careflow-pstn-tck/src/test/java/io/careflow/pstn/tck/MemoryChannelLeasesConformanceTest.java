package io.careflow.pstn.tck;

import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Channels of trunks in memory")
final class MemoryChannelLeasesConformanceTest extends ChannelLeasesConformance {
    private final Hands clock = new Hands();

    @Override
    protected ChannelLeases noneTaken() {
        return new MemoryChannelLeases(clock);
    }

    @Override
    protected void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    private static final class Hands extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new AssertionError("nobody needs a zone here");
        }
    }
}
