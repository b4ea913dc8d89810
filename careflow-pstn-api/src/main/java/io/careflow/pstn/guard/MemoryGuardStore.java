package io.careflow.pstn.guard;

import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound.AtOnce;
import io.careflow.pstn.guard.GuardBound.Distinct;
import io.careflow.pstn.guard.GuardBound.Within;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counters and leases in memory, for one process and for tests. Several nodes need a store that they share. Thread-safe; one claim at a
 * time. {@link #sweep} bounds its memory.
 */
public final class MemoryGuardStore implements GuardStore {
    private final Clock clock;
    private final Map<String, Map<String, Counted>> counted = new HashMap<>();
    private final Map<String, Map<String, Instant>> leases = new HashMap<>();
    /** Until when a holder has something here. */
    private final Map<String, Instant> holders = new HashMap<>();

    /** An empty store by this clock. */
    public MemoryGuardStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized GuardAnswer take(GuardClaim claim) {
        Instant now = clock.instant();
        boolean again = holds(claim.holder(), now);
        GuardAnswer answer = read(claim, now, again);
        if (answer.taken()) {
            count(claim, now, again);
        }
        return answer;
    }

    @Override
    public synchronized GuardAnswer peek(GuardClaim claim) {
        Instant now = clock.instant();
        return read(claim, now, holds(claim.holder(), now));
    }

    @Override
    public synchronized boolean renew(String holder, Duration ttl) {
        GuardClaim.requireTtl(ttl);
        Instant now = clock.instant();
        boolean renewed = false;
        for (Map<String, Instant> of : leases.values()) {
            Instant until = of.get(holder);
            if (until != null && until.isAfter(now)) {
                of.put(holder, now.plus(ttl));
                holders.merge(holder, now.plus(ttl), MemoryGuardStore::later);
                renewed = true;
            }
        }
        return renewed;
    }

    @Override
    public synchronized void release(String holder) {
        leases.values().forEach(of -> of.remove(holder));
    }

    @Override
    public synchronized void correct(String holder, String key, BigDecimal weight) {
        Map<String, Counted> of = counted.getOrDefault(key, Map.of());
        Counted before = of.get(holder);
        if (before != null) {
            of.put(holder, new Counted(before.at(), before.until(), weight, before.member()));
        }
    }

    @Override
    public synchronized int sweep() {
        Instant now = clock.instant();
        int before = size();
        counted.values().forEach(of -> of.values().removeIf(one -> !one.until().isAfter(now)));
        counted.values().removeIf(Map::isEmpty);
        leases.values().forEach(of -> of.values().removeIf(until -> !until.isAfter(now)));
        leases.values().removeIf(Map::isEmpty);
        holders.values().removeIf(until -> !until.isAfter(now));
        return before - size();
    }

    private int size() {
        return counted.values().stream().mapToInt(Map::size).sum()
                + leases.values().stream().mapToInt(Map::size).sum();
    }

    private boolean holds(String holder, Instant now) {
        return holders.getOrDefault(holder, now).isAfter(now);
    }

    private GuardAnswer read(GuardClaim claim, Instant now, boolean again) {
        List<Reading> readings = new ArrayList<>();
        for (GuardBound bound : claim.bounds()) {
            Reading reading = read(bound, claim.holder(), now);
            boolean mine = again && (!(bound instanceof AtOnce) || leases(bound.key(), claim.holder(), now));
            readings.add(mine ? new Reading(bound, reading.before(), true) : reading);
        }
        return new GuardAnswer(readings.stream().allMatch(Reading::fits), readings);
    }

    private Reading read(GuardBound bound, String holder, Instant now) {
        if (bound instanceof Within within) {
            BigDecimal sum = live(within.key(), within.window(), holder, now).stream()
                    .map(Counted::weight)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return new Reading(bound, sum, sum.add(within.weight()).compareTo(within.most()) <= 0);
        } else if (bound instanceof Distinct distinct) {
            Set<@Nullable String> members = new HashSet<>();
            live(distinct.key(), distinct.window(), holder, now).forEach(one -> members.add(one.member()));
            int more = members.contains(distinct.member()) ? 0 : 1;
            return new Reading(
                    bound, BigDecimal.valueOf(members.size()), more == 0 || members.size() + more <= distinct.most());
        }
        long taken = leases.getOrDefault(bound.key(), Map.of()).entrySet().stream()
                .filter(lease ->
                        lease.getValue().isAfter(now) && !lease.getKey().equals(holder))
                .count();
        return new Reading(bound, BigDecimal.valueOf(taken), taken + 1 <= ((AtOnce) bound).most());
    }

    private boolean leases(String key, String holder, Instant now) {
        Instant until = leases.getOrDefault(key, Map.of()).get(holder);
        return until != null && until.isAfter(now);
    }

    private List<Counted> live(String key, Duration window, String holder, Instant now) {
        return counted.getOrDefault(key, Map.of()).entrySet().stream()
                .filter(one -> !one.getKey().equals(holder))
                .map(Map.Entry::getValue)
                .filter(one -> one.at().plus(window).isAfter(now))
                .toList();
    }

    /** Who was here before has its leases again, and nothing counted again. */
    private void count(GuardClaim claim, Instant now, boolean again) {
        Instant longest = later(now.plus(claim.ttl()), holders.getOrDefault(claim.holder(), now));
        for (GuardBound bound : claim.bounds()) {
            if (bound instanceof AtOnce) {
                leases.computeIfAbsent(bound.key(), key -> new HashMap<>()).put(claim.holder(), now.plus(claim.ttl()));
            } else if (!again) {
                longest = later(longest, counted(claim.holder(), bound, now));
            }
        }
        holders.put(claim.holder(), longest);
    }

    /** Returns until when it counts. */
    private Instant counted(String holder, GuardBound bound, Instant now) {
        if (bound instanceof Distinct distinct) {
            Instant until = now.plus(distinct.window());
            put(holder, bound, new Counted(now, until, BigDecimal.ONE, distinct.member()));
            return until;
        }
        Within within = (Within) bound;
        Instant until = now.plus(within.window());
        if (within.weight().signum() != 0) {
            put(holder, bound, new Counted(now, until, within.weight(), null));
        }
        return until;
    }

    private void put(String holder, GuardBound bound, Counted one) {
        counted.computeIfAbsent(bound.key(), key -> new LinkedHashMap<>()).put(holder, one);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** What one holder added under a key. */
    private record Counted(
            Instant at,
            Instant until,
            BigDecimal weight,
            @Nullable String member) {}
}
