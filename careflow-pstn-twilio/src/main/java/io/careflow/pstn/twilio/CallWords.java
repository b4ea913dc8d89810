package io.careflow.pstn.twilio;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.control.Call;
import org.jspecify.annotations.Nullable;

/** Twilio's words for what a call is doing, in ours. Words that we do not know are neither over nor an error. */
final class CallWords {
    static final String QUEUED = "queued";
    static final String IN_PROGRESS = "in-progress";

    private CallWords() {}

    static Call.Status status(String raw) {
        return switch (raw) {
            case QUEUED, "initiated" -> Call.Status.QUEUED;
            case "ringing" -> Call.Status.RINGING;
            case IN_PROGRESS -> Call.Status.ANSWERED;
            case "completed", "busy", "failed", "no-answer", "canceled" -> Call.Status.ENDED;
            default -> Call.Status.OTHER;
        };
    }

    static boolean isOver(String raw) {
        return status(raw) == Call.Status.ENDED;
    }

    /** How the call ended; null while it goes on, or if the word is not known. */
    static @Nullable Disposition disposition(String raw) {
        return switch (raw) {
            case "completed" -> Disposition.ANSWERED;
            case "busy" -> Disposition.BUSY;
            case "no-answer" -> Disposition.NO_ANSWER;
            case "canceled" -> Disposition.ABANDONED;
            case "failed" -> Disposition.FAILED;
            default -> null;
        };
    }
}
