package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** With what a channel enters the application. */
final class CallArguments {
    /** A call arrives: whether its caller shows the number, how long its first header Identity is. */
    static final String INBOUND = "inbound";
    /** A call comes back from a dial: status, cause, when the callee answered (epoch milliseconds, may be empty). */
    static final String DIALLED = "dialled";
    /** A call that we placed was answered. */
    static final String PLACED = "placed";
    /** A channel that listens to a call, for recording: the call's id. */
    static final String RECORDER = "recorder";

    private CallArguments() {}

    /** Whether the caller of an inbound call shows the number, in Asterisk's words; empty if that is not known. */
    static String presentation(JsonNode channel) {
        List<String> data =
                Arrays.asList(channel.path("dialplan").path("app_data").asText().split(",", -1));
        return data.size() > 2 && data.get(1).equals(INBOUND) ? data.get(2) : "";
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
