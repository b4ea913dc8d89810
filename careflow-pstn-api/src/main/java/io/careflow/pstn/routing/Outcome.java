package io.careflow.pstn.routing;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.PstnException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an attempt over one route came out. */
public sealed interface Outcome {

    /** The carrier, or our adapter, threw this when it was to place the call. */
    static NotPlaced notPlaced(PstnException exception, CauseKey... words) {
        return new NotPlaced(exception.failure(), FailureVerdicts.of(exception), List.of(words));
    }

    /** The call was placed and ended unanswered. */
    static Ended unanswered(HangupCause cause, boolean rang, CauseKey... words) {
        return new Ended(cause, rang, false, ReleasedBy.UNKNOWN, null, List.of(words));
    }

    /**
     * The request to place the call failed.
     *
     * @param failure the facts, of which the effect decides first
     * @param verdict what this kind of failure means
     * @param words what the carrier said in its own language, which counts before the verdict; may be empty
     */
    record NotPlaced(Failure failure, CauseVerdict verdict, List<CauseKey> words) implements Outcome {
        public NotPlaced {
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(verdict, "verdict");
            words = List.copyOf(words);
        }
    }

    /**
     * The call was placed and is over.
     *
     * @param cause what the network said
     * @param rang whether the callee's phone began to ring (a SIP 18x came)
     * @param answered whether the callee answered
     * @param releasedBy who ended it
     * @param retryAfter how long the carrier asked to wait, such as by {@code Retry-After} of a 503, or null
     * @param words what the carrier said in its own language, most exact first; may be empty
     */
    record Ended(
            HangupCause cause,
            boolean rang,
            boolean answered,
            ReleasedBy releasedBy,
            @Nullable Duration retryAfter,
            List<CauseKey> words)
            implements Outcome {
        public Ended {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(releasedBy, "releasedBy");
            words = List.copyOf(words);
        }
    }

    /**
     * A guard of ours refused the call. Nothing was sent.
     *
     * @param rule which rule
     * @param reason for people
     */
    record Denied(String rule, String reason) implements Outcome {
        public Denied {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
