package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.http.Fields;
import java.util.List;

/** Why legs end, by the words of {@code call.hangup}: its {@code hangup_cause}, and the SIP status where there is one. */
final class TelnyxCauses {
    /** A person who was reached weighs more than a phone that was not. */
    private static final List<Integer> WEIGHT = List.of(21, 17, 19, 20);

    private TelnyxCauses() {}

    /** The cause of a leg that is over. */
    static HangupCause of(Fields payload) {
        String word = payload.text("hangup_cause").orElse("unspecified");
        Integer sip = payload.text("sip_hangup_cause")
                .filter(text -> text.matches("[1-6][0-9]{2}"))
                .map(Integer::valueOf)
                .orElse(null);
        return new HangupCause(q850(word, sip == null ? 0 : sip), sip, word);
    }

    /** Which of several causes decides. */
    static HangupCause decisive(List<HangupCause> causes) {
        for (int q850 : WEIGHT) {
            for (HangupCause cause : causes) {
                if (cause.q850() == q850) {
                    return cause;
                }
            }
        }
        return causes.isEmpty() ? HangupCause.TEMPORARY_FAILURE : causes.get(0);
    }

    private static int q850(String word, int sip) {
        return switch (word) {
            case "user_busy" -> 17;
            case "timeout", "no_answer" -> 19;
            case "time_limit" -> HangupCause.TIMER_EXPIRED.q850();
            case "normal_clearing", "originator_cancel" -> 16;
            default -> ofSip(word, sip);
        };
    }

    // What Telnyx calls rejected or not found covers much; the SIP status is finer.
    private static int ofSip(String word, int sip) {
        return switch (sip) {
            case 401, 403, 407, 603, 607, 608 -> 21;
            case 404, 410, 485, 604 -> 1;
            case 408 -> 18;
            case 480 -> 20;
            case 484 -> 28;
            case 486, 600 -> 17;
            case 487 -> 16;
            case 488, 606 -> 58;
            case 502 -> 38;
            case 503 -> 34;
            default ->
                switch (word) {
                    case "call_rejected" -> 21;
                    case "not_found" -> 1;
                    default -> sip >= 500 ? 41 : 31;
                };
        };
    }
}
