package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices calls from a set of decks, one per provider and direction. A pure function of decks and call: no clock, no I/O. Immutable
 * and thread-safe; new decks make a new rater.
 */
public final class Rater {

    private final Map<Direction, Map<String, RateDeck>> decks;

    private Rater(Map<Direction, Map<String, RateDeck>> decks) {
        this.decks = decks;
    }

    /**
     * A rater over these decks, in any order.
     *
     * @throws IllegalArgumentException if two decks are for the same provider and direction; the message names both
     */
    public static Rater of(List<RateDeck> decks) {
        Map<Direction, Map<String, RateDeck>> byKey = new EnumMap<>(Direction.class);
        for (RateDeck deck : decks) {
            RateDeck other = byKey.computeIfAbsent(deck.direction(), direction -> new HashMap<>())
                    .putIfAbsent(deck.provider(), deck);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two decks for the same provider and direction: " + other + " and " + deck);
            }
        }
        return new Rater(byKey);
    }

    /** The deck for a provider and direction; empty if there is none. */
    public Optional<RateDeck> deck(String provider, Direction direction) {
        return Optional.ofNullable(get(provider, direction));
    }

    /**
     * Prices one leg. A call that was not answered, or for not one second, is charged zero whatever its number; so is a call
     * within the grace of its rate. Without a deck there is no currency and hence no charge, not even a zero one.
     *
     * @param provider the provider that carried the leg, as the deck spells it
     * @param direction which of the provider's decks applies
     */
    public RatingResult rate(String provider, Direction direction, RatedCall call) {
        RateDeck deck = get(provider, direction);
        if (deck == null) {
            return new NoRate("no " + direction + " deck for provider " + provider);
        }
        Instant at = call.answer();
        if (at == null) {
            return new Rated(Charge.zero(deck.policy(), call, null, 0, "not answered"));
        }
        long seconds = deck.secondsRounding().seconds(call.talkMillis());
        return answered(deck, call, at, seconds);
    }

    /**
     * The price of a call before it is made, for any length.
     *
     * @param digits the number the price hangs on, as for {@link RatedCall}
     * @param answeredAt when it will be answered; an estimate, which matters where prices change
     */
    public Quote quote(String provider, Direction direction, String digits, Instant answeredAt) {
        return quote(provider, direction, RatedCall.answered(digits, answeredAt, 0));
    }

    /**
     * The price of a call like this one, for any length.
     *
     * @param call its talk time does not matter
     * @throws IllegalArgumentException if it was not answered: without an instant there is no price
     */
    public Quote quote(String provider, Direction direction, RatedCall call) {
        return new Quote(this, provider, direction, call);
    }

    /** A quote from each provider that has a deck for the direction, by name; one that has no price for the number says so. */
    public List<Quote> quotes(Direction direction, String digits, Instant answeredAt) {
        return decks.getOrDefault(direction, Map.of()).keySet().stream()
                .sorted()
                .map(provider -> quote(provider, direction, digits, answeredAt))
                .toList();
    }

    private @Nullable RateDeck get(String provider, Direction direction) {
        Map<String, RateDeck> ofDirection = decks.get(direction);
        return ofDirection == null ? null : ofDirection.get(provider);
    }

    private static RatingResult noNumber(RateDeck deck, RatedCall call, long seconds) {
        return seconds == 0
                ? new Rated(Charge.zero(deck.policy(), call, null, 0, noSecond(call)))
                : new Refused(Objects.requireNonNull(Digits.problem(call.digits())));
    }

    private static RatingResult answered(RateDeck deck, RatedCall call, Instant at, long seconds) {
        PrefixTable table = deck.table(call.digits(), at);
        int group = table.group(call.digits(), call.origin(), at);
        if (group == PrefixTable.NO_NUMBER) {
            return noNumber(deck, call, seconds);
        }
        int row = group == PrefixTable.NONE ? group : table.row(group, call.origin(), at, deck.clock());
        if (row == PrefixTable.NONE) {
            return seconds == 0
                    ? new Rated(Charge.zero(deck.policy(), call, null, 0, noSecond(call)))
                    : noRate(deck, call, at, group != PrefixTable.NONE);
        }
        Terms terms = table.terms(row);
        if (seconds == 0) {
            return new Rated(Charge.zero(deck.policy(), call, terms, table.prefixLength(row), noSecond(call)));
        }
        if (terms.rejecting) {
            return new Refused("deck " + deck + " rejects calls to " + table.rate(row));
        }
        if (seconds <= terms.graceSeconds) {
            return new Rated(Charge.zero(deck.policy(), call, terms, table.prefixLength(row), grace(call, terms)));
        }
        boolean splits = deck.windowPolicy() == WindowPolicy.SPLIT && table.hasWindows(group);
        long times60 = splits || !deck.policy().isPlain() ? Scaled.TOO_LARGE : terms.charge(seconds);
        return times60 == Scaled.TOO_LARGE
                ? walked(deck, table, group, row, call, at, seconds)
                : new Rated(Charge.plain(deck.policy(), call, terms, table.prefixLength(row), times60));
    }

    private static RatingResult walked(
            RateDeck deck, PrefixTable table, int group, int row, RatedCall call, Instant at, long seconds) {
        Tariff tariff = new Tariff(table.rates(group, call.origin(), at), at, deck.zone());
        Meter meter = new Meter(deck, tariff, table.rate(row), seconds);
        String problem = meter.problem();
        return problem == null
                ? new Rated(
                        Charge.walked(deck.policy(), call, table.terms(row), table.prefixLength(row), meter.parts()))
                : new NoRate(problem + " in deck " + deck);
    }

    private static RatingResult noRate(RateDeck deck, RatedCall call, Instant at, boolean otherHours) {
        String when = otherHours ? at + ", " + at.atZone(deck.zone()) : at.toString();
        return new NoRate("no rate for " + call.digits() + " at " + when + " in deck " + deck);
    }

    private static String noSecond(RatedCall call) {
        return Explanation.seconds(call.talkMillis()) + " is 0 s";
    }

    private static String grace(RatedCall call, Terms terms) {
        return Explanation.seconds(call.talkMillis()) + " is within the grace of " + terms.graceSeconds + " s";
    }
}
