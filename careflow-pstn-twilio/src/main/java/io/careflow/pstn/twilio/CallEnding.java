package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Call.UpdateStatus;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.http.Fields;
import java.util.Optional;

/** Ends calls. Thread-safe. */
final class CallEnding {
    /** Twilio's code for a call whose state does not allow what was asked. */
    static final String WRONG_STATE = "21220";

    private final TwilioClient client;
    private final Telling telling;
    private final EndedCalls ended;

    CallEnding(TwilioClient client, Telling telling, EndedCalls ended) {
        this.client = client;
        this.telling = telling;
        this.ended = ended;
    }

    /**
     * Ends a call. Twilio cancels what is not answered, and completes what is; which of the two it is may change on the way,
     * so the other is tried too. A call that is over, or that Twilio does not know, is left alone.
     *
     * @param cause for the event of the end; Twilio cannot be told one
     */
    void end(String operation, CallRef call, HangupCause cause) {
        String sid = new Ids(client.id()).call(operation, call);
        String seen = status(operation, sid).orElse("");
        if (seen.isEmpty() || CallWords.isOver(seen)) {
            return;
        }
        boolean answered = seen.equals(CallWords.IN_PROGRESS);
        UpdateStatus likely = answered ? UpdateStatus.COMPLETED : UpdateStatus.CANCELED;
        UpdateStatus other = answered ? UpdateStatus.CANCELED : UpdateStatus.COMPLETED;
        if (!isDone(operation, sid, likely) && !isDone(operation, sid, other)) {
            requireOver(operation, sid);
            return;
        }
        CallEnded end = ended.byUs(new CallEnded(sid + ":ended", telling.now(), call, cause, ReleasedBy.SYSTEM, true));
        if (seen.equals(CallWords.QUEUED)) {
            // Twilio sends no callback for a call that never left its queue. Of the others it tells the end itself.
            telling.tell(end);
        }
    }

    /**
     * Twilio's word for what a call is doing; empty if it does not know the call.
     *
     * @param operation what was not done if this fails
     */
    Optional<String> status(String operation, String call) {
        return client.before(
                        operation,
                        () -> client.find(
                                "call.fetch", rest -> Call.fetcher(call).fetch(rest)))
                .map(fields -> fields.requireText("status"));
    }

    private boolean isDone(String operation, String call, UpdateStatus status) {
        try {
            Fields unused = client.json(
                    operation, rest -> Call.updater(call).setStatus(status).update(rest));
            return true;
        } catch (NotFound e) {
            return true;
        } catch (Conflict e) {
            if (isWrongState(e)) {
                return false;
            }
            throw e;
        }
    }

    private void requireOver(String operation, String call) {
        String seen = status(operation, call).orElse("");
        if (!seen.isEmpty() && !CallWords.isOver(seen)) {
            throw new Conflict(telling.nothingDone(
                    operation, "call " + call + " is " + seen + " and Twilio neither cancels nor completes it"));
        }
    }

    static boolean isWrongState(Conflict e) {
        return e.code().filter(WRONG_STATE::equals).isPresent();
    }
}
