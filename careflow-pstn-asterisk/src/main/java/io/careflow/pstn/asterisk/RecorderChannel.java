package io.careflow.pstn.asterisk;

/** The ids of channels that listen to calls: from them one finds the call. */
final class RecorderChannel {
    private static final String PREFIX = "cf-rec-";

    private RecorderChannel() {}

    static String id(String callId) {
        return PREFIX + callId;
    }

    /** The call that a channel belongs to: the one it listens to, or itself. */
    static String callOf(String channelId) {
        return channelId.startsWith(PREFIX) ? channelId.substring(PREFIX.length()) : channelId;
    }
}
