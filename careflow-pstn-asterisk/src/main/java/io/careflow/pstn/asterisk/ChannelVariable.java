package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Dial;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one variable that we keep on a channel: slot, state and the dial that is running, separated by carets. One variable,
 * because every further one is a request more per call. The dialplan reads it, see {@link Dialplan}.
 */
record ChannelVariable(int slot, String state) {
    static final String NAME = "CAREFLOW_CALL";

    String text() {
        return slot + "^" + state;
    }

    String text(Dial dial, CallLines.Targets targets) {
        return text() + "^" + dial.ringFor().toSeconds() + "^" + dial.longest().toMillis() + "^" + targets.callerId()
                + "^" + String.join("^", targets.targets());
    }

    static Optional<ChannelVariable> parse(String text) {
        List<String> fields = Arrays.asList(text.split("\\^", -1));
        if (fields.size() < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ChannelVariable(Integer.parseInt(fields.get(0)), fields.get(1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
