package io.careflow.pstn.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls one of our numbers, and what they do, one thing after another. Time begins when the call arrives. A
 * caller who has done everything stays on the line until the other side hangs up. A value.
 *
 * <pre>{@code
 * SimulatedCaller.from("+14165550100").dialling("+18195550100")
 *     .waits(ofSeconds(2)).types("0001").hangsUpAfterTalking(ofSeconds(10));
 * }</pre>
 *
 * @param from the number shown; empty if withheld
 * @param to the number dialled
 * @param acts what they do, in order
 */
public record SimulatedCaller(String from, String to, List<Act> acts) {
    public SimulatedCaller {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        acts = List.copyOf(acts);
    }

    /** A caller who shows this number. */
    public static SimulatedCaller from(String number) {
        return new SimulatedCaller(number, "", List.of());
    }

    /** A caller who withholds the number. */
    public static SimulatedCaller anonymous() {
        return from("");
    }

    /** The same, dialling this number. */
    public SimulatedCaller dialling(String number) {
        return new SimulatedCaller(from, number, acts);
    }

    /** Then waits, silent. */
    public SimulatedCaller waits(Duration length) {
        return then(new Act.Waits(length));
    }

    /** Then types these keys, 200 ms apart. Keys typed before the call is picked up are lost. */
    public SimulatedCaller types(String keys) {
        return then(new Act.Types(keys));
    }

    /**
     * Then says these words, which a recogniser understands so well; unheard where nobody asks.
     *
     * @param confidence 0 to 100, or null where the recogniser does not tell
     */
    public SimulatedCaller says(String words, @Nullable Integer confidence) {
        return then(new Act.Says(words, confidence));
    }

    /** Then speaks for this long. */
    public SimulatedCaller speaks(Duration length) {
        return then(new Act.Speaks(length));
    }

    /** Then hangs up. */
    public SimulatedCaller hangsUp() {
        return then(new Act.HangsUp());
    }

    /** Then waits until somebody answers, talks this long and hangs up. */
    public SimulatedCaller hangsUpAfterTalking(Duration length) {
        return then(new Act.Talks(length)).hangsUp();
    }

    private SimulatedCaller then(Act act) {
        List<Act> more = new ArrayList<>(acts);
        more.add(act);
        return new SimulatedCaller(from, to, more);
    }

    /** One thing that a caller does. */
    public sealed interface Act {
        /** Waits, silent. */
        record Waits(Duration length) implements Act {}

        /** Types keys, 200 ms apart. */
        record Types(String keys) implements Act {}

        /** Says words that a recogniser understands with this confidence, 0 to 100 or null. */
        record Says(String words, @Nullable Integer confidence) implements Act {}

        /** Speaks. */
        record Speaks(Duration length) implements Act {}

        /** Waits until somebody answers, then talks. */
        record Talks(Duration length) implements Act {}

        /** Hangs up. */
        record HangsUp() implements Act {}
    }
}
