package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, exactly and rounded, and why. Only rating makes charges. Immutable and thread-safe.
 *
 * <p>A price per minute times seconds is a decimal over 60 and may not end (20 s at 1.00 per minute), so the exact amount is
 * kept times 60. For a total, add those and divide once: a sum of rounded amounts drifts.
 */
public final class Charge {

    static final BigDecimal SIXTY = BigDecimal.valueOf(60);
    private static final Rounding TEN_DECIMALS = new Rounding(RoundingMode.HALF_UP, 10);

    final Rounding rounding;
    final @Nullable String zeroBecause;
    private final String deckId;
    private final String deckVersion;
    private final @Nullable Rate rate;
    private final long talkMillis;
    private final long billedSeconds;
    private final BigDecimal amountTimes60;
    private final Money amount;

    private Charge(
            RateDeck deck,
            @Nullable Rate rate,
            long talkMillis,
            long billedSeconds,
            BigDecimal amountTimes60,
            @Nullable String zeroBecause) {
        this.rounding = deck.rounding();
        this.zeroBecause = zeroBecause;
        this.deckId = deck.id();
        this.deckVersion = deck.version();
        this.rate = rate;
        this.talkMillis = talkMillis;
        this.billedSeconds = billedSeconds;
        this.amountTimes60 = amountTimes60;
        this.amount = new Money(rounding.quotient(amountTimes60, SIXTY), deck.currency());
    }

    static Charge zero(RateDeck deck, @Nullable Rate rate, long talkMillis, String because) {
        return new Charge(deck, rate, talkMillis, 0, BigDecimal.ZERO, because);
    }

    /** Bills seconds of talk, more than the grace, under a rate that does not reject. */
    static Charge of(RateDeck deck, Rate rate, long talkMillis, long seconds) {
        long billed = rate.initialIncrement() + rate.subsequentSteps(seconds) * rate.subsequentIncrement();
        BigDecimal usage = rate.perMinute().multiply(BigDecimal.valueOf(billed));
        BigDecimal total = usage.add(rate.connectionFee().multiply(SIXTY));
        BigDecimal least = rate.minimumCharge().multiply(SIXTY);
        return new Charge(deck, rate, talkMillis, billed, total.max(least), null);
    }

    /** The id of the deck that priced the call. */
    public String deckId() {
        return deckId;
    }

    /** The version of that deck. */
    public String deckVersion() {
        return deckVersion;
    }

    /** The rate that priced the call; empty if nothing is charged whatever the rate (not answered, or not one second). */
    public Optional<Rate> rate() {
        return Optional.ofNullable(rate);
    }

    /** Milliseconds of talk, as measured. */
    public long talkMillis() {
        return talkMillis;
    }

    /** Seconds paid for, after rounding up to the increments; 0 if nothing is charged. */
    public long billedSeconds() {
        return billedSeconds;
    }

    /** The exact amount times 60, never rounded: at most 10 decimals, so a NUMERIC with scale 10 holds it. */
    public BigDecimal amountTimes60() {
        return amountTimes60;
    }

    /** The amount before rounding, at scale 10 for a NUMERIC(20,10); half up in the last place where it does not end. */
    public BigDecimal amountToTenDecimals() {
        return TEN_DECIMALS.quotient(amountTimes60, SIXTY);
    }

    /** The amount to book: the exact one, rounded once as the deck says. */
    public Money amount() {
        return amount;
    }

    /**
     * How the amount came about, in one line, for example {@code prefix 1416, 66 s billed (60+6) of 62 s, 0.012 USD/min
     * -> 0.0132, fee 0 = 0.013200 USD}. For people; the form may change.
     */
    public String explanation() {
        return Explanation.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Charge that
                && deckId.equals(that.deckId)
                && deckVersion.equals(that.deckVersion)
                && Objects.equals(rate, that.rate)
                && talkMillis == that.talkMillis
                && billedSeconds == that.billedSeconds
                && amountTimes60.compareTo(that.amountTimes60) == 0
                && amount.equals(that.amount)
                && rounding.equals(that.rounding)
                && Objects.equals(zeroBecause, that.zeroBecause);
    }

    @Override
    public int hashCode() {
        return Objects.hash(deckId, deckVersion, rate, talkMillis, billedSeconds, amount);
    }

    /** The explanation. */
    @Override
    public String toString() {
        return explanation();
    }
}
