package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/**
 * The provider listened to who answered.
 *
 * @param answeredBy who it was
 * @param raw the provider's word for it
 */
public record MachineDetected(String id, Instant occurredAt, CallRef call, AnsweredBy answeredBy, String raw)
        implements CallEvent {

    /** Who answered. */
    public enum AnsweredBy {
        /** A person. */
        HUMAN,
        /** An answering machine. */
        MACHINE,
        /** A fax. */
        FAX,
        /** The provider could not tell, or says something we do not know. */
        UNKNOWN
    }
}
