package io.careflow.pstn.asterisk;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code careflow-ended} wrote down when a call ended, for an application that was away.
 *
 * @param channelId the call
 * @param ended when it ended
 * @param cause Q.850; 0 if unknown
 * @param dialStatus of the last dial; empty if there was none
 * @param answered when the person that was dialled answered, or null
 * @param state what was known of the call
 */
record EndRecord(
        String channelId,
        Instant ended,
        int cause,
        String dialStatus,
        @Nullable Instant answered,
        CallState state) {

    static Optional<EndRecord> parse(String text) {
        String[] fields = text.split("\\^", -1);
        if (fields.length != 6) {
            return Optional.empty();
        }
        try {
            Instant ended = Instant.ofEpochMilli(Long.parseLong(fields[1]));
            int cause = fields[2].isEmpty() ? 0 : Integer.parseInt(fields[2]);
            Instant answered = fields[4].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(fields[4]));
            return CallState.decode(fields[5])
                    .map(state -> new EndRecord(fields[0], ended, cause, fields[3], answered, state));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
