package io.careflow.pstn.trunk;

import io.careflow.pstn.money.Money;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier lets a trunk spend, whatever we ask of it: the last line against toll fraud, as it holds also where our own
 * guards were passed by. What is null has no limit.
 *
 * @param countries where may be called, ISO 3166-1 alpha-2 in upper case; null for everywhere
 * @param dailySpend most that a day may cost; the carrier says when its day begins
 * @param highestRate most that a minute may cost; dearer calls are refused
 * @param concurrentCalls most calls at once, 1 or more
 */
public record TrunkLimits(
        @Nullable Set<String> countries,
        @Nullable Money dailySpend,
        @Nullable Money highestRate,
        @Nullable Integer concurrentCalls) {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    public TrunkLimits {
        if (countries != null) {
            for (String country : countries) {
                if (!COUNTRY.matcher(country).matches()) {
                    throw new IllegalArgumentException(
                            "country is '" + country + "'; allowed are two upper-case letters of ISO 3166-1");
                }
            }
            if (countries.isEmpty()) {
                throw new IllegalArgumentException("countries are none at all; allowed are one and more, or null");
            }
            countries = Set.copyOf(countries);
        }
        requirePositive("daily spend", dailySpend);
        requirePositive("highest rate", highestRate);
        if (concurrentCalls != null && concurrentCalls < 1) {
            throw new IllegalArgumentException(
                    "concurrent calls are " + concurrentCalls + "; allowed are 1 and more, or null");
        }
    }

    /** These countries, and no other limit. */
    public static TrunkLimits countries(String... codes) {
        return new TrunkLimits(Set.copyOf(new TreeSet<>(Set.of(codes))), null, null, null);
    }

    /** The same with this most for a day. */
    public TrunkLimits spendingDaily(Money most) {
        return new TrunkLimits(countries, most, highestRate, concurrentCalls);
    }

    /** The same with this most for a minute. */
    public TrunkLimits payingPerMinute(Money most) {
        return new TrunkLimits(countries, dailySpend, most, concurrentCalls);
    }

    /** The same with so many calls at once. */
    public TrunkLimits callsAtOnce(int most) {
        return new TrunkLimits(countries, dailySpend, highestRate, most);
    }

    private static void requirePositive(String what, @Nullable Money money) {
        if (money != null && money.signum() <= 0) {
            throw new IllegalArgumentException(what + " is " + money + "; allowed is more than 0, or null");
        }
    }
}
