package io.careflow.pstn.jdbc;

import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.RouteQualities;
import io.careflow.pstn.routing.RouteQuality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** {@link RouteQualities#byPrefix} as one query: the same definition, nothing but sums leaves the database. */
final class QualityRows {
    private static final String SQL = """
            WITH calls AS (
                SELECT * FROM pstn_cdr WHERE start_time >= :from AND start_time < :to %s
            ), samples AS (
                SELECT a->>'line' AS line, a->>'called' AS called, a->>'answered' IS NOT NULL AS answered,
                       CAST(a->>'talk_ms' AS bigint) AS talk, CAST(a->>'delay_ms' AS bigint) AS delay,
                       CAST(a->>'ended' AS timestamptz) AS ended
                  FROM calls CROSS JOIN LATERAL jsonb_array_elements(attempts) AS a
                 WHERE a->>'answered' IS NOT NULL
                    OR NOT (a->>'cause' = ANY (:causes) OR (a->>'cause' = 'CANCELED' AND a->>'rang' IS NULL))
                UNION ALL
                SELECT carrier, destination_number, pickup_time IS NOT NULL OR answer_time IS NOT NULL,
                       billable_ms, NULL, end_time
                  FROM calls
                 WHERE attempts IS NULL AND direction = 'OUTBOUND' AND carrier IS NOT NULL
                   AND (pickup_time IS NOT NULL OR answer_time IS NOT NULL
                        OR NOT (cause_q850 = ANY (:q850) OR (status = 'ABANDONED' AND ring_time IS NULL)))
            )
            SELECT line, left(regexp_replace(called, '[^0-9]', '', 'g'), :digits) AS destination,
                   count(*) AS attempts, count(*) FILTER (WHERE answered) AS answered,
                   coalesce(sum(talk) FILTER (WHERE answered), 0) AS talk,
                   count(delay) AS rung, coalesce(sum(delay), 0) AS delay, max(ended) AS until
              FROM samples GROUP BY 1, 2 ORDER BY 1, 2
            """;

    /** Longer than any number in E.164. */
    static final int WHOLE_NUMBER = 18;

    private QualityRows() {}

    static Map<RouteQualities.Key, RouteQuality> read(Handle handle, CdrQuery query, int digits) {
        String filters = (query.tenant() == null ? "" : " AND tenant = :tenant")
                + (query.provider() == null ? "" : " AND provider = :provider");
        Map<RouteQualities.Key, RouteQuality> found = new LinkedHashMap<>();
        try (Query sql = handle.createQuery(SQL.formatted(filters))) {
            if (query.tenant() != null) {
                sql.bind("tenant", query.tenant().value());
            }
            if (query.provider() != null) {
                sql.bind("provider", query.provider().value());
            }
            sql.bind("from", Sql.bound(query.from()))
                    .bind("to", Sql.bound(query.to()))
                    .bind("digits", digits)
                    .bindArray(
                            "causes",
                            String.class,
                            RouteQualities.LEFT_OUT.stream().map(Enum::name).toList())
                    .bindArray("q850", Integer.class, RouteQualities.LEFT_OUT_Q850)
                    .map((row, context) -> found.put(key(row), quality(row)) == null)
                    .forEach(added -> {});
        }
        return found;
    }

    private static RouteQualities.Key key(ResultSet row) throws SQLException {
        return new RouteQualities.Key(row.getString("line"), row.getString("destination"));
    }

    private static RouteQuality quality(ResultSet row) throws SQLException {
        return new RouteQuality(
                Math.toIntExact(row.getLong("attempts")),
                Math.toIntExact(row.getLong("answered")),
                row.getLong("talk"),
                Math.toIntExact(row.getLong("rung")),
                row.getLong("delay"),
                Objects.requireNonNull(Sql.time(row, "until")));
    }
}
