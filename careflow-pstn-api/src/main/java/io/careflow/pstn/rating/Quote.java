package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatingResult.Rated;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a call with one provider costs if it is answered at some instant, for any length: before the call, while it lasts, and the
 * other way round, how long it may last for some money. Always by the formula that charges the call at its end. Immutable and
 * thread-safe; it does not see new decks.
 */
public final class Quote {

    private final Rater rater;
    private final String provider;
    private final Direction direction;
    private final Instant answer;
    private final RatedCall call;

    Quote(Rater rater, String provider, Direction direction, RatedCall call) {
        this.rater = rater;
        this.provider = Objects.requireNonNull(provider, "provider");
        this.direction = direction;
        this.answer = call.answeredAt()
                .orElseThrow(() -> new IllegalArgumentException("a quote needs the instant of answer"));
        this.call = call;
    }

    /** The provider, as its deck spells it. */
    public String provider() {
        return provider;
    }

    /** When the call is answered. */
    public Instant answeredAt() {
        return answer;
    }

    /** The price of a minute at the answer, without fee, increments and minimum; empty if the call has no price. */
    public Optional<Money> perMinute() {
        return forTalk(Duration.ofSeconds(1)) instanceof Rated rated
                ? rated.charge()
                        .rate()
                        .map(rate -> new Money(
                                rate.perMinute(), rated.charge().amount().currency()))
                : Optional.empty();
    }

    /**
     * The price of so many minutes of talk, all included.
     *
     * @throws IllegalArgumentException if negative
     */
    public RatingResult forMinutes(int minutes) {
        return forTalk(Duration.ofMinutes(minutes));
    }

    /**
     * The price of so much talk, all included.
     *
     * @throws IllegalArgumentException if negative
     */
    public RatingResult forTalk(Duration talk) {
        return rater.rate(provider, direction, call.lasting(answer, talk.toMillis()));
    }

    /**
     * What the call has cost by now: what it would be charged if it ended at this instant.
     *
     * @throws IllegalArgumentException if that is before the answer
     */
    public RatingResult until(Instant end) {
        return forTalk(Duration.between(answer, end));
    }

    /** The cost of the call while it lasts, by this clock. */
    public RunningCost running(Clock clock) {
        return new RunningCost(this, clock);
    }

    /**
     * The longest talk that this money pays for, in whole increments. If it does not pay the fee and the first increment that is
     * billed, the call is denied, even where a grace or included seconds would cost less. A {@linkplain MaximumPolicy#DISCONNECT
     * maximum} limits it like money.
     *
     * @param balance in the currency of the deck; otherwise the call is refused, as there is no conversion
     * @param ceiling the longest that is wanted, whatever the price; parts of a second are cut off
     */
    public Allowance affordable(Money balance, Duration ceiling) {
        return Affordability.of(this, balance, ceiling);
    }

    /** The longest talk for a caller who pays later: up to the ceiling, or a {@linkplain MaximumPolicy#DISCONNECT maximum}. */
    public Allowance allowed(Duration ceiling) {
        return Affordability.of(this, null, ceiling);
    }

    RateDeck deck() {
        return rater.deck(provider, direction).orElseThrow();
    }

    @Override
    public String toString() {
        return provider + " " + direction + ", " + call.digits() + " at " + answer;
    }
}
