package io.careflow.pstn.asterisk;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names under which Asterisk records utterances for a moment: known beforehand, so that a successor can delete what its
 * predecessor left. A call takes two names in turn, because the one before may still be ending.
 */
final class UtteranceName {
    private static final String PREFIX = "careflow-utterance-";

    private UtteranceName() {}

    /** @param count how many utterances the call had before */
    static String of(String app, String callId, int count) {
        return ofCall(app, callId) + (count % 2 + 1);
    }

    static boolean isOne(String recording) {
        return recording.startsWith(PREFIX);
    }

    /** Those of these recordings that belong to this application, but to none of these calls. */
    static Set<String> left(Collection<String> recordings, String app, Collection<String> callIds) {
        Set<String> live = callIds.stream().map(id -> ofCall(app, id)).collect(Collectors.toSet());
        return recordings.stream()
                .filter(name ->
                        name.startsWith(PREFIX + app + ".") && !live.contains(name.substring(0, name.length() - 1)))
                .collect(Collectors.toSet());
    }

    private static String ofCall(String app, String callId) {
        return PREFIX + app + "." + callId.replaceAll("[^A-Za-z0-9.-]", "_") + ".";
    }
}
