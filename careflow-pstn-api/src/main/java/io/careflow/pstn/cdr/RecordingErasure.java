package io.careflow.pstn.cdr;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/**
 * A store of records that can forget where a recording was: the one change of a record that there is. A {@link CdrStore} that is not
 * this forgets nothing. Thread-safe.
 */
public interface RecordingErasure {

    /**
     * Takes the address of the recording out of the record of a call, and keeps when and why. The rest of the record stays; appending
     * the record again as it was is still a duplicate, and brings the address not back. Safe to repeat.
     *
     * @param reason why, for audits: 1 to 200 characters
     * @return whether there was an address; false also if there is no record of the call
     */
    boolean eraseRecording(CallRef call, String reason, Instant at);

    /**
     * Refuses a reason that is empty or too long.
     *
     * @throws IllegalArgumentException if it is
     */
    static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > 200) {
            throw new IllegalArgumentException(
                    "reason has " + reason.length() + " characters; allowed are 1 to 200, not blank");
        }
    }
}
