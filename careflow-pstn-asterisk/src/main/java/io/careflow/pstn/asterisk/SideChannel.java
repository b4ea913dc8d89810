package io.careflow.pstn.asterisk;

/** The ids of channels that listen to calls or speak into them: from them one finds the call. */
final class SideChannel {
    private static final String RECORDS = "cf-rec-";
    private static final String SPEAKS = "cf-say-";
    private static final String JUDGES = "cf-amd-";

    private SideChannel() {}

    /** The one that records a call. */
    static String recorder(String callId) {
        return RECORDS + callId;
    }

    /** The one that speaks to both sides of a conversation. */
    static String speaker(String callId) {
        return SPEAKS + callId;
    }

    /** The one on which is judged who answered. */
    static String detector(String callId) {
        return JUDGES + callId;
    }

    static boolean isDetector(String channelId) {
        return channelId.startsWith(JUDGES);
    }

    /** The call that a channel belongs to: the one it listens to or speaks into, or itself. */
    static String callOf(String channelId) {
        boolean beside = channelId.startsWith(RECORDS) || channelId.startsWith(SPEAKS) || isDetector(channelId);
        return beside ? channelId.substring(RECORDS.length()) : PlacedChannel.callOf(channelId);
    }
}
