package io.careflow.pstn.twilio;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Reject;
import java.util.List;

/** The end of a call, on its way through Twilio while the last words are spoken. */
final class EndMemo {
    private static final String REJECT = "reject";

    private EndMemo() {}

    static List<String> write(Ending ending) {
        if (ending instanceof Reject reject) {
            return List.of(REJECT, reject.reason().name());
        }
        HangupCause cause = cause(ending, true);
        return List.of(Integer.toString(cause.q850()), cause.text());
    }

    static Ending read(List<String> details) {
        return details.get(0).equals(REJECT)
                ? new Reject(Reject.Reason.valueOf(details.get(1)))
                : new HangUp(HangupCause.of(Integer.parseInt(details.get(0)), details.get(1)));
    }

    /** Why the call is over when this ending ends it. */
    static HangupCause cause(Ending ending, boolean answered) {
        if (ending instanceof HangUp hangUp) {
            return hangUp.cause();
        }
        return ending instanceof Reject reject && !answered ? reject.reason().cause() : HangupCause.NORMAL_CLEARING;
    }
}
