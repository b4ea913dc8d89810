package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One text in the book: who wanted what, and how far it got. What it says is not kept. A value.
 *
 * @param command the caller's key
 * @param fingerprint tells one wish from another under the same key; at most 100 characters
 * @param tenant on whose behalf
 * @param user who pays
 * @param from our number
 * @param to the recipient
 * @param state how far it got
 * @param message the text at its carrier, or null if none is known
 * @param quote what was set aside, or null if nothing was
 * @param ticket of the guard, or null if it has counted nothing
 * @param detail in the desk's own form, by state: rules that refused, what was available, what it came to; at most 1000 characters
 * @param because what happened, for people; what is longer than 1000 characters is cut
 * @param changedAt when it was written last
 * @param version how often it was written, from 1 on
 */
public record MessageEntry(
        CommandId command,
        String fingerprint,
        TenantId tenant,
        String user,
        PhoneNumber from,
        PhoneNumber to,
        State state,
        @Nullable MessageRef message,
        @Nullable MessageQuote quote,
        @Nullable String ticket,
        String detail,
        String because,
        Instant changedAt,
        long version) {
    private static final int LONGEST = 1000;

    public MessageEntry {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(changedAt, "changedAt");
        within("fingerprint", fingerprint, 100);
        within("detail", detail, LONGEST);
        because = because.length() > LONGEST ? because.substring(0, LONGEST) : because;
        if (version < 1) {
            throw new IllegalArgumentException("version is " + version + "; allowed are 1 and more");
        }
        if ((state == State.SENT || state == State.SETTLED) && (message == null || quote == null)) {
            throw new IllegalArgumentException("message and quote are needed in state " + state);
        }
    }

    /** The first line of a wish. */
    public static MessageEntry first(MessageWish wish, String fingerprint, Instant at) {
        return new MessageEntry(
                wish.command(),
                fingerprint,
                wish.tenant(),
                wish.user(),
                wish.from(),
                wish.to(),
                State.OPENED,
                null,
                null,
                null,
                "",
                "",
                at,
                1);
    }

    /** The next version, in this state. */
    public MessageEntry become(State next, String detailed, String why, Instant at) {
        return new MessageEntry(
                command,
                fingerprint,
                tenant,
                user,
                from,
                to,
                next,
                message,
                quote,
                ticket,
                detailed,
                why,
                at,
                version + 1);
    }

    /** The same version with what was set aside. */
    public MessageEntry holding(MessageQuote price, @Nullable String guardTicket) {
        return new MessageEntry(
                command,
                fingerprint,
                tenant,
                user,
                from,
                to,
                state,
                message,
                price,
                guardTicket,
                detail,
                because,
                changedAt,
                version);
    }

    /** The next version: the carrier has it. */
    public MessageEntry sent(MessageRef ref, Instant at) {
        return new MessageEntry(
                command, fingerprint, tenant, user, from, to, State.SENT, ref, quote, ticket, "", "", at, version + 1);
    }

    /** What who wished it is answered; empty while somebody works on it. */
    public Optional<MessageAnswer> answer() {
        return Optional.ofNullable(answered());
    }

    private @Nullable MessageAnswer answered() {
        return switch (state) {
            case OPENED, SENDING -> null;
            case SENT, SETTLED ->
                new MessageAnswer.Sent(Objects.requireNonNull(message), Objects.requireNonNull(quote));
            case IN_DOUBT, UNRESOLVED -> new MessageAnswer.InDoubt(command, because);
            case DENIED -> new MessageAnswer.Denied(List.of(detail.split(" ")), because);
            case NOT_PAID ->
                new MessageAnswer.NotPaid(
                        amount(detail), Objects.requireNonNull(quote).price());
            case OPTED_OUT -> new MessageAnswer.OptedOut(because);
            case FAILED -> new MessageAnswer.Failed(because);
        };
    }

    /** The amount of a {@code Money.toString}. */
    static Money amount(String text) {
        int blank = text.indexOf(' ');
        return Money.of(text.substring(0, blank), text.substring(blank + 1));
    }

    private static void within(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(what + " has " + text.length() + " characters; allowed are " + longest);
        }
    }

    /** How far a text got. */
    public enum State {
        /** Somebody decides about it: nothing is sent yet. */
        OPENED,
        /** Its money is set aside; it is sent now, or somebody died over it. */
        SENDING,
        /** The carrier has it; what it costs in the end is not booked yet. */
        SENT,
        /** The carrier may have it; nobody knows. */
        IN_DOUBT,
        /** Sent and paid. */
        SETTLED,
        /** Refused by rules; nothing was sent. */
        DENIED,
        /** Not enough money; nothing was sent. */
        NOT_PAID,
        /** The recipient wants none; nothing was sent. */
        OPTED_OUT,
        /** The carrier refused it; nothing was sent. */
        FAILED,
        /** It was in doubt until the time for that was over. Nothing was paid. */
        UNRESOLVED;

        /** Whether nothing more comes by itself. */
        public boolean isFinal() {
            return this != OPENED && this != SENDING && this != SENT && this != IN_DOUBT;
        }
    }
}
