package io.careflow.pstn.messagedesk;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.messagedesk.MessageClearance.Cleared;
import io.careflow.pstn.messagedesk.MessageClearance.Refused;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Takes one wish from the book to the carrier, once. Thread-safe. */
final class MessageDispatch {
    private final MessageParts parts;
    private final MessageClearance clearance;

    MessageDispatch(MessageParts parts) {
        this.parts = parts;
        this.clearance = new MessageClearance(parts);
    }

    MessageAnswer send(MessageWish wish, boolean despiteOptOut) {
        String fingerprint = TextFingerprint.of(wish);
        MessageBook.Opened opened = parts.book().open(MessageEntry.first(wish, fingerprint, now()));
        MessageEntry first = opened.entry();
        if (!opened.mine()) {
            return first.fingerprint().equals(fingerprint)
                    ? new MessageAnswer.Repeated(first)
                    : new MessageAnswer.Conflicting(wish.command());
        }
        MessageClearance.Decision decision = clearance.decide(wish, despiteOptOut);
        if (decision instanceof Refused refused) {
            return refuse(first, refused);
        } else if (decision instanceof Cleared cleared) {
            return send(wish, first, cleared);
        }
        throw new AssertionError(decision);
    }

    private MessageAnswer refuse(MessageEntry first, Refused refused) {
        MessageEntry next = first.become(refused.state(), refused.detail(), refused.because(), now());
        MessageQuote quote = refused.quote();
        MessageEntry whole = quote == null ? next : next.holding(quote, null);
        return written(first, last -> whole).answer().orElseThrow();
    }

    private MessageAnswer send(MessageWish wish, MessageEntry first, Cleared cleared) {
        MessageEntry sending = first.become(State.SENDING, "", "", now()).holding(cleared.quote(), cleared.ticket());
        boolean mine;
        try {
            mine = parts.book().change(sending);
        } catch (RuntimeException e) {
            parts.free(sending, "not sent");
            throw e;
        }
        if (!mine) {
            parts.free(sending, "not sent");
            return new MessageAnswer.Failed(
                    "it took so long to decide that the command was given up; nothing was sent");
        }
        return handOver(wish, sending, cleared);
    }

    private MessageAnswer handOver(MessageWish wish, MessageEntry sending, Cleared cleared) {
        Message taken;
        try {
            taken = cleared.messaging().send(wish.request());
        } catch (PstnException e) {
            return e.effect() == Effect.NONE ? refusedByCarrier(sending, e) : doubt(sending, text(e));
        } catch (RuntimeException e) {
            return doubt(sending, "the adapter failed: " + e.getClass().getSimpleName());
        }
        return kept(sending, last -> last.sent(taken.ref(), now()));
    }

    private MessageAnswer doubt(MessageEntry sending, String because) {
        return kept(sending, last -> last.become(State.IN_DOUBT, "", because, now()));
    }

    private MessageAnswer refusedByCarrier(MessageEntry sending, PstnException refusal) {
        boolean out = refusal instanceof NotPermitted no && no.why() == NotPermitted.Why.OPTED_OUT;
        parts.free(sending, "the carrier refused it");
        if (out) {
            String code = refusal.code().orElse("");
            parts.learn(new OptChoice(sending.from(), sending.to(), true, OptChoice.Source.CARRIER, code, now()));
        }
        State state = out ? State.OPTED_OUT : State.FAILED;
        return kept(sending, last -> last.become(state, "", text(refusal), now()));
    }

    /** The carrier has spoken, so the answer is true whether it could be written or not; a sweep finds what was not. */
    private MessageAnswer kept(MessageEntry sending, UnaryOperator<MessageEntry> next) {
        try {
            return written(sending, next).answer().orElseThrow();
        } catch (RuntimeException e) {
            return next.apply(sending).answer().orElseThrow();
        }
    }

    /** Writes what is known now, also over the doubt of a sweep that took this node for dead. */
    private MessageEntry written(MessageEntry mine, UnaryOperator<MessageEntry> next) {
        MessageEntry told = next.apply(mine);
        if (parts.book().change(told)) {
            return told;
        }
        Optional<MessageEntry> last = parts.book()
                .find(mine.command())
                .filter(found -> found.state() == State.IN_DOUBT || found.state() == State.UNRESOLVED);
        boolean unused = last.isPresent() && parts.book().change(next.apply(last.get()));
        return told;
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private static String text(PstnException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
