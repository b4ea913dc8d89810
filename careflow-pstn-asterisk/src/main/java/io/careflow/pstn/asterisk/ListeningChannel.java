package io.careflow.pstn.asterisk;

/** The ids of channels that listen to calls: from them one finds the call. */
final class ListeningChannel {
    private static final String RECORDER = "cf-rec-";
    private static final String DETECTOR = "cf-amd-";

    private ListeningChannel() {}

    /** The one that records. */
    static String recorder(String callId) {
        return RECORDER + callId;
    }

    /** The one on which is judged who answered. */
    static String detector(String callId) {
        return DETECTOR + callId;
    }

    static boolean isDetector(String channelId) {
        return channelId.startsWith(DETECTOR);
    }

    /** The call that a channel belongs to: the one it listens to, or itself. */
    static String callOf(String channelId) {
        return channelId.startsWith(RECORDER) || isDetector(channelId)
                ? channelId.substring(RECORDER.length())
                : channelId;
    }
}
