package io.careflow.pstn.cdr;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.routing.RouteQuality;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How trunks and providers did, from records: ASR, ACD and PDD of each towards each destination. Sums only; how many attempts it takes
 * to say anything, and how fresh they must be, is for {@link io.careflow.pstn.routing.QualityRules}: below that a route is neither
 * good nor bad.
 *
 * <p>What counts is every {@linkplain Cdr#attempts attempt} of a record, under its trunk (its route, where there is no trunk), towards
 * the number that was called. A record without attempts counts once if it is of a call out whose carrier is known, under that carrier.
 *
 * <ul>
 *   <li>Answered: the callee answered, whatever ended the call later.
 *   <li>Left out, because it says nothing of the route: unanswered, and the number is wrong ({@code UNALLOCATED}, {@code
 *       INVALID_NUMBER}, {@code NUMBER_CHANGED}), the request is ({@code INVALID_REQUEST}), a guard blocked it ({@code BLOCKED}), or
 *       the caller gave up before anything rang ({@code CANCELED}). Of a record without attempts: Q.850 1, 22 and 28, and {@code
 *       ABANDONED} without ringing.
 *   <li>Failed: everything else that was not answered. Busy, unanswered ringing and a caller who gives up while it rings too, as ASR
 *       is commonly defined; so routes are to be compared over like traffic.
 *   <li>PDD: from sending to the first ringing, or to the answer of a phone that did not ring; unknown of all others.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class RouteQualities {
    /** Causes that say nothing of the route unless the call was answered. */
    public static final Set<NeutralCause> LEFT_OUT = Set.copyOf(EnumSet.of(
            NeutralCause.UNALLOCATED,
            NeutralCause.INVALID_NUMBER,
            NeutralCause.NUMBER_CHANGED,
            NeutralCause.INVALID_REQUEST,
            NeutralCause.BLOCKED));

    /** The same as Q.850 causes, for records without attempts. */
    public static final Set<Integer> LEFT_OUT_Q850 = Set.of(1, 22, 28);

    private static final int MOST_DIGITS = 18;

    private final UnaryOperator<String> destination;
    private final Map<Key, RouteQuality> found = new TreeMap<>();

    private RouteQualities(UnaryOperator<String> destination) {
        this.destination = destination;
    }

    /**
     * By the first so many digits of the number that was called.
     *
     * @param digits 0 (all destinations together) to 18
     */
    public static RouteQualities byPrefix(int digits) {
        requireDigits(digits);
        return new RouteQualities(number -> number.substring(0, Math.min(digits, number.length())));
    }

    /** By the country of the number that was called, ISO 3166-1 alpha-2; empty where that is not known. */
    public static RouteQualities byCountry() {
        return new RouteQualities(RouteQualities::country);
    }

    /**
     * From all records of a span, which are read one by one.
     *
     * @throws RuntimeException as {@link CdrStore#each} does
     */
    public RouteQualities read(CdrStore store, CdrQuery query) {
        store.each(query, this::add);
        return this;
    }

    /** Takes a record in. */
    public void add(Cdr cdr) {
        if (!cdr.attempts().isEmpty()) {
            cdr.attempts().forEach(this::add);
            return;
        }
        String carrier = cdr.carrier();
        if (cdr.direction() != Direction.OUTBOUND || carrier == null) {
            return;
        }
        CdrTimes times = cdr.times();
        boolean answered = times.pickedUp() != null || times.answered() != null;
        boolean gaveUp = cdr.disposition() == Disposition.ABANDONED && times.ringing() == null;
        if (answered || !(gaveUp || LEFT_OUT_Q850.contains(cdr.cause().q850()))) {
            add(carrier, called(cdr.to()), answered ? times.billableMillis() : -1, null, times.ended());
        }
    }

    /** Takes sums in that somebody else made of records: of a line, towards a number. */
    public void add(String line, String called, RouteQuality sums) {
        found.merge(new Key(line, destination.apply(called.replaceAll("[^0-9]", ""))), sums, RouteQuality::plus);
    }

    /** What was found by now, by line and destination. A copy. */
    public Map<Key, RouteQuality> all() {
        return Map.copyOf(found);
    }

    /**
     * Refuses what is no length of a prefix.
     *
     * @throws IllegalArgumentException if it is not 0 to 18
     */
    public static void requireDigits(int digits) {
        if (digits < 0 || digits > MOST_DIGITS) {
            throw new IllegalArgumentException("digits of the prefix are " + digits + "; allowed are 0 to 18");
        }
    }

    private void add(TriedRoute tried) {
        NeutralCause cause = tried.attempt().verdict().cause();
        boolean answered = tried.answered() != null;
        boolean gaveUp = cause == NeutralCause.CANCELED && tried.rang() == null;
        if (answered || !(gaveUp || LEFT_OUT.contains(cause))) {
            add(
                    tried.line(),
                    tried.called(),
                    answered ? tried.talkMillis() : -1,
                    tried.delayMillis().orElse(null),
                    tried.ended());
        }
    }

    private void add(String line, String called, long talk, @Nullable Long delay, Instant ended) {
        RouteQuality one = new RouteQuality(
                1, talk < 0 ? 0 : 1, Math.max(0, talk), delay == null ? 0 : 1, delay == null ? 0 : delay, ended);
        add(line, called, one);
    }

    private static String called(Party to) {
        return to.number().map(PhoneNumber::e164).orElse(to.address());
    }

    private static String country(String digits) {
        try {
            return new PhoneNumber("+" + digits).country().orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * Whose quality.
     *
     * @param line the trunk, or the route, or the carrier as records spell it
     * @param destination country or prefix; empty for one that is not known, or for all together
     */
    public record Key(String line, String destination) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int lines = line.compareTo(other.line);
            return lines == 0 ? destination.compareTo(other.destination) : lines;
        }
    }
}
