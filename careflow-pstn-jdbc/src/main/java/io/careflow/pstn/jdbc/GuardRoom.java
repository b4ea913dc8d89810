package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardBound.AtOnce;
import io.careflow.pstn.guard.GuardBound.Distinct;
import io.careflow.pstn.guard.GuardBound.Within;
import io.careflow.pstn.guard.GuardClaim;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides claims one after another on counters that were read, and remembers what has to be written. Whoever reads counters in order to
 * write them has them locked. Used by one thread.
 */
final class GuardRoom {
    private final long moment;
    private final Map<String, GuardScope> scopes = new HashMap<>();
    private final Map<String, GuardHolder> before = new LinkedHashMap<>();
    private final Map<String, GuardHolder> after = new LinkedHashMap<>();

    GuardRoom(long moment) {
        this.moment = moment;
    }

    void put(String scope, String counters) {
        scopes.put(scope, new GuardScope(counters));
    }

    /** One who was here before. */
    void put(GuardHolder holder) {
        before.put(holder.holder(), holder);
    }

    long moment() {
        return moment;
    }

    private @Nullable GuardHolder holder(String name) {
        GuardHolder changed = after.get(name);
        return changed == null ? before.get(name) : changed;
    }

    private GuardScope scope(GuardCounter counter) {
        return scopes.computeIfAbsent(counter.scope(), name -> new GuardScope(""));
    }

    private GuardTally tally(GuardCounter counter) {
        return scope(counter).tally(counter);
    }

    private GuardTally changed(GuardCounter counter) {
        GuardScope scope = scope(counter);
        scope.changed();
        return scope.tally(counter);
    }

    /** What the counters say, counting nothing. */
    GuardAnswer look(GuardAsk ask) {
        GuardClaim claim = ask.claim();
        @Nullable GuardHolder known = holder(ask.holder());
        @Nullable GuardHolder again = known == null || known.forgetAt() <= moment ? null : known;
        List<Reading> readings = new ArrayList<>(claim.bounds().size());
        boolean taken = true;
        for (int i = 0; i < claim.bounds().size(); i++) {
            Reading reading = look(claim.bounds().get(i), ask.counters().get(i), again);
            taken &= reading.fits();
            readings.add(reading);
        }
        return new GuardAnswer(taken, readings);
    }

    private Reading look(GuardBound bound, GuardCounter counter, @Nullable GuardHolder again) {
        GuardTally tally = tally(counter);
        BigDecimal total = tally.total(moment);
        boolean mine = again != null;
        boolean fits;
        if (bound instanceof Within within) {
            total = again == null ? total : total.subtract(own(again, counter));
            fits = mine || total.add(within.weight()).compareTo(within.most()) <= 0;
        } else if (bound instanceof Distinct distinct) {
            boolean seen = tally.has(StoredForm.clean(distinct.member()), moment);
            fits = mine || seen || total.compareTo(BigDecimal.valueOf(distinct.most())) < 0;
        } else {
            mine = again != null && again.endsAt() > moment && again.leases(counter);
            total = mine ? total.subtract(BigDecimal.ONE) : total;
            fits = mine || total.compareTo(BigDecimal.valueOf(((AtOnce) bound).most())) < 0;
        }
        return new Reading(bound, plain(total), fits);
    }

    /** What of a counter's total is the holder's own. */
    private BigDecimal own(GuardHolder holder, GuardCounter counter) {
        @Nullable BigDecimal weight = holder.weight(counter);
        return weight == null || counter.over(counter.slot(holder.takenAt())) <= moment ? BigDecimal.ZERO : weight;
    }

