package io.careflow.pstn.voipms;

/** Which of VoIP.ms's two ways calls take to Canada and abroad, and so what they cost. */
public enum Route {
    /** The cheaper one; caller IDs may not arrive. */
    VALUE("1"),
    /** The better one. */
    PREMIUM("2");

    private final String code;

    Route(String code) {
        this.code = code;
    }

    /** As requests name it. */
    String code() {
        return code;
    }
}
