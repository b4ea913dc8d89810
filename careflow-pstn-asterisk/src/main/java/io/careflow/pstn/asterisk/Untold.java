package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That a recording was begun for a notice which nobody has heard yet. Kept in a variable of Asterisk, for a successor: it cannot play the
 * notice, so it throws the recording away. None of the channel: that cannot be written while the channel dials.
 */
final class Untold {
    private static final Logger log = LoggerFactory.getLogger(Untold.class);
    private static final String VARIABLE = "CAREFLOW_NOTICE_";
    private static final String PENDING = "pending";

    private final AriRest rest;
    private final String callId;

    Untold(AriRest rest, String callId) {
        this.rest = rest;
        this.callId = callId;
    }

    /** Comes before the recording. */
    void mark() {
        rest.setGlobalVariable(VARIABLE + callId, PENDING);
    }

    void clear() {
        try {
            rest.setGlobalVariable(VARIABLE + callId, "");
        } catch (PstnException e) {
            log.warn("{}: a successor will throw the recording away: {}", callId, e.getMessage());
        }
    }

    /** Ends a recording and leaves no file of it: of one that ended by itself just before, it was kept. */
    void discard(String recording) {
        rest.discardRecording(recording);
        rest.deleteStored(recording);
    }

    /**
     * Before a call is taken over: ends what a predecessor began and told nobody of.
     *
     * @throws ProviderUnavailable if Asterisk cannot be asked now
     */
    void discardLeft() {
        try {
            if (rest.globalVariable(VARIABLE + callId).filter(PENDING::equals).isEmpty()) {
                return;
            }
            log.warn("call {}: nobody was told of its recording, so it is thrown away", callId);
            for (int number = 1; number <= RecordingFiles.MOST_PROBED; number++) {
                String name = RecordingFiles.name(RecordingFiles.CALL, callId, number);
                if (rest.isRecording(name)) {
                    discard(name);
                }
            }
            rest.hangup(SideChannel.recorder(callId), 16);
            rest.hangup(SideChannel.speaker(callId), 16);
            clear();
        } catch (ProviderUnavailable e) {
            throw e;
        } catch (PstnException e) {
            log.error("call {}: a recording that nobody was told of may go on: {}", callId, e.getMessage());
        }
    }
}
