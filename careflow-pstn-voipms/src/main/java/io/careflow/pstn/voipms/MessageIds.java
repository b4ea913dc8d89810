package io.careflow.pstn.voipms;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Ids of messages. VoIP.ms counts text and multimedia messages apart, so ours name the latter: {@code mms:4711}. A text that was
 * divided has the ids of its parts: {@code 4711,4712}.
 *
 * @param mms whether it is a multimedia message
 * @param parts VoIP.ms's ids
 */
record MessageIds(boolean mms, List<String> parts) {
    private static final String MMS = "mms:";
    private static final Pattern IDS = Pattern.compile("(mms:)?[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64}){0,30}");

    MessageIds {
        parts = List.copyOf(parts);
    }

    /** Ours for one of VoIP.ms's. */
    static String of(String id, boolean mms) {
        return mms ? MMS + id : id;
    }

    /** Whether this can be one of ours. */
    static boolean isValid(String id) {
        return IDS.matcher(id).matches();
    }

    /** What an id of ours means. */
    static MessageIds parse(String id) {
        boolean mms = id.startsWith(MMS);
        return new MessageIds(mms, List.of((mms ? id.substring(MMS.length()) : id).split(",")));
    }
}
