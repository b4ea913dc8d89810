package io.careflow.pstn.webhook;

import io.careflow.pstn.event.PstnEvent;
import java.util.List;
import java.util.Objects;

/** What became of a webhook: trusted, or refused. There is no third way, and no other way to an event. */
public sealed interface Delivery {

    /**
     * It is the carrier's. Kinds of events that this version does not know are there as {@link
     * io.careflow.pstn.event.Unrecognized}.
     *
     * @param events what it tells, in order; empty if it tells nothing new (a probe)
     * @param repeated whether this process had it before; events are the same again
     */
    record Trusted(List<PstnEvent> events, boolean repeated) implements Delivery {
        public Trusted {
            events = List.copyOf(events);
        }
    }

    /**
     * It may not be the carrier's. Nothing of it was read.
     *
     * @param reason which check it failed
     * @param explanation for the log; holds no secrets
     */
    record Refused(Reason reason, String explanation) implements Delivery {
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /** Which check a webhook failed. */
    enum Reason {
        /** It carries no signature or token. */
        UNSIGNED,
        /** Signature or token do not fit. */
        FORGED,
        /** The signature is right, but too old or from the future. */
        STALE,
        /**
         * The signature is right, but what it covers cannot be read, or is of a version that we do not speak; or the request is
         * too large to be looked at.
         */
        UNREADABLE
    }
}