    /** Counts what {@link #look} found to fit. Who was here before has its leases renewed, and nothing counted again. */
    void count(GuardAsk ask) {
        GuardClaim claim = ask.claim();
        String name = ask.holder();
        @Nullable GuardHolder known = holder(name);
        @Nullable GuardHolder again = known == null || known.forgetAt() <= moment ? null : known;
        long endsAt = end(claim.ttl().toMillis());
        long forgetAt = moment + claim.ttl().toMillis();
        boolean leased = false;
        List<GuardHolder.Added> added = new ArrayList<>(claim.bounds().size());
        if (known != null) {
            give(known);
        }
        if (again != null) {
            again.added().stream().filter(one -> one.weight() != null).forEach(added::add);
            forgetAt = Math.max(forgetAt, again.forgetAt());
        }
        for (int i = 0; i < claim.bounds().size(); i++) {
            GuardBound bound = claim.bounds().get(i);
            GuardCounter counter = ask.counters().get(i);
            if (bound instanceof AtOnce) {
                GuardHolder.Added lease = new GuardHolder.Added(counter, null);
                if (!added.contains(lease)) {
                    added.add(lease);
                    changed(counter).add(endsAt, BigDecimal.ONE);
                    leased = true;
                    forgetAt = Math.max(forgetAt, endsAt);
                }
            } else if (again == null) {
                if (bound instanceof Within within) {
                    if (within.weight().signum() != 0) {
                        added.add(new GuardHolder.Added(counter, within.weight()));
                        changed(counter).add(counter.slot(moment), within.weight());
                    }
                } else {
                    changed(counter).see(StoredForm.clean(((Distinct) bound).member()), moment);
                }
                forgetAt = Math.max(forgetAt, moment + counter.window() * 61 / 60 + 1);
            }
        }
        after.put(
                name,
                new GuardHolder(
                        name,
                        known == null ? 0 : known.version(),
                        again == null ? moment : again.takenAt(),
                        leased ? endsAt : 0,
                        forgetAt,
                        added));
    }

    /** Leases run out in steps, so that a counter has few of them; never early. */
    private long end(long ttl) {
        long step = Math.max(ttl / 60, 1);
        return -Math.floorDiv(-(moment + ttl), step) * step;
    }

    private void give(GuardHolder holder) {
        if (holder.endsAt() > moment) {
            for (GuardHolder.Added one : holder.added()) {
                if (one.weight() == null) {
                    changed(one.counter()).add(holder.endsAt(), BigDecimal.ONE.negate());
                }
            }
        }
    }

    /** Returns whether there was anything to give back. */
    boolean release(String name) {
        @Nullable GuardHolder known = holder(name);
        if (known == null || known.endsAt() == 0) {
            return false;
        }
        give(known);
        after.put(name, known.with(0, known.forgetAt(), known.added()));
        return true;
    }

    boolean renew(String name, long ttl) {
        @Nullable GuardHolder known = holder(name);
        if (known == null || known.endsAt() <= moment) {
            return false;
        }
        give(known);
        long endsAt = end(ttl);
        for (GuardHolder.Added one : known.added()) {
            if (one.weight() == null) {
                changed(one.counter()).add(endsAt, BigDecimal.ONE);
            }
        }
        after.put(name, known.with(endsAt, Math.max(known.forgetAt(), endsAt), known.added()));
        return true;
    }

    /** Returns whether there was anything to correct. */
    boolean correct(String name, String key, BigDecimal weight) {
        @Nullable GuardHolder known = holder(name);
        if (known == null) {
            return false;
        }
        boolean corrected = false;
        List<GuardHolder.Added> added = new ArrayList<>(known.added().size());
        for (GuardHolder.Added one : known.added()) {
            BigDecimal was = one.weight();
            if (was == null || !one.counter().key().equals(key) || was.compareTo(weight) == 0) {
                added.add(one);
                continue;
            }
            GuardCounter counter = one.counter();
            long slot = counter.slot(known.takenAt());
            if (counter.over(slot) > moment) {
                changed(counter).add(slot, weight.subtract(was));
            }
            added.add(new GuardHolder.Added(counter, weight));
            corrected = true;
        }
        if (corrected) {
            after.put(name, known.with(known.endsAt(), known.forgetAt(), added));
        }
        return corrected;
    }

    /** The scopes that have to be written, in the order of their names. */
    Map<String, GuardScope> changedScopes() {
        Map<String, GuardScope> changed = new TreeMap<>();
        scopes.forEach((name, scope) -> {
            if (scope.isChanged()) {
                changed.put(name, scope);
            }
        });
        return changed;
    }

    Map<String, GuardHolder> changedHolders() {
        return after;
    }

    boolean isKnown(GuardHolder holder) {
        return before.containsKey(holder.holder());
    }

    private static BigDecimal plain(BigDecimal value) {
        if (value.scale() == 0) {
            return value;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
