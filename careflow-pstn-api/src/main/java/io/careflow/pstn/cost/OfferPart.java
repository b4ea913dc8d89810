package io.careflow.pstn.cost;

import io.careflow.pstn.rating.ExactTotal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a profile costs with one provider. Immutable and thread-safe.
 *
 * @param what for people, for example {@code 100 min out, US}
 * @param side which side of a mix it belongs to
 * @param total the exact cost, or null if it is not known
 * @param explanation how it came about, or what is missing
 */
public record OfferPart(String what, Side side, @Nullable ExactTotal total, String explanation) {

    /** Checks the parts. */
    public OfferPart {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(explanation, "explanation");
    }

    /** The exact cost; empty if it is not known. */
    public Optional<ExactTotal> cost() {
        return Optional.ofNullable(total);
    }

    /** What a provider is used for. */
    public enum Side {
        /** Numbers, calls and texts that come in. */
        INBOUND,
        /** Calls and texts that go out. */
        OUTBOUND,
        /** What is paid once a month for either. */
        EITHER
    }
}
