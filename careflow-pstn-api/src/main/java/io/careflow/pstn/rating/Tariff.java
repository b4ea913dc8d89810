package io.careflow.pstn.rating;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rates that may price one call: those of the longest prefix that were in effect at its answer and are meant for its caller.
 * Prices that change while the call lasts do not concern it; hours of the day do.
 */
final class Tariff {

    private final List<Rate> rates;
    private final Instant answer;
    private final ZoneId zone;

    Tariff(List<Rate> rates, Instant answer, ZoneId zone) {
        this.rates = rates;
        this.answer = answer;
        this.zone = zone;
    }

    Instant answer() {
        return answer;
    }

    ZoneId zone() {
        return zone;
    }

    String prefix() {
        return rates.get(0).prefix();
    }

    boolean hasWindows() {
        return rates.stream().anyMatch(rate -> !rate.windows().isEmpty());
    }

    /** The rate whose hours these are, else the one without hours, else null. */
    @Nullable
    Rate at(Instant instant) {
        if (rates.size() == 1 && rates.get(0).windows().isEmpty()) {
            return rates.get(0);
        }
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        Rate otherwise = null;
        for (Rate rate : rates) {
            if (rate.windows().isEmpty()) {
                otherwise = rate;
            } else if (rate.windows().stream().anyMatch(window -> window.contains(local))) {
                return rate;
            }
        }
        return otherwise;
    }

    /** A later instant before which the rate does not change: no window begins or ends and no clock is changed in between. */
    Instant unchangedUntil(Instant instant) {
        LocalDate today = LocalDate.ofInstant(instant, zone);
        Stream<Instant> edges = Stream.of(today, today.plusDays(1)).flatMap(this::edges);
        ZoneOffsetTransition clocksChange = zone.getRules().nextTransition(instant);
        return Stream.concat(edges, Stream.ofNullable(clocksChange).map(ZoneOffsetTransition::getInstant))
                .filter(edge -> edge.isAfter(instant))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Each instant of the day at which a window may begin or end: twice where the clock shows the time twice. */
    private Stream<Instant> edges(LocalDate day) {
        return Stream.concat(
                        Stream.of(LocalTime.MIDNIGHT),
                        rates.stream()
                                .flatMap(rate -> rate.windows().stream())
                                .flatMap(window -> Stream.of(window.from(), window.to())))
                .distinct()
                .map(day::atTime)
                .flatMap(
                        local -> zone.getRules().getValidOffsets(local).stream().map(local::toInstant));
    }
}
