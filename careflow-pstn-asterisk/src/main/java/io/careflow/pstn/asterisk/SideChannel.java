package io.careflow.pstn.asterisk;

/** The ids of channels that listen to calls or speak into them: from them one finds the call. */
final class SideChannel {
    private static final String RECORDS = "cf-rec-";
    private static final String SPEAKS = "cf-say-";

    private SideChannel() {}

    /** The one that records a call. */
    static String recorder(String callId) {
        return RECORDS + callId;
    }

    /** The one that speaks to both sides of a conversation. */
    static String speaker(String callId) {
        return SPEAKS + callId;
    }

    /** The call that a channel belongs to: the one it listens to or speaks into, or itself. */
    static String callOf(String channelId) {
        boolean beside = channelId.startsWith(RECORDS) || channelId.startsWith(SPEAKS);
        return beside ? channelId.substring(RECORDS.length()) : channelId;
    }
}
