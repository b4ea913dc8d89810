package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.SipAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With what a channel enters the application. */
final class CallArguments {
    /** A call arrives: whether its caller shows the number, how long its first header Identity is, which user of ours dials. */
    static final String INBOUND = "inbound";
    /** A call comes back from a dial: status, cause, when the callee answered (epoch milliseconds, may be empty). */
    static final String DIALLED = "dialled";
    /** A call that we placed was answered. */
    static final String PLACED = "placed";
    /** A channel that listens to a call, for recording: the call's id. */
    static final String RECORDER = "recorder";
    /** A channel that listens to a call, to judge who answered: the call's id. */
    static final String DETECTOR = "detector";
    /** Such a channel comes back: AMDSTATUS and AMDCAUSE. */
    static final String JUDGED = "judged";
    /** A channel that speaks to both sides of a conversation: the call's id. */
    static final String SPEAKER = "speaker";

    private static final Logger log = LoggerFactory.getLogger(CallArguments.class);

    private CallArguments() {}

    /** Whether the caller of an inbound call shows the number, in Asterisk's words; empty if that is not known. */
    static String presentation(JsonNode channel) {
        List<String> data =
                Arrays.asList(channel.path("dialplan").path("app_data").asText().split(",", -1));
        return data.size() > 2 && data.get(1).equals(INBOUND) ? data.get(2) : "";
    }

    /**
     * The user of ours whose phone dialled, as the dialplan vouches; empty if it was none. The caller has no say in it: it is the name
     * of the endpoint that proved itself, or what the proxy in front wrote.
     */
    static Optional<SipAddress> user(JsonNode channel) {
        List<String> data =
                Arrays.asList(channel.path("dialplan").path("app_data").asText().split(",", -1));
        if (data.size() < 5 || !data.get(1).equals(INBOUND) || data.get(4).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SipAddress(data.get(4), null));
        } catch (IllegalArgumentException e) {
            log.warn("the user who calls has a name that is no SIP user; the call counts as one of a stranger");
            return Optional.empty();
        }
    }

    /** Whether an inbound call came with a signature of its caller's number. A dialplan of an older version does not say. */
    static boolean isSigned(JsonNode channel) {
        List<String> data =
                Arrays.asList(channel.path("dialplan").path("app_data").asText().split(",", -1));
        return data.size() > 3 && data.get(1).equals(INBOUND) && data.get(3).matches("[1-9][0-9]*");
    }

    static List<String> of(AriEvent event) {
        List<String> args = new ArrayList<>();
        for (JsonNode arg : event.raw().path("args")) {
            args.add(arg.asText());
        }
        return args;
    }
}
