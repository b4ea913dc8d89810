package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, exactly and rounded, and why. Only rating makes charges. Immutable and thread-safe.
 *
 * <p>A price per minute times seconds is a decimal over 60 and may not end (20 s at 1.00 per minute), so the exact amount is
 * kept times 60. For a total, add those and divide once: a sum of rounded amounts drifts.
 *
 * <p>A charge of fee, increments and price is two whole numbers, the exact and the booked amount; its parts, its decimals and its
 * explanation are made when somebody asks, from its own values alone and not from the deck, which it does not hold on to.
 */
public final class Charge {

    static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    private final DeckPolicy deck;
    private final RatedCall call;
    private final @Nullable Terms terms;
    private final @Nullable Walk walk;
    private final long times60;
    private final long booked;
    private final byte prefixLength;

    private Charge(
            DeckPolicy deck,
            RatedCall call,
            @Nullable Terms terms,
            int prefixLength,
            long times60,
            @Nullable Walk walk) {
        this.deck = deck;
        this.call = call;
        this.terms = terms;
        this.prefixLength = (byte) prefixLength;
        this.times60 = times60;
        this.booked = walk == null ? Scaled.rounded(times60, deck.rounding()) : 0;
        this.walk = walk;
    }

    static Charge zero(DeckPolicy deck, RatedCall call, @Nullable Terms terms, int prefixLength, String because) {
        return new Charge(deck, call, terms, prefixLength, 0, new Walk(List.of(), BigDecimal.ZERO, because));
    }

    /** So much, scaled, for the increments that the terms bill for the talk. */
    static Charge plain(DeckPolicy deck, RatedCall call, Terms terms, int prefixLength, long times60) {
        return new Charge(deck, call, terms, prefixLength, times60, null);
    }

    /** Bills these increments, which may be none if all seconds are included, under the terms of the answer. */
    static Charge walked(DeckPolicy deck, RatedCall call, Terms terms, int prefixLength, List<ChargePart> parts) {
        BigDecimal total = terms.connectionFee.multiply(SIXTY);
        for (ChargePart part : parts) {
            total = total.add(usageTimes60(deck.roundingStage(), deck.rounding(), part));
        }
        if (!parts.isEmpty()) {
            total = total.max(terms.minimumCharge.multiply(SIXTY));
        }
        if (terms.maximumCharge != null && terms.maximumPolicy == MaximumPolicy.FREE) {
            total = total.min(terms.maximumCharge.multiply(SIXTY));
        }
        return new Charge(deck, call, terms, prefixLength, 0, new Walk(parts, total, null));
    }

    /** Nothing, of the same rate and for no talk. */
    Charge withheld(String because) {
        return zero(deck, call.lasting(Instant.EPOCH, 0), terms, prefixLength, because);
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
        return deck.id();
    }

    /** The version of that deck. */
    public String deckVersion() {
        return deck.version();
    }

    /** The rate at the answer, which sets fee, minimum and maximum; empty if nothing is charged whatever the rate (not answered, or not one second). */
    public Optional<Rate> rate() {
        return terms == null
                ? Optional.empty()
                : Optional.of(new Rate(call.digits().substring(0, prefixLength), terms));
    }

    /** Milliseconds of talk, as measured. */
    public long talkMillis() {
        return call.talkMillis();
    }

    /** Seconds paid for, after rounding up to the increments; 0 if nothing is charged. */
    public long billedSeconds() {
        return walk == null && terms != null
                ? terms.billedSeconds(seconds())
                : parts().stream().mapToLong(ChargePart::seconds).sum();
    }

    /** The billed seconds in their order, by increment and price. */
    public List<ChargePart> parts() {
        if (walk != null) {
            return walk.parts;
        }
        return terms == null ? List.of() : terms.parts(seconds());
    }

    /** The exact amount times 60, never rounded: at most 10 decimals, so a NUMERIC with scale 10 holds it. */
    public BigDecimal amountTimes60() {
        return walk == null ? Scaled.decimal(times60) : walk.times60;
    }

    /** The amount before rounding, at scale 10 for a NUMERIC(20,10); half up in the last place where it does not end. */
    public BigDecimal amountToTenDecimals() {
        return Rounding.NONE.quotient(amountTimes60(), SIXTY);
    }

    /** The amount to book: the exact one, rounded once as the deck says. */
    public Money amount() {
        BigDecimal value = walk == null
                ? BigDecimal.valueOf(booked, deck.rounding().decimals())
                : deck.rounding().quotient(walk.times60, SIXTY);
        return new Money(value, deck.currency());
    }

    /**
     * How the amount came about, in one line, for example {@code prefix 1416, 66 s billed (60+6) of 62 s, 0.012 USD/min
     * -> 0.0132, fee 0 = 0.013200 USD}. For people; the form may change.
     */
    public String explanation() {
        return Explanation.of(this);
    }

    DeckPolicy deck() {
        return deck;
    }

    /** Why nothing is charged whatever the price, or null. */
    @Nullable
    String zeroBecause() {
        return walk == null ? null : walk.zeroBecause;
    }

    private long seconds() {
        return deck.secondsRounding().seconds(call.talkMillis());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Charge that
                && deckId().equals(that.deckId())
                && deckVersion().equals(that.deckVersion())
                && rate().equals(that.rate())
                && talkMillis() == that.talkMillis()
                && parts().equals(that.parts())
                && amountTimes60().compareTo(that.amountTimes60()) == 0
                && amount().equals(that.amount())
                && deck.rounding().equals(that.deck.rounding())
                && deck.roundingStage() == that.deck.roundingStage()
                && Objects.equals(zeroBecause(), that.zeroBecause());
    }

    @Override
    public int hashCode() {
        return Objects.hash(deckId(), deckVersion(), rate(), talkMillis(), amount());
    }

    /** The explanation. */
    @Override
    public String toString() {
        return explanation();
    }

    /** What a charge holds that is not told by terms and talk, or not by a long. */
    private record Walk(
            List<ChargePart> parts,
            BigDecimal times60,
            @Nullable String zeroBecause) {}
}
