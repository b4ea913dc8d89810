package io.careflow.pstn.messagedesk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What comes after a text was sent: its price, its end, and what dead nodes left. Every step may be repeated. Thread-safe. */
final class MessageFollow {
    private static final int AT_ONCE = 500;

    private final MessageParts parts;

    MessageFollow(MessageParts parts) {
        this.parts = parts;
    }

    void changed(MessageStatusChanged event) {
        Optional<MessageEntry> found = parts.book().find(event.message());
        if (found.isEmpty()) {
            return;
        }
        MessageEntry entry = found.get();
        String code = event.errorCode();
        if (code != null && parts.settings().optOutCodes().contains(code)) {
            boolean unused = parts.optOuts()
                    .put(new OptChoice(
                            entry.from(), entry.to(), true, OptChoice.Source.CARRIER, code, event.occurredAt()));
        }
        if (entry.state() == State.SENT && isOver(event.status())) {
            try {
                boolean unused = settle(entry, false);
            } catch (RuntimeException e) {
                parts.listener().unsettled(entry, e);
            }
        }
    }

    int sweep() {
        MessageSettings times = parts.settings();
        return each(State.OPENED, times.stuckAfter(), this::neverSent)
                + each(State.SENDING, times.stuckAfter(), this::perhapsSent)
                + each(State.IN_DOUBT, times.doubtFor(), this::unresolved)
                + each(State.SENT, times.priceWithin(), entry -> settle(entry, true));
    }

    private int each(State state, Duration age, Predicate<MessageEntry> end) {
        int done = 0;
        for (MessageEntry entry : parts.book().stale(state, now().minus(age), AT_ONCE)) {
            try {
                done += end.test(entry) ? 1 : 0;
            } catch (RuntimeException e) {
                parts.listener().unsettled(entry, e);
            }
        }
        return done;
    }

    private boolean neverSent(MessageEntry entry) {
        String because = "its node stopped before it was sent; nothing was sent";
        boolean mine = parts.book().change(entry.become(State.FAILED, "", because, now()));
        if (mine) {
            parts.lost(entry, because);
        }
        return mine;
    }

    private boolean perhapsSent(MessageEntry entry) {
        return parts.book().change(entry.become(State.IN_DOUBT, "", "its node stopped while it was sent", now()));
    }

    /** What the guard counted stays counted: it may have been spent. */
    private boolean unresolved(MessageEntry entry) {
        String because = entry.because() + "; nobody found out, so nothing is paid";
        boolean mine = parts.book().change(entry.become(State.UNRESOLVED, "", because, now()));
        if (mine) {
            parts.credit().release(entry.command(), because);
        }
        return mine;
    }

    /** The amount is decided in the book first, so that however many nodes do it, all book the same. */
    private boolean settle(MessageEntry entry, boolean last) {
        MessageEntry decided = entry;
        if (entry.detail().isEmpty()) {
            Due due = due(entry, last);
            if (due == null) {
                return false;
            }
            decided = entry.become(State.SENT, due.amount().toString(), due.because(), now());
            if (!parts.book().change(decided)) {
                return false;
            }
        }
        Money amount = MessageEntry.amount(decided.detail());
        parts.settle(decided, amount, decided.because());
        MessageEntry settled = decided.become(State.SETTLED, decided.detail(), decided.because(), now());
        boolean mine = parts.book().change(settled);
        if (mine) {
            parts.listener().settled(settled);
        }
        return mine;
    }

    private @Nullable Due due(MessageEntry entry, boolean last) {
        MessageQuote quote = Objects.requireNonNull(entry.quote());
        Message message;
        try {
            MessageRef ref = Objects.requireNonNull(entry.message());
            message = parts.pstn()
                    .get()
                    .provider(ref.provider())
                    .require(Messaging.class)
                    .fetch(ref)
                    .orElse(null);
        } catch (PstnException e) {
            boolean patient =
                    now().isBefore(entry.changedAt().plus(parts.settings().doubtFor()));
            return patient ? null : quoted(quote, "the carrier could not be asked for its price");
        }
        Money price = message == null ? null : message.price();
        boolean failed = message != null && message.status() == Message.Status.FAILED;
        if (failed && (price == null || parts.selling() != null)) {
            return new Due(Money.zero(quote.perPart().currency()), "it never left the carrier");
        }
        if (parts.selling() != null) {
            Integer billed = message == null ? null : message.segments();
            int count = billed == null || billed < 1 ? quote.segments().count() : billed;
            return last || (message != null && isOver(message.status()))
                    ? new Due(quote.price(count), MessageQuote.parts(count) + " at " + quote.perPart())
                    : null;
        }
        if (price == null || price.signum() < 0) {
            return last ? quoted(quote, "the carrier told no price") : null;
        }
        return price.currency().equals(quote.perPart().currency())
                ? new Due(price, "the carrier's price")
                : quoted(quote, "the carrier's price is " + price + ", in another currency");
    }

    private static Due quoted(MessageQuote quote, String because) {
        return new Due(quote.price(), "as quoted, as " + because);
    }

    private static boolean isOver(Message.Status status) {
        return status == Message.Status.DELIVERED
                || status == Message.Status.UNDELIVERED
                || status == Message.Status.FAILED;
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private record Due(Money amount, String because) {}
}
