package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.IncrementPolicy;
import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.RateTier;
import io.careflow.pstn.rating.RoundingStage;
import io.careflow.pstn.rating.SecondsRounding;
import io.careflow.pstn.rating.TimeWindow;
import io.careflow.pstn.rating.WindowPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of {@code call_rates} to rates and back. */
final class RateRows {
    /** Of what {@link #write} gives, in its order. */
    static final String COLUMNS = "provider, country_code, prefix, direction, rate_per_minute, connection_fee,"
            + " minimum_charge, initial_increment, subsequent_increment, grace_seconds, rejecting, currency,"
            + " effective_from, effective_to, deck_id, deck_version, seconds_rounding, rounding_mode,"
            + " rounding_decimals, origin_prefix, included_seconds, maximum_charge, maximum_policy, tiers, windows,"
            + " zone, rounding_stage, increment_policy, window_policy";

    private RateRows() {}

    /** What all rows of one deck agree in; the name is that of those that hold. */
    record Head(
            String id,
            String version,
            String provider,
            Direction direction,
            Currency currency,
            SecondsRounding seconds,
            Rounding rounding,
            RoundingStage stage,
            IncrementPolicy increments,
            WindowPolicy windows,
            @Nullable ZoneId zone) {
        static Head of(ResultSet row) throws SQLException {
            String zone = row.getString("zone");
            return new Head(
                    row.getString("name_id"),
                    row.getString("name_version"),
                    row.getString("provider"),
                    Direction.valueOf(row.getString("direction")),
                    Currency.getInstance(row.getString("currency")),
                    SecondsRounding.valueOf(row.getString("seconds_rounding")),
                    new Rounding(RoundingMode.valueOf(row.getString("rounding_mode")), row.getInt("rounding_decimals")),
                    RoundingStage.valueOf(row.getString("rounding_stage")),
                    IncrementPolicy.valueOf(row.getString("increment_policy")),
                    WindowPolicy.valueOf(row.getString("window_policy")),
                    zone == null ? null : zone(zone));
        }

        static Head of(RateSheet sheet) {
            return new Head(
                    sheet.id(),
                    sheet.version(),
                    sheet.provider(),
                    sheet.direction(),
                    sheet.currency(),
                    sheet.secondsRounding(),
                    sheet.rounding(),
                    sheet.roundingStage(),
                    sheet.incrementPolicy(),
                    sheet.windowPolicy(),
                    sheet.zone());
        }

        RateSheet sheet(List<Rate> rates) {
            return new RateSheet(
                    id,
                    version,
                    provider,
                    direction,
                    currency,
                    seconds,
                    rounding,
                    stage,
                    increments,
                    windows,
                    zone,
                    rates);
        }

        /** The same price list but for its name and version. */
        boolean agreesWith(Head other) {
            return sheet(other.id, other.version).equals(other);
        }

        private Head sheet(String otherId, String otherVersion) {
            return new Head(
                    otherId,
                    otherVersion,
                    provider,
                    direction,
                    currency,
                    seconds,
                    rounding,
                    stage,
                    increments,
                    windows,
                    zone);
        }

        RateDeckBuilder builder() {
            RateDeckBuilder deck = RateDeck.builder(id, version, provider, direction)
                    .currency(currency)
                    .secondsRounding(seconds)
                    .rounding(rounding)
                    .roundingStage(stage)
                    .incrementPolicy(increments)
                    .windowPolicy(windows);
            return zone == null ? deck : deck.zone(zone);
        }

        private static ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (java.time.DateTimeException e) {
                throw new IllegalArgumentException("zone '" + name + "' is not known", e);
            }
        }
    }

    static Rate rate(ResultSet row) throws SQLException {
        String prefix = row.getString("effective_prefix");
        RateBuilder rate = prefix.isEmpty() ? Rate.catchAll() : Rate.builder(prefix);
        if (row.getBoolean("rejecting")) {
            rate.rejecting();
        } else {
            rate.perMinute(row.getBigDecimal("rate_per_minute"))
                    .increments(row.getInt("initial_increment"), row.getInt("subsequent_increment"));
        }
        Instant from = Sql.time(row, "effective_from");
        if (from != null) {
            rate.effectiveFrom(from);
        }
        Instant to = Sql.time(row, "effective_to");
        if (to != null) {
            rate.effectiveTo(to);
        }
        String origin = row.getString("origin_prefix");
        if (!origin.isEmpty()) {
            rate.originPrefix(origin);
        }
        BigDecimal most = row.getBigDecimal("maximum_charge");
        if (most != null) {
            rate.maximumCharge(most, MaximumPolicy.valueOf(row.getString("maximum_policy")));
        }
        for (String tier : parts(row.getString("tiers"))) {
            addTier(rate, tier);
        }
        List<String> windows = parts(row.getString("windows"));
        if (!windows.isEmpty()) {
            rate.windows(windows.stream().map(TimeWindow::parse).toList());
        }
        return rate.connectionFee(row.getBigDecimal("connection_fee"))
                .minimumCharge(row.getBigDecimal("minimum_charge"))
                .graceSeconds(row.getInt("grace_seconds"))
                .includedSeconds(row.getInt("included_seconds"))
                .build();
    }

    private static void addTier(RateBuilder rate, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("tier '" + text + "' is none; expected one such as 600:0.008:6");
        }
        rate.tier(Integer.parseInt(parts[0]), parts[1], Integer.parseInt(parts[2]));
    }

    /** Writes a row, a field for each of {@link #COLUMNS}. Prices are texts, so that nothing on the way takes them for floats. */
    static void write(ObjectNode row, Head head, Rate rate, @Nullable Instant from) {
        boolean rejecting = rate.isRejecting();
        Instant to = Sql.millis(rate.effectiveTo().orElse(null));
        row.put("provider", head.provider())
                .put("country_code", rate.prefix())
                .put("prefix", rate.prefix())
                .put("direction", head.direction().name())
                .put("rate_per_minute", rejecting ? null : plain(rate.perMinute()))
                .put("connection_fee", plain(rate.connectionFee()))
                .put("minimum_charge", plain(rate.minimumCharge()))
                .put("initial_increment", rate.initialIncrement())
                .put("subsequent_increment", rate.subsequentIncrement())
                .put("grace_seconds", rate.graceSeconds())
                .put("rejecting", rejecting)
                .put("currency", head.currency().getCurrencyCode())
                .put("effective_from", from == null ? null : from.toString())
                .put("effective_to", to == null ? null : to.toString())
                .put("deck_id", head.id())
                .put("deck_version", head.version())
                .put("seconds_rounding", head.seconds().name())
                .put("rounding_mode", head.rounding().mode().name())
                .put("rounding_decimals", head.rounding().decimals())
                .put("origin_prefix", rate.originPrefix())
                .put("included_seconds", rate.includedSeconds())
                .put("maximum_charge", rate.maximumCharge().map(RateRows::plain).orElse(null))
                .put("maximum_policy", rate.maximumPolicy().name())
                .put("tiers", joined(rate.tiers(), RateRows::tier))
                .put("windows", joined(rate.windows(), TimeWindow::toString))
                .put("zone", head.zone() == null ? null : head.zone().getId())
                .put("rounding_stage", head.stage().name())
                .put("increment_policy", head.increments().name())
                .put("window_policy", head.windows().name());
    }

    private static String plain(BigDecimal price) {
        return price.toPlainString();
    }

    private static String tier(RateTier tier) {
        return tier.fromSecond() + ":" + tier.perMinute().toPlainString() + ":" + tier.increment();
    }

    private static <T> @Nullable String joined(List<T> values, Function<T, String> text) {
        return values.isEmpty() ? null : values.stream().map(text).collect(Collectors.joining("|"));
    }

    private static List<String> parts(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : Arrays.asList(joined.split("\\|", -1));
    }
}
