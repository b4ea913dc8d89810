package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Dial;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one variable that we keep on a channel: slot, state and the dial that is running, separated by carets. One variable,
 * because every further one is a request more per call. The dialplan reads it, see {@link Dialplan}.
 *
 * @param longest how long those who are talking may, or null if no dial was written here
 * @param targets whom that dial rings, see {@link Endpoints#target}
 */
record ChannelVariable(int slot, String state, @Nullable Duration longest, List<String> targets) {
    private static final int BEFORE_TARGETS = 5;

    ChannelVariable {
        targets = List.copyOf(targets);
    }

    ChannelVariable(int slot, String state) {
        this(slot, state, null, List.of());
    }

    static final String NAME = "CAREFLOW_CALL";

    String text() {
        return slot + "^" + state;
    }

    /** @param limit of the talk, for Dial's option L */
    String text(Dial dial, String limit, CallLines.Targets targets) {
        return text() + "^" + dial.ringFor().toSeconds() + "^" + limit + "^" + targets.callerId() + "^"
                + String.join("^", targets.targets());
    }

    private static Duration limit(String field) {
        int colon = field.indexOf(':');
        return Duration.ofMillis(Long.parseLong(colon < 0 ? field : field.substring(0, colon)));
    }

    static Optional<ChannelVariable> parse(String text) {
        List<String> fields = Arrays.asList(text.split("\\^", -1));
        if (fields.size() < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ChannelVariable(
                    Integer.parseInt(fields.get(0)),
                    fields.get(1),
                    fields.size() < 4 ? null : limit(fields.get(3)),
                    fields.subList(Math.min(BEFORE_TARGETS, fields.size()), fields.size())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
