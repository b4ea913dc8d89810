package io.careflow.pstn.twilio;

import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What else Twilio says of a trunk or domain. */
final class TrunkDetails {
    private static final Set<String> SAID_ELSEWHERE =
            Set.of("sid", "account_sid", "friendly_name", "url", "uri", "secure", "sip_registration", "auth_type_set");

    private TrunkDetails() {}

    static Map<String, String> of(Fields trunk) {
        Map<String, String> details = new TreeMap<>();
        for (String name : trunk.names()) {
            if (!SAID_ELSEWHERE.contains(name)) {
                single(trunk, name, details);
            }
        }
        for (String part : List.of("mode", "trim")) {
            trunk.object("recording")
                    .flatMap(recording -> recording.text(part))
                    .ifPresent(value -> details.put("recording." + part, value));
        }
        details.put("media", TwilioNetwork.MEDIA);
        return details;
    }

    private static void single(Fields trunk, String name, Map<String, String> details) {
        // Lists and objects, also those that are not documented yet, are no details.
        if (!trunk.node().path(name).isValueNode()) {
            return;
        }
        trunk.text(name)
                // A URL may carry a password.
                .filter(value -> !value.contains("@"))
                .ifPresent(value -> details.put(name, value));
    }
}
