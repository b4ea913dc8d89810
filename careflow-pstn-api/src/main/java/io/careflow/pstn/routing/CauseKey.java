package io.careflow.pstn.routing;

/**
 * One code or word for an end, and whose language it is in. Languages are open: an application may add its own to a
 * {@link CauseTable}.
 *
 * @param source the language, such as {@link #SIP}
 * @param code the code or word in it, as it came
 */
public record CauseKey(String source, String code) {
    /** Cause values of ITU-T Q.850. */
    public static final String Q850 = "q850";
    /** Status codes of SIP. */
    public static final String SIP = "sip";
    /** {@code CallStatus} of Twilio. */
    public static final String TWILIO_STATUS = "twilio_status";
    /** Error codes of Twilio. */
    public static final String TWILIO_ERROR = "twilio_error";
    /** {@code hangup_cause} of Telnyx. */
    public static final String TELNYX_CAUSE = "telnyx_hangup_cause";
    /** Codes such as D35 that Telnyx writes into the reason of a SIP 403. */
    public static final String TELNYX_D_CODE = "telnyx_d_code";
    /** Error codes of Telnyx. */
    public static final String TELNYX_ERROR = "telnyx_error";
    /** {@code DIALSTATUS} of Asterisk. */
    public static final String ASTERISK_DIAL_STATUS = "asterisk_dialstatus";

    public CauseKey {
        if (source.isBlank()) {
            throw new IllegalArgumentException("source of a cause is blank; expected one such as 'sip'");
        }
        if (code.isBlank()) {
            throw new IllegalArgumentException("code of a cause is blank; expected one such as '486'");
        }
    }

    /** A cause of Q.850. */
    public static CauseKey q850(int cause) {
        return new CauseKey(Q850, Integer.toString(cause));
    }

    /** A status of SIP. */
    public static CauseKey sip(int status) {
        return new CauseKey(SIP, Integer.toString(status));
    }

    @Override
    public String toString() {
        return source + " " + code;
    }
}
