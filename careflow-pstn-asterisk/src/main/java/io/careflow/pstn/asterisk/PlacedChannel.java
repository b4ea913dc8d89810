package io.careflow.pstn.asterisk;

/**
 * The ids of channels of calls that we place. The first is the call's own; each further trunk over which it is tried gets another, as Asterisk
 * cannot have one id twice while it clears the first channel away.
 */
final class PlacedChannel {
    private static final String OURS = "cf-";
    private static final char NEXT = '~';

    private PlacedChannel() {}

    /** Of the attempt with this number, from 1. */
    static String of(String callId, int attempt) {
        return attempt == 1 ? callId : callId + NEXT + attempt;
    }

    /** The call that a channel is of. */
    static String callOf(String channelId) {
        int next = channelId.startsWith(OURS) ? channelId.lastIndexOf(NEXT) : -1;
        return next < 0 ? channelId : channelId.substring(0, next);
    }
}
