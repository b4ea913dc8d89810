package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One command in the book: what was asked, and how far it got. A value.
 *
 * @param command the caller's key
 * @param fingerprint tells one request from another under the same key; at most 100 characters
 * @param state how far it got
 * @param call the call that came of it, or null if none is known
 * @param order what is to be done, in the desk's own form, which nobody else reads; at most 8000 characters
 * @param because what happened, for people; at most 1000 characters
 * @param changedAt when it was written last
 * @param version how often it was written, from 1 on
 */
public record OutboundEntry(
        CommandId command,
        String fingerprint,
        State state,
        @Nullable CallRef call,
        String order,
        String because,
        Instant changedAt,
        long version) {
    private static final int LONGEST_REASON = 1000;

    public OutboundEntry {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(changedAt, "changedAt");
        within("fingerprint", fingerprint, 100);
        within("order", order, 8000);
        because = because.length() > LONGEST_REASON ? because.substring(0, LONGEST_REASON) : because;
        if (version < 1) {
            throw new IllegalArgumentException("version is " + version + "; allowed are 1 and more");
        }
    }

    /** The first line of a command. */
    public static OutboundEntry first(CommandId command, String fingerprint, String order, Instant at) {
        return new OutboundEntry(command, fingerprint, State.OPENED, null, order, "", at, 1);
    }

    /** The next version, in this state. */
    public OutboundEntry become(State next, String why, Instant at) {
        return new OutboundEntry(command, fingerprint, next, call, order, why, at, version + 1);
    }

    /** The same version with its call. */
    public OutboundEntry of(CallRef value) {
        return new OutboundEntry(command, fingerprint, state, value, order, because, changedAt, version);
    }

    /** The same version with this order. */
    public OutboundEntry ordering(String value) {
        return new OutboundEntry(command, fingerprint, state, call, value, because, changedAt, version);
    }

    private static void within(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(what + " has " + text.length() + " characters; allowed are " + longest);
        }
    }

    /** How far a command got. */
    public enum State {
        /** Somebody works on it: nothing rings yet, as far as is known. */
        OPENED,
        /** The provider has taken the call. */
        PLACED,
        /** It may ring; nobody knows. */
        IN_DOUBT,
        /** Refused; nothing rang. */
        DENIED,
        /** Over and settled. */
        ENDED;

        /** Whether nothing more comes. */
        public boolean isFinal() {
            return this == DENIED || this == ENDED;
        }
    }
}
