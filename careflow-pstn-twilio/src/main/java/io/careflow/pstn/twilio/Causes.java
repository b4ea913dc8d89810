package io.careflow.pstn.twilio;

import io.careflow.pstn.call.HangupCause;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a call or leg ended, by Twilio's words and the SIP status behind them. */
final class Causes {
    private static final Set<String> OVER = Set.of("completed", "busy", "failed", "no-answer", "canceled");
    private static final String NOT_REGISTERED = "32009";

    private static final HangupCause NETWORK_OUT_OF_ORDER = HangupCause.of(38, "Network out of order");

    private Causes() {}

    /** Whether a call of this status is over. */
    static boolean isOver(String status) {
        return OVER.contains(status);
    }

    /**
     * Why it ended.
     *
     * @param status Twilio's last word on the call
     * @param sip the SIP status, empty if none is told
     * @param error Twilio's code of an error, empty if none is told
     */
    static HangupCause of(String status, String sip, String error) {
        @Nullable Integer code = sip(sip);
        return switch (status) {
            case "completed", "answered", "canceled" -> cause(HangupCause.NORMAL_CLEARING, code, status);
            case "busy" -> cause(isDeclined(code) ? HangupCause.CALL_REJECTED : HangupCause.USER_BUSY, code, status);
            case "no-answer" ->
                cause(isDeclined(code) ? HangupCause.CALL_REJECTED : HangupCause.NO_ANSWER, code, status);
            default ->
                cause(
                        error.equals(NOT_REGISTERED) ? HangupCause.SUBSCRIBER_ABSENT : failed(code),
                        code,
                        error.isEmpty() ? status : status + ", error " + error);
        };
    }

    private static boolean isDeclined(@Nullable Integer code) {
        return code != null && (code == 603 || code == 403 || code == 607 || code == 608);
    }

    /** After RFC 3398, but 480 is what a SIP domain says of a user who is not registered. */
    private static HangupCause failed(@Nullable Integer code) {
        return switch (code == null ? 0 : code) {
            case 404, 410, 484, 604 -> HangupCause.UNALLOCATED;
            case 480 -> HangupCause.SUBSCRIBER_ABSENT;
            case 486, 600 -> HangupCause.USER_BUSY;
            case 408, 487 -> HangupCause.NO_ANSWER;
            case 502 -> NETWORK_OUT_OF_ORDER;
            case 403, 603, 607, 608 -> HangupCause.CALL_REJECTED;
            default -> HangupCause.TEMPORARY_FAILURE;
        };
    }

    private static HangupCause cause(HangupCause known, @Nullable Integer code, String words) {
        return new HangupCause(known.q850(), code, known.text() + " (" + words + ")");
    }

    private static @Nullable Integer sip(String text) {
        try {
            int code = Integer.parseInt(text);
            return code >= 100 && code <= 699 ? code : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
