package io.careflow.pstn.siptrunk;

import io.careflow.pstn.call.Direction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Leases of one process, for applications of one node. They end with it. Thread-safe. */
public final class MemoryChannelLeases implements ChannelLeases {
    private final Clock clock;
    private final Map<String, Map<String, Lease>> trunks = new HashMap<>();

    /** No channel is taken yet. */
    public MemoryChannelLeases(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized ChannelAnswer take(ChannelClaim claim) {
        Instant now = clock.instant();
        Map<String, Lease> leases = trunks.computeIfAbsent(claim.trunk(), trunk -> new HashMap<>());
        Lease mine = leases.get(claim.holder());
        Lease renewed = new Lease(claim.direction(), now.plus(claim.ttl()));
        if (mine != null && mine.isAlive(now)) {
            leases.put(claim.holder(), new Lease(mine.direction, renewed.until));
            return new ChannelAnswer.Taken(use(claim.trunk()));
        }
        ChannelUse use = use(claim.trunk());
        ChannelAnswer answer = claim.regardless()
                ? new ChannelAnswer.Taken(ChannelLimits.counted(claim.direction(), use))
                : claim.limits().fit(claim.trunk(), claim.direction(), use);
        if (answer instanceof ChannelAnswer.Taken) {
            leases.put(claim.holder(), renewed);
        }
        return answer;
    }

    @Override
    public synchronized boolean renew(String trunk, String holder, Duration ttl) {
        ChannelClaim.requireTtl(ttl);
        Instant now = clock.instant();
        Map<String, Lease> leases = trunks.getOrDefault(trunk, Map.of());
        @Nullable Lease mine = leases.get(holder);
        if (mine == null || !mine.isAlive(now)) {
            return false;
        }
        leases.put(holder, new Lease(mine.direction, now.plus(ttl)));
        return true;
    }

    @Override
    public synchronized void release(String holder) {
        trunks.values().forEach(leases -> leases.remove(holder));
    }

    @Override
    public synchronized int sweep() {
        Instant now = clock.instant();
        int before = count();
        trunks.values().forEach(leases -> leases.values().removeIf(lease -> !lease.isAlive(now)));
        return before - count();
    }

    @Override
    public synchronized ChannelUse use(String trunk) {
        Instant now = clock.instant();
        int inbound = 0;
        int outbound = 0;
        for (Lease lease : trunks.getOrDefault(trunk, Map.of()).values()) {
            if (lease.isAlive(now)) {
                inbound += lease.direction == Direction.INBOUND ? 1 : 0;
                outbound += lease.direction == Direction.INBOUND ? 0 : 1;
            }
        }
        return new ChannelUse(inbound, outbound);
    }

    private int count() {
        return trunks.values().stream().mapToInt(Map::size).sum();
    }

    private record Lease(Direction direction, Instant until) {
        boolean isAlive(Instant now) {
            return now.isBefore(until);
        }
    }
}
