package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.util.List;
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

    final Rounding rounding;
    final RoundingStage stage;
    final @Nullable String zeroBecause;
    private final String deckId;
    private final String deckVersion;
    private final @Nullable Rate rate;
    private final long talkMillis;
    private final List<ChargePart> parts;
    private final BigDecimal amountTimes60;
    private final Money amount;

    private Charge(
            RateDeck deck,
            @Nullable Rate rate,
            long talkMillis,
            List<ChargePart> parts,
            BigDecimal amountTimes60,
            @Nullable String zeroBecause) {
        this.rounding = deck.rounding();
        this.stage = deck.roundingStage();
        this.zeroBecause = zeroBecause;
        this.deckId = deck.id();
        this.deckVersion = deck.version();
        this.rate = rate;
        this.talkMillis = talkMillis;
        this.parts = parts;
        this.amountTimes60 = amountTimes60;
        this.amount = new Money(rounding.quotient(amountTimes60, SIXTY), deck.currency());
    }

    static Charge zero(RateDeck deck, @Nullable Rate rate, long talkMillis, String because) {
        return new Charge(deck, rate, talkMillis, List.of(), BigDecimal.ZERO, because);
    }

    /** Bills these increments, which may be none if all seconds are included, under the rate of the answer. */
    static Charge of(RateDeck deck, Rate rate, long talkMillis, List<ChargePart> parts) {
        BigDecimal total = rate.connectionFee().multiply(SIXTY);
        for (ChargePart part : parts) {
            total = total.add(usageTimes60(deck.roundingStage(), deck.rounding(), part));
        }
        if (!parts.isEmpty()) {
            total = total.max(rate.minimumCharge().multiply(SIXTY));
        }
        if (rate.maximumPolicy() == MaximumPolicy.FREE) {
            BigDecimal uncapped = total;
            total = rate.maximumCharge().map(SIXTY::multiply).map(uncapped::min).orElse(uncapped);
        }
        return new Charge(deck, rate, talkMillis, parts, total, null);
    }

    static BigDecimal usageTimes60(RoundingStage stage, Rounding rounding, ChargePart part) {
        if (stage == RoundingStage.CALL) {
            return part.times60();
        }
        BigDecimal step = part.perMinute().multiply(BigDecimal.valueOf(part.step()));
        return rounding.quotient(step, SIXTY)
                .multiply(BigDecimal.valueOf(part.steps()))
                .multiply(SIXTY);
    }

    /** The id of the deck that priced the call. */
    public String deckId() {
        return deckId;
    }

    /** The version of that deck. */
    public String deckVersion() {
        return deckVersion;
    }

    /** The rate at the answer, which sets fee, minimum and maximum; empty if nothing is charged whatever the rate (not answered, or not one second). */
    public Optional<Rate> rate() {
        return Optional.ofNullable(rate);
    }

    /** Milliseconds of talk, as measured. */
    public long talkMillis() {
        return talkMillis;
    }

    /** Seconds paid for, after rounding up to the increments; 0 if nothing is charged. */
    public long billedSeconds() {
        return parts.stream().mapToLong(ChargePart::seconds).sum();
    }

    /** The billed seconds in their order, by increment and price. */
    public List<ChargePart> parts() {
        return parts;
    }

    /** The exact amount times 60, never rounded: at most 10 decimals, so a NUMERIC with scale 10 holds it. */
    public BigDecimal amountTimes60() {
        return amountTimes60;
    }

    /** The amount before rounding, at scale 10 for a NUMERIC(20,10); half up in the last place where it does not end. */
    public BigDecimal amountToTenDecimals() {
        return Rounding.NONE.quotient(amountTimes60, SIXTY);
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
                && parts.equals(that.parts)
                && amountTimes60.compareTo(that.amountTimes60) == 0
                && amount.equals(that.amount)
                && rounding.equals(that.rounding)
                && stage == that.stage
                && Objects.equals(zeroBecause, that.zeroBecause);
    }

    @Override
    public int hashCode() {
        return Objects.hash(deckId, deckVersion, rate, talkMillis, parts, amount);
    }

    /** The explanation. */
    @Override
    public String toString() {
        return explanation();
    }
}
