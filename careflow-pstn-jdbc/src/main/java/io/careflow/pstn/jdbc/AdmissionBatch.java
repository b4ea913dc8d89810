package io.careflow.pstn.jdbc;

import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one group as the function {@code pstn_guard_take_all} reads them: sums for each counter, not what each request adds. What
 * each found is worked out from the totals that the function returns. Used by one thread.
 */
final class AdmissionBatch {
    private record Counter(
            String kind, String key, long window, @Nullable String member) {}

    private static final class Sum {
        private final int place;
        private BigDecimal added = BigDecimal.ZERO;
        private @Nullable BigDecimal most;

        private Sum(int place) {
            this.place = place;
        }

        private void add(BigDecimal weight, BigDecimal limit) {
            added = added.add(weight);
            most = most == null ? limit : most.min(limit);
        }
    }

    private final List<AdmissionRequest> requests;
    private final Map<Counter, Sum> counters = new LinkedHashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final List<String> holders = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Long> windows = new ArrayList<>();
    private final List<BigDecimal> weights = new ArrayList<>();
    private final List<String> leaseKeys = new ArrayList<>();
    private final List<String> leaseHolders = new ArrayList<>();
    private final List<Long> leaseTtls = new ArrayList<>();

    AdmissionBatch(List<AdmissionRequest> requests) {
        this.requests = requests;
        requests.forEach(request -> add(request.claim()));
    }

    /** Whether no call is in it twice, and no claim names a lease twice. */
    boolean isPlain() {
        return different(requests, request -> request.claim().holder())
                && different(requests, request -> request.hold().id())
                && requests.stream()
                        .allMatch(request -> different(
                                request.claim().bounds().stream()
                                        .filter(GuardBound.AtOnce.class::isInstance)
                                        .toList(),
                                GuardBound::key));
    }

    private static <T> boolean different(List<T> items, Function<T, Object> part) {
        Set<Object> seen = new HashSet<>();
        return items.stream().map(part).allMatch(seen::add);
    }

    private void add(GuardClaim claim) {
        String holder = StoredForm.clean(claim.holder());
        for (GuardBound bound : claim.bounds()) {
            Counter counter = counter(bound);
            Sum sum = counters.computeIfAbsent(counter, key -> new Sum(counters.size()));
            if (bound instanceof GuardBound.Within within) {
                sum.add(within.weight(), within.most());
                holders.add(holder);
                keys.add(counter.key());
                windows.add(counter.window());
                weights.add(within.weight());
            } else if (bound instanceof GuardBound.AtOnce atOnce) {
                sum.add(BigDecimal.ONE, BigDecimal.valueOf(atOnce.most()));
                leaseKeys.add(counter.key());
                leaseHolders.add(holder);
                leaseTtls.add(claim.ttl().toMillis());
            } else if (bound instanceof GuardBound.Distinct distinct) {
                sum.add(BigDecimal.ZERO, BigDecimal.valueOf(distinct.most()));
                members.computeIfAbsent(group(counter), key -> new HashSet<>()).add(distinct.member());
            }
        }
    }

    private static Counter counter(GuardBound bound) {
        String key = StoredForm.clean(bound.key());
        if (bound instanceof GuardBound.Within within) {
            return new Counter("W", key, within.window().toMillis(), null);
        } else if (bound instanceof GuardBound.Distinct distinct) {
            return new Counter("D", key, distinct.window().toMillis(), StoredForm.clean(distinct.member()));
        }
        return new Counter("A", key, 0, null);
    }

    private static String group(Counter counter) {
        return counter.window() + " " + counter.key();
    }

    Query bind(Query sql) {
        List<Counter> all = List.copyOf(counters.keySet());
        BigDecimal[] added = new BigDecimal[all.size()];
        BigDecimal[] most = new BigDecimal[all.size()];
        for (int i = 0; i < added.length; i++) {
            Counter counter = all.get(i);
            Sum sum = Objects.requireNonNull(counters.get(counter));
            Set<String> together = members.getOrDefault(group(counter), Set.of());
            added[i] = counter.kind().equals("D") ? BigDecimal.valueOf(together.size()) : sum.added;
            most[i] = Objects.requireNonNull(sum.most);
        }
        List<GuardClaim> claims = requests.stream().map(AdmissionRequest::claim).toList();
        return sql.bind("kinds", Sql.all(all, Counter::kind, String[]::new))
                .bind("keys", Sql.all(all, Counter::key, String[]::new))
                .bind("windows", Sql.all(all, Counter::window, Long[]::new))
                .bind("added", added)
                .bind("most", most)
                .bind("members", Sql.all(all, Counter::member, String[]::new))
                .bind("holders", Sql.all(claims, claim -> StoredForm.clean(claim.holder()), String[]::new))
                .bind("ttls", Sql.all(claims, claim -> claim.ttl().toMillis(), Long[]::new))
                .bind("h_holders", holders.toArray(new String[0]))
                .bind("h_keys", keys.toArray(new String[0]))
                .bind("h_windows", windows.toArray(new Long[0]))
                .bind("h_weights", weights.toArray(new BigDecimal[0]))
                .bind("l_keys", leaseKeys.toArray(new String[0]))
                .bind("l_holders", leaseHolders.toArray(new String[0]))
                .bind("l_ttls", leaseTtls.toArray(new Long[0]));
    }

    /** All were admitted, in their order. */
    List<Admitted> admitted(ResultSet row) throws SQLException {
        Instant moment = Objects.requireNonNull(Sql.time(row, "o_moment"));
        BigDecimal[] totals = (BigDecimal[]) row.getArray("o_totals").getArray();
        Boolean[] seen = (Boolean[]) row.getArray("o_seen").getArray();
        Map<String, BigDecimal> newMembers = new HashMap<>();
        List<Admitted> answers = new ArrayList<>(requests.size());
        for (AdmissionRequest request : requests) {
            List<Reading> readings = new ArrayList<>(request.claim().bounds().size());
            for (GuardBound bound : request.claim().bounds()) {
                Counter counter = counter(bound);
                int place = Objects.requireNonNull(counters.get(counter)).place;
                BigDecimal before = totals[place];
                if (bound instanceof GuardBound.Distinct) {
                    before = before.add(newMembers.getOrDefault(group(counter), BigDecimal.ZERO));
                    if (!seen[place]) {
                        seen[place] = true;
                        newMembers.merge(group(counter), BigDecimal.ONE, BigDecimal::add);
                    }
                } else {
                    totals[place] =
                            before.add(bound instanceof GuardBound.Within within ? within.weight() : BigDecimal.ONE);
                }
                readings.add(new Reading(bound, GuardArrays.plain(before), true));
            }
            Hold hold = request.hold();
            answers.add(new Admitted(
                    new GuardAnswer(true, readings),
                    new HoldAnswer.Held(hold.id(), hold.amount(), moment.plus(hold.lease()))));
        }
        return answers;
    }
}
