package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.FlowSupport;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What TwiML can do with flows. */
final class TwilioFlows {
    private static final FlowSupport SUPPORT = new FlowSupport(Set.of(
            "say",
            "play",
            "pause",
            "send-digits",
            "start-recording",
            "gather",
            "gather-speech",
            "dial",
            "conference",
            Conference.HOST,
            "voicemail",
            "enqueue",
            "redirect",
            "reject",
            "hang-up"));

    private TwilioFlows() {}

    /** Everything but stopping a recording: TwiML has {@code <Start><Recording>}, but its {@code <Stop>} knows no recording. */
    static FlowSupport support() {
        return SUPPORT;
    }

    static UnsupportedFeature refused(ProviderId provider, String feature, String... supported) {
        return refused(provider, feature, List.of(supported));
    }

    static UnsupportedFeature refused(ProviderId provider, String feature, Collection<String> supported) {
        return new UnsupportedFeature(provider, "flow", feature, supported);
    }
}
