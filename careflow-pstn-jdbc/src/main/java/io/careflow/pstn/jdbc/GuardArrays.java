package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Claims as the arrays that the function {@code pstn_guard_take} reads: what they share is named once. Used by one thread. */
final class GuardArrays {
    private record Counter(String kind, String key, long window) {}

    private final Map<Counter, Integer> counters = new LinkedHashMap<>();
    private final List<String> holders = new ArrayList<>();
    private final List<Long> ttls = new ArrayList<>();
    private final List<Integer> first = new ArrayList<>(List.of(1));
    private final List<Integer> counter = new ArrayList<>();
    private final List<BigDecimal> weights = new ArrayList<>();
    private final List<BigDecimal> most = new ArrayList<>();
    private final List<@Nullable String> members = new ArrayList<>();

    void add(GuardClaim claim) {
        holders.add(StoredForm.clean(claim.holder()));
        ttls.add(claim.ttl().toMillis());
        claim.bounds().forEach(this::add);
        first.add(counter.size() + 1);
    }

    private void add(GuardBound bound) {
        if (bound instanceof GuardBound.Within within) {
            add("W", within.key(), within.window().toMillis(), within.weight(), within.most(), null);
        } else if (bound instanceof GuardBound.Distinct distinct) {
            BigDecimal limit = BigDecimal.valueOf(distinct.most());
            add("D", distinct.key(), distinct.window().toMillis(), BigDecimal.ONE, limit, distinct.member());
        } else if (bound instanceof GuardBound.AtOnce atOnce) {
            add("A", atOnce.key(), 0, BigDecimal.ONE, BigDecimal.valueOf(atOnce.most()), null);
        } else {
            throw new IllegalArgumentException("unknown kind of bound: " + bound.getClass());
        }
    }

    private void add(
            String kind, String key, long window, BigDecimal weight, BigDecimal limit, @Nullable String member) {
        Counter wanted = new Counter(kind, StoredForm.clean(key), window);
        Integer known = counters.putIfAbsent(wanted, counters.size() + 1);
        counter.add(known == null ? counters.size() : known);
        weights.add(weight);
        most.add(limit);
        members.add(member == null ? null : StoredForm.clean(member));
    }

    Query bind(Query sql, boolean peek) {
        return sql.bind("peek", peek)
                .bind("kinds", counters.keySet().stream().map(Counter::kind).toArray(String[]::new))
                .bind("keys", counters.keySet().stream().map(Counter::key).toArray(String[]::new))
                .bind("windows", counters.keySet().stream().map(Counter::window).toArray(Long[]::new))
                .bind("holders", holders.toArray(new String[0]))
                .bind("ttls", ttls.toArray(new Long[0]))
                .bind("first", first.toArray(new Integer[0]))
                .bind("counter", counter.toArray(new Integer[0]))
                .bind("weight", weights.toArray(new BigDecimal[0]))
                .bind("most", most.toArray(new BigDecimal[0]))
                .bind("member", members.toArray(new @Nullable String[0]));
    }

    static GuardAnswer answer(ResultSet row, GuardClaim claim) throws SQLException {
        BigDecimal[] before = (BigDecimal[]) row.getArray("o_before").getArray();
        Boolean[] fits = (Boolean[]) row.getArray("o_fits").getArray();
        List<Reading> readings = new ArrayList<>(before.length);
        for (int i = 0; i < before.length; i++) {
            readings.add(new Reading(claim.bounds().get(i), plain(before[i]), fits[i]));
        }
        return new GuardAnswer(row.getBoolean("o_taken"), readings);
    }

    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
