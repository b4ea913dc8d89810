package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A flat rate for channels: a monthly fee for each, and calls within a zone cost nothing more. Calls elsewhere have the deck's rates.
 * The longest prefix decides, so a zone of {@code 1} should name what it does not cover: over 20 countries beyond Canada and the
 * United States begin with 1, premium numbers too. How many calls run at once, and how fair the use is, is not looked at here.
 * Immutable and thread-safe.
 *
 * @param name as the bill and explanations call it
 * @param channels how many are paid, 1 or more
 * @param perChannel what each costs a month, not negative
 * @param includedPrefixes where calls cost nothing, at least one, each 1 to 18 digits
 * @param excludedPrefixes where they do cost something although a shorter prefix is included
 */
public record ChannelPlan(
        String name, int channels, Money perChannel, Set<String> includedPrefixes, Set<String> excludedPrefixes) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is blank, there is no channel or no included prefix, the price is negative, or a
     *     prefix is none or both included and excluded
     */
    public ChannelPlan {
        includedPrefixes = Set.copyOf(includedPrefixes);
        excludedPrefixes = Set.copyOf(excludedPrefixes);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a channel plan must not be blank");
        }
        if (channels < 1) {
            throw new IllegalArgumentException("channels of plan " + name + " must be 1 or more, not " + channels);
        }
        if (perChannel.signum() < 0) {
            throw new IllegalArgumentException("perChannel of plan " + name + " must not be negative");
        }
        if (includedPrefixes.isEmpty()) {
            throw new IllegalArgumentException("plan " + name + " includes no prefix");
        }
        for (String prefix : includedPrefixes) {
            Rate.builder(prefix);
            if (excludedPrefixes.contains(prefix)) {
                throw new IllegalArgumentException("plan " + name + " both includes and excludes prefix " + prefix);
            }
        }
        excludedPrefixes.forEach(Rate::builder);
    }

    /** What the channels cost a month. */
    public Fee monthlyFee() {
        return Fee.of(name, perChannel).times(channels);
    }

    /** Free rates where calls are included; rejecting ones, which only mark the place, where they are not. */
    List<Rate> rates() {
        Stream<Rate> free = includedPrefixes.stream()
                .map(prefix -> Rate.builder(prefix).increments(1, 1).plan(name).build());
        Stream<Rate> paid = excludedPrefixes.stream()
                .map(prefix -> Rate.builder(prefix).rejecting().build());
        return Stream.concat(free, paid).toList();
    }
}
