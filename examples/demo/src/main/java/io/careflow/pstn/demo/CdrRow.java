package io.careflow.pstn.demo;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of {@code pstn_cdr}: what the table shows, whom its legs reached, and all of it as JSON. Texts are empty where the row holds
 * NULL.
 */
record CdrRow(
        String caller,
        String dialled,
        String typed,
        String user,
        String destination,
        long ringMillis,
        long talkMillis,
        long billableMillis,
        String status,
        int cause,
        String causeText,
        String releasedBy,
        Optional<BigDecimal> cost,
        String currency,
        String explanation,
        String legs,
        String json) {

    static CdrRow of(ResultSet row) throws SQLException {
        return new CdrRow(
                text(row, "caller_number"),
                text(row, "dialled_number"),
                text(row, "typed_id"),
                text(row, "careflow_user_id"),
                text(row, "destination_number"),
                row.getLong("ring_ms"),
                row.getLong("talk_ms"),
                row.getLong("billable_ms"),
                text(row, "status"),
                row.getInt("cause_q850"),
                text(row, "cause_text"),
                text(row, "released_by"),
                Optional.ofNullable(row.getBigDecimal("cost")),
                text(row, "currency"),
                text(row, "cost_explanation"),
                text(row, "leg_destinations"),
                text(row, "json"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }
}
