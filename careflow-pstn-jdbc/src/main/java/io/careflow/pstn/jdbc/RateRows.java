package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.SecondsRounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rows of {@code call_rates} to rates and back. */
final class RateRows {
    private RateRows() {}

    /** What all rows of one deck agree in. */
    record Head(
            String id,
            String version,
            String provider,
            Direction direction,
            Currency currency,
            SecondsRounding seconds,
            Rounding rounding) {
        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    row.getString("deck_id"),
                    row.getString("deck_version"),
                    row.getString("provider"),
                    Direction.valueOf(row.getString("direction")),
                    Currency.getInstance(row.getString("currency")),
                    SecondsRounding.valueOf(row.getString("seconds_rounding")),
                    new Rounding(
                            RoundingMode.valueOf(row.getString("rounding_mode")), row.getInt("rounding_decimals")));
        }

        static Head of(RateSheet sheet) {
            return new Head(
                    sheet.id(),
                    sheet.version(),
                    sheet.provider(),
                    sheet.direction(),
                    sheet.currency(),
                    sheet.secondsRounding(),
                    sheet.rounding());
        }

        RateDeckBuilder builder() {
            return RateDeck.builder(id, version, provider, direction)
                    .currency(currency)
                    .secondsRounding(seconds)
                    .rounding(rounding);
        }
    }

    static Rate rate(ResultSet row) throws SQLException {
        String prefix = row.getString("effective_prefix");
        RateBuilder rate = prefix.isEmpty() ? Rate.catchAll() : Rate.builder(prefix);
        BigDecimal price = row.getBigDecimal("rate_per_minute");
        if (row.getBoolean("rejecting")) {
            rate.rejecting();
        } else {
            rate.perMinute(price).increments(row.getInt("initial_increment"), row.getInt("subsequent_increment"));
        }
        Instant from = Sql.time(row, "effective_from");
        if (from != null) {
            rate.effectiveFrom(from);
        }
        Instant to = Sql.time(row, "effective_to");
        if (to != null) {
            rate.effectiveTo(to);
        }
        return rate.connectionFee(row.getBigDecimal("connection_fee"))
                .minimumCharge(row.getBigDecimal("minimum_charge"))
                .graceSeconds(row.getInt("grace_seconds"))
                .build();
    }

    static void bind(SqlStatement<?> sql, Head head, Rate rate) {
        boolean rejecting = rate.isRejecting();
        sql.bind("provider", head.provider())
                .bind("prefix", rate.prefix())
                .bind("direction", head.direction().name())
                .bind("rate_per_minute", rejecting ? null : rate.perMinute())
                .bind("connection_fee", rate.connectionFee())
                .bind("minimum_charge", rate.minimumCharge())
                .bind("initial_increment", rate.initialIncrement())
                .bind("subsequent_increment", rate.subsequentIncrement())
                .bind("grace_seconds", rate.graceSeconds())
                .bind("rejecting", rejecting)
                .bind("currency", head.currency().getCurrencyCode())
                .bind("effective_from", Sql.time(Sql.millis(rate.effectiveFrom().orElse(null))))
                .bind("effective_to", Sql.time(Sql.millis(rate.effectiveTo().orElse(null))))
                .bind("deck_id", head.id())
                .bind("deck_version", head.version())
                .bind("seconds_rounding", head.seconds().name())
                .bind("rounding_mode", head.rounding().mode().name())
                .bind("rounding_decimals", head.rounding().decimals());
    }
}
