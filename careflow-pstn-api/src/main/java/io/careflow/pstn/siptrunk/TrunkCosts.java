package io.careflow.pstn.siptrunk;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ChannelPlan;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.rating.RatingResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a trunk costs, by its profile: each call by the {@link RateDeck} made of it, and the month. Immutable and thread-safe.
 *
 * <p>Give {@link #deck} to the {@link Rater} that prices call records. What a minute has cost when the flat rate is spread over the
 * minutes of a month is only known afterwards: {@link #allocated} is for reports and is never stored as if it had been billed.
 */
public final class TrunkCosts {
    private static final int DECIMALS = 6;
    private static final BigDecimal MILLIS = BigDecimal.valueOf(60_000);

    private final SipTrunkProfile profile;
    private final @Nullable RateDeck deck;

    private TrunkCosts(SipTrunkProfile profile) {
        this.profile = profile;
        this.deck = deck(profile);
    }

    /** The costs of this trunk. */
    public static TrunkCosts of(SipTrunkProfile profile) {
        return new TrunkCosts(profile);
    }

    /** The prices of outgoing calls; its provider is the profile's id. Empty if nothing is known. */
    public Optional<RateDeck> deck() {
        return Optional.ofNullable(deck);
    }

    /** What an outgoing call costs: nothing more within the zone of a flat rate, by the minute where there is a rate, else unknown. */
    public CallCost of(RatedCall call) {
        RatingResult result = deck == null
                ? new RatingResult.NoRate("profile " + profile.id() + " has no prices")
                : Rater.of(List.of(deck)).rate(profile.id(), Direction.OUTBOUND, call);
        if (result instanceof RatingResult.Rated rated) {
            boolean flat = rated.charge()
                    .rate()
                    .filter(rate -> rate.plan().isPresent())
                    .isPresent();
            return new CallCost(
                    rated.charge().amount(),
                    flat ? CallCost.Basis.FLAT : CallCost.Basis.METERED,
                    rated.charge().explanation());
        }
        String why =
                result instanceof RatingResult.NoRate none ? none.reason() : ((RatingResult.Refused) result).reason();
        return new CallCost(null, CallCost.Basis.UNKNOWN, why);
    }

    /** What is paid every month whatever is called: channels or account, and the numbers whose price is known. */
    public List<Fee> monthly() {
        List<Fee> fees = new ArrayList<>();
        TrunkPricing pricing = profile.pricing();
        plan(profile).ifPresent(plan -> fees.add(plan.monthlyFee()));
        for (TrunkNumber number : profile.numbers()) {
            Money price = number.monthly() == null ? pricing.monthlyPerNumber() : number.monthly();
            if (price != null) {
                fees.add(Fee.of("number " + number.number(), price));
            }
        }
        return List.copyOf(fees);
    }

    /**
     * The monthly fees spread over what was talked in a month.
     *
     * @param talked of all calls over the trunk in the month, not negative
     */
    public Allocation allocated(Duration talked) {
        if (talked.isNegative()) {
            throw new IllegalArgumentException("talked is " + talked + "; allowed are 0 and more");
        }
        Money total = monthly().stream().map(Fee::amount).reduce(Money::plus).orElse(null);
        return new Allocation(total, talked);
    }

    private static @Nullable RateDeck deck(SipTrunkProfile profile) {
        TrunkPricing pricing = profile.pricing();
        Optional<ChannelPlan> plan = plan(profile);
        if (pricing.currency() == null || (plan.isEmpty() && pricing.rates().isEmpty())) {
            return null;
        }
        String version =
                pricing.effectiveFrom() == null ? "1" : pricing.effectiveFrom().toString();
        RateDeckBuilder builder = RateDeck.builder(profile.id() + "-profile", version, profile.id(), Direction.OUTBOUND)
                .currency(pricing.currency());
        plan.ifPresent(builder::channelPlan);
        pricing.rates().forEach(builder::add);
        return builder.build();
    }

    private static Optional<ChannelPlan> plan(SipTrunkProfile profile) {
        TrunkPricing pricing = profile.pricing();
        String name = profile.name();
        return pricing.monthlyForAccount() == null
                ? pricing.channelPlan(name)
                // Paid once, however many channels it has.
                : Optional.of(new ChannelPlan(
                        name, 1, pricing.monthlyForAccount(), pricing.includedPrefixes(), pricing.excludedPrefixes()));
    }

    /**
     * Monthly fees and the talk that they paid for.
     *
     * @param fees all of them, or null if none is known
     * @param talked all calls together
     */
    public record Allocation(@Nullable Money fees, Duration talked) {

        /** What a minute has cost, rounded half up to 6 decimals; empty if nothing is known or nobody talked. */
        public Optional<Money> perMinute() {
            return share(Duration.ofMinutes(1));
        }

        /** What so much of the talk has cost, rounded half up to 6 decimals; empty if nothing is known or nobody talked. */
        public Optional<Money> share(Duration part) {
            if (fees == null || talked.toMillis() == 0) {
                return Optional.empty();
            }
            BigDecimal amount = fees.amount()
                    .multiply(BigDecimal.valueOf(part.toMillis()))
                    .divide(BigDecimal.valueOf(talked.toMillis()), DECIMALS, RoundingMode.HALF_UP);
            return Optional.of(new Money(amount, fees.currency()));
        }

        /** The talk in minutes, to 3 decimals. */
        public BigDecimal minutes() {
            return BigDecimal.valueOf(talked.toMillis()).divide(MILLIS, 3, RoundingMode.HALF_UP);
        }
    }
}
