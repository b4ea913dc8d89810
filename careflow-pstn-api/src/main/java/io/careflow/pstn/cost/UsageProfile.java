package io.careflow.pstn.cost;

import io.careflow.pstn.call.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much is used in a month, to compare what it costs with whom. Each {@code with} makes a new one. Immutable and thread-safe.
 *
 * @param talk calls by destination
 * @param numbers how many numbers, by ISO 3166 code of their country
 * @param messagesIn how many parts of texts come in, by country of who sends them
 * @param messagesOut how many parts of texts go out, by country of who gets them
 */
public record UsageProfile(
        List<Talk> talk,
        Map<String, Integer> numbers,
        Map<String, Integer> messagesIn,
        Map<String, Integer> messagesOut) {

    /** How long a call is assumed to be where nobody says: 3 minutes. */
    public static final Duration USUAL_CALL = Duration.ofMinutes(3);

    /** Nothing at all. */
    public static final UsageProfile NONE = new UsageProfile(List.of(), Map.of(), Map.of(), Map.of());

    /**
     * Copies the parts.
     *
     * @throws IllegalArgumentException if a count is below 1, or a country no code of two capital letters
     */
    public UsageProfile {
        talk = List.copyOf(talk);
        numbers = checked("numbers", numbers);
        messagesIn = checked("messagesIn", messagesIn);
        messagesOut = checked("messagesOut", messagesOut);
    }

    /** With minutes in and out, in calls of the {@linkplain #USUAL_CALL usual length}; 0 is none. */
    public UsageProfile withMinutes(String name, String digits, int in, int out) {
        return withMinutes(name, digits, in, out, USUAL_CALL);
    }

    /**
     * With minutes in and out; 0 is none.
     *
     * @param name for people
     * @param digits the number the prices hang on, or the beginning of it
     */
    public UsageProfile withMinutes(String name, String digits, int in, int out, Duration perCall) {
        UsageProfile more = this;
        if (in != 0) {
            more = more.with(new Talk(name, Direction.INBOUND, digits, Duration.ofMinutes(in), perCall));
        }
        return out == 0
                ? more
                : more.with(new Talk(name, Direction.OUTBOUND, digits, Duration.ofMinutes(out), perCall));
    }

    /** With this talk. */
    public UsageProfile with(Talk more) {
        List<Talk> all = new ArrayList<>(talk);
        all.add(more);
        return new UsageProfile(all, numbers, messagesIn, messagesOut);
    }

    /** With so many numbers of a country. */
    public UsageProfile withNumbers(String country, int count) {
        return new UsageProfile(talk, put(numbers, country, count), messagesIn, messagesOut);
    }

    /** With so many parts of texts from and to a country; 0 is none. */
    public UsageProfile withMessages(String country, int in, int out) {
        return new UsageProfile(talk, numbers, put(messagesIn, country, in), put(messagesOut, country, out));
    }

    private static Map<String, Integer> put(Map<String, Integer> some, String country, int count) {
        Map<String, Integer> more = new TreeMap<>(some);
        if (count != 0) {
            more.merge(country, count, Math::addExact);
        }
        return more;
    }

    private static Map<String, Integer> checked(String field, Map<String, Integer> counts) {
        counts.forEach((country, count) -> {
            if (!country.matches("[A-Z]{2}") || count < 1) {
                throw new IllegalArgumentException(
                        field + " must be 1 or more of a country such as US, not " + count + " of '" + country + "'");
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
