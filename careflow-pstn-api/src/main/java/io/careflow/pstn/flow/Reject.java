package io.careflow.pstn.flow;

import io.careflow.pstn.call.HangupCause;
import java.util.Objects;

/**
 * Refuses a call that was not answered, so that it costs the caller nothing. A call that is answered already is hung up.
 *
 * @param reason what the caller's network is told
 */
public record Reject(Reason reason) implements Ending {
    public Reject {
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String name() {
        return "reject";
    }

    /** What the caller's network is told. */
    public enum Reason {
        /** Busy tone. */
        BUSY,
        /** Call refused. */
        DECLINED,
        /** No such number. */
        NOT_FOUND;

        /** The same as a cause. */
        public HangupCause cause() {
            return switch (this) {
                case BUSY -> HangupCause.USER_BUSY;
                case DECLINED -> HangupCause.CALL_REJECTED;
                case NOT_FOUND -> HangupCause.UNALLOCATED;
            };
        }
    }
}
