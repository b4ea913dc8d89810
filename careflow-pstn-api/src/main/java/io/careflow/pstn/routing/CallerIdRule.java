package io.careflow.pstn.routing;

import io.careflow.pstn.PhoneNumber;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers may be shown over a route. Nothing may unless it is said: a number that is neither owned nor verified is
 * refused by carriers, or taken for spoofing.
 *
 * @param numbers owned at this carrier, or verified with it
 * @param anyOfOurs whether the carrier also lets through any other number that we proved to be ours
 * @param withheld whether calls without a number are let through
 */
public record CallerIdRule(Set<PhoneNumber> numbers, boolean anyOfOurs, boolean withheld) {
    /** Nothing may be shown; no call fits. */
    public static final CallerIdRule NONE = new CallerIdRule(Set.of(), false, false);

    public CallerIdRule {
        numbers = Set.copyOf(numbers);
    }

    /** These numbers and no other. */
    public static CallerIdRule only(PhoneNumber... numbers) {
        return new CallerIdRule(Set.of(numbers), false, false);
    }

    /** Any number that we proved to be ours. */
    public static CallerIdRule ours() {
        return new CallerIdRule(Set.of(), true, false);
    }

    /** The same, and calls without a number too. */
    public CallerIdRule orWithheld() {
        return new CallerIdRule(numbers, anyOfOurs, true);
    }

    /** Why a call may not go out so, or null if it may. */
    @Nullable
    String problem(@Nullable PhoneNumber shown, boolean ours) {
        if (shown == null) {
            return withheld ? null : "calls without a caller ID are not let through";
        }
        if (numbers.contains(shown) || (anyOfOurs && ours)) {
            return null;
        }
        return anyOfOurs
                ? "caller ID " + shown + " is not proved to be ours"
                : "caller ID " + shown + " is neither owned nor verified there";
    }
}
