package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** With what a channel enters the application. */
final class CallArguments {
    /** A call arrives. */
    static final String INBOUND = "inbound";
    /** A call comes back from a dial: status, cause, when the callee answered (epoch milliseconds, may be empty). */
    static final String DIALLED = "dialled";
    /** A call that we placed was answered. */
    static final String PLACED = "placed";
    /** A channel that listens to a call, for recording: the call's id. */
    static final String RECORDER = "recorder";

    private CallArguments() {}

    static List<String> of(AriEvent event) {
        List<String> args = new ArrayList<>();
        for (JsonNode arg : event.raw().path("args")) {
            args.add(arg.asText());
        }
        return args;
    }
}
