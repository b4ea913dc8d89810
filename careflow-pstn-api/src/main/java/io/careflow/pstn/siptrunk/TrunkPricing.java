package io.careflow.pstn.siptrunk;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ChannelPlan;
import io.careflow.pstn.rating.Rate;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the trunk costs, by the customer's own contract. Checked as a part of its {@link SipTrunkProfile}. What is null is not
 * known, which is never zero.
 *
 * @param model how is paid
 * @param currency of all amounts and rates; null only with UNKNOWN
 * @param monthlyPerChannel for each channel, with FLAT_PER_CHANNEL and HYBRID
 * @param channels how many are paid, with FLAT_PER_CHANNEL and HYBRID; 0 otherwise
 * @param monthlyForAccount for the whole account, with FLAT_ACCOUNT
 * @param monthlyPerNumber for each number that names no price of its own, or null
 * @param setupFee once, or null
 * @param includedPrefixes where calls cost nothing more: digits that numbers begin with
 * @param excludedPrefixes where they do although a shorter prefix is included: premium numbers, islands that share a country code
 * @param fairUseMinutesPerChannel minutes a month and channel from which the carrier may object, or null
 * @param rates prices of all other calls, and of METERED ones
 * @param effectiveFrom since when these prices hold, or null
 * @param source where they are from; {@code config} if nothing else is known
 */
public record TrunkPricing(
        Model model,
        @Nullable Currency currency,
        @Nullable Money monthlyPerChannel,
        int channels,
        @Nullable Money monthlyForAccount,
        @Nullable Money monthlyPerNumber,
        @Nullable Money setupFee,
        Set<String> includedPrefixes,
        Set<String> excludedPrefixes,
        @Nullable Integer fairUseMinutesPerChannel,
        List<Rate> rates,
        @Nullable Instant effectiveFrom,
        String source) {
    /** Nothing is known. */
    public static final TrunkPricing UNKNOWN = new TrunkPricing(
            Model.UNKNOWN, null, null, 0, null, null, null, Set.of(), Set.of(), null, List.of(), null, "config");

    public TrunkPricing {
        Objects.requireNonNull(model, "model");
        includedPrefixes = Set.copyOf(includedPrefixes);
        excludedPrefixes = Set.copyOf(excludedPrefixes);
        rates = List.copyOf(rates);
        Objects.requireNonNull(source, "source");
    }

    /** A flat rate for channels; calls to other prefixes have no price until {@link #rates(List)} gives them one. */
    public static TrunkPricing flatPerChannel(
            Money monthlyPerChannel, int channels, Set<String> includedPrefixes, Set<String> excludedPrefixes) {
        return new TrunkPricing(
                Model.FLAT_PER_CHANNEL,
                monthlyPerChannel.currency(),
                monthlyPerChannel,
                channels,
                null,
                null,
                null,
                includedPrefixes,
                excludedPrefixes,
                null,
                List.of(),
                null,
                "config");
    }

    /** By the minute. */
    public static TrunkPricing metered(Currency currency, List<Rate> rates) {
        return new TrunkPricing(
                Model.METERED, currency, null, 0, null, null, null, Set.of(), Set.of(), null, rates, null, "config");
    }

    /** The same with prices of the calls that no flat rate pays. */
    public TrunkPricing rates(List<Rate> value) {
        return new TrunkPricing(
                model,
                currency,
                monthlyPerChannel,
                channels,
                monthlyForAccount,
                monthlyPerNumber,
                setupFee,
                includedPrefixes,
                excludedPrefixes,
                fairUseMinutesPerChannel,
                value,
                effectiveFrom,
                source);
    }

    /** The same with the minutes a month and channel from which the carrier may object. */
    public TrunkPricing fairUse(int minutesPerChannel) {
        return new TrunkPricing(
                model,
                currency,
                monthlyPerChannel,
                channels,
                monthlyForAccount,
                monthlyPerNumber,
                setupFee,
                includedPrefixes,
                excludedPrefixes,
                minutesPerChannel,
                rates,
                effectiveFrom,
                source);
    }

    /** The flat rate for channels as rating knows it; empty where none is paid. */
    public Optional<ChannelPlan> channelPlan(String name) {
        return monthlyPerChannel == null || includedPrefixes.isEmpty() || channels < 1
                ? Optional.empty()
                : Optional.of(new ChannelPlan(name, channels, monthlyPerChannel, includedPrefixes, excludedPrefixes));
    }

    /** How a trunk is paid. */
    public enum Model {
        /** Nobody wrote it down. */
        UNKNOWN,
        /** A monthly price for each channel; calls within a zone cost nothing more. */
        FLAT_PER_CHANNEL,
        /** A monthly price for the account; calls within a zone cost nothing more. */
        FLAT_ACCOUNT,
        /** By the minute. */
        METERED,
        /** A monthly price for each channel, and calls outside of the zone by the minute. */
        HYBRID
    }
}
