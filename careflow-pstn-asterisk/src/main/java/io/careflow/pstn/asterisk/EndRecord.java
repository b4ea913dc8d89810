package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.ReleasedBy;
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
 * @param releasedBy who hung up
 */
record EndRecord(
        String channelId,
        Instant ended,
        int cause,
        String dialStatus,
        @Nullable Instant answered,
        CallState state,
        ReleasedBy releasedBy) {

    /** Empty if the text is damaged or of a version we do not know. */
    static Optional<EndRecord> parse(String text) {
        String[] fields = text.split("\\^", -1);
        if (fields.length != 8 || fields[0].isBlank()) {
            return Optional.empty();
        }
        try {
            Instant ended = Instant.ofEpochMilli(Long.parseLong(fields[1]));
            int cause = fields[2].isEmpty() ? 0 : Integer.parseInt(fields[2]);
            Instant answered = fields[4].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(fields[4]));
            return CallState.decode(fields[5])
                    .map(state -> new EndRecord(
                            fields[0],
                            ended,
                            cause,
                            fields[3],
                            answered,
                            state,
                            whoHungUp(state, fields[6], fields[7])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    // Asterisk names the channel whose far end hung up; none if the dialplan or an application did.
    private static ReleasedBy whoHungUp(CallState state, String channel, String source) {
        if (source.isEmpty()) {
            return ReleasedBy.SYSTEM;
        }
        boolean ownSide = source.equals(channel);
        return ownSide == (state.direction() == Direction.INBOUND) ? ReleasedBy.CALLER : ReleasedBy.CALLEE;
    }
}
