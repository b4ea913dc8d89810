package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses what Telnyx cannot do, before anything of it happens. Immutable and thread-safe. */
final class FlowChecks {
    /** As long as Telnyx lets a leg live ({@code time_limit_secs}). */
    static final Duration LONGEST = Duration.ofHours(4);

    private static final String FLOW = "flow";
    private static final Pattern EMERGENCY = Pattern.compile("\\+?1?(911|933|112|999|000)");
    private static final Pattern AT_TELNYX = Pattern.compile("(.*\\.)?telnyx\\.(com|com\\.au|eu|ca|asia)(:[0-9]+)?");

    private final ProviderId id;
    private final Voices voices;
    private final FlowSupport support;

    /** @param dials whether there is an application that dials */
    FlowChecks(ProviderId id, Voices voices, boolean dials) {
        this.id = id;
        this.voices = voices;
        Set<String> names = new HashSet<>(Set.of(
                "say",
                "play",
                "pause",
                "send-digits",
                "start-recording",
                "stop-recording",
                "gather",
                "gather-speech",
                "conference",
                Conference.HOST,
                "voicemail",
                "enqueue",
                "redirect",
                "reject",
                "hang-up"));
        if (dials) {
            names.add("dial");
        }
        this.support = new FlowSupport(names);
    }

    FlowSupport support() {
        return support;
    }

    /**
     * Refuses a flow.
     *
     * @throws UnsupportedFeature naming what cannot be done, and what can
     */
    CallFlow require(CallFlow flow) {
        support.require(id, flow);
        flow.steps().forEach(this::require);
        if (flow.ending() instanceof Gather gather) {
            gather.prompts().forEach(this::require);
        } else if (flow.ending() instanceof Dial dial) {
            dial.destinations().forEach(destination -> require(FLOW, destination));
            requireLength(FLOW, dial.longest());
        }
        return flow;
    }

    void requireLength(String operation, Duration longest) {
        if (longest.compareTo(LONGEST) > 0) {
            throw refused(operation, "a talk of " + longest, List.of("talks of at most " + LONGEST));
        }
    }

    void require(String operation, Destination destination) {
        boolean known = destination instanceof Destination.Phone || destination instanceof Destination.Sip;
        if (!known) {
            throw refused(operation, "the destination " + destination.address(), List.of("numbers", "SIP users"));
        }
        if (isEmergency(destination)) {
            throw refused(operation, "calling an emergency number", List.of("numbers in E.164", "SIP users"));
        }
    }

    // At a host of somebody else's these are whatever that host makes of them.
    private static boolean isEmergency(Destination destination) {
        if (destination instanceof Destination.Sip sip) {
            String host = sip.sip().host();
            return EMERGENCY.matcher(sip.sip().user()).matches()
                    && (host == null || AT_TELNYX.matcher(host).matches());
        }
        return EMERGENCY.matcher(destination.address()).matches();
    }

    private void require(Step step) {
        if (step instanceof Say say && voices.find(say.language()).isEmpty()) {
            throw refused(FLOW, "speaking '" + say.language().toLanguageTag() + "'", List.copyOf(voices.languages()));
        }
        if (step instanceof Play play) {
            String scheme = String.valueOf(play.media().getScheme());
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw refused(FLOW, "playing media of '" + scheme + ":'", List.of("https:", "http:"));
            }
        }
    }

    private UnsupportedFeature refused(String operation, String what, List<String> supported) {
        return new UnsupportedFeature(id, operation, what, supported);
    }
}
