package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import java.util.Objects;
import java.util.Optional;

/**
 * Texts with guard, credit, price and opt-out. A wish is decided, its whole price is set aside, the carrier of the sender's number gets
 * it once, and what was set aside is settled to what it cost. However often a command is given, on however many nodes, one text is sent.
 *
 * <p>A text leaves by the carrier that has its sender's number and by no other, so there is no second carrier to try: what the first
 * refuses has failed. What is in doubt is never sent again. The text itself is kept nowhere.
 *
 * <p>Keeps nothing but what is in its book, so any node of the application can go on with any text. Thread-safe.
 */
public final class MessageDesk {
    private final MessageParts parts;
    private final MessageDispatch dispatch;
    private final MessageFollow follow;
    private final InboundTexts inbound;

    MessageDesk(MessageParts parts) {
        this.parts = parts;
        this.dispatch = new MessageDispatch(parts);
        this.follow = new MessageFollow(parts);
        this.inbound = new InboundTexts(parts, dispatch);
    }

    /** Begins a desk. */
    public static MessageDeskBuilder builder() {
        return new MessageDeskBuilder();
    }

    /**
     * What a wish would cost. Sends and keeps nothing; the same wish may then be sent.
     *
     * @return empty if the price is not known; it would be denied
     * @throws IllegalArgumentException if the sender is no number of the tenant
     * @throws io.careflow.pstn.error.PstnException if the carrier could not be asked
     */
    public Optional<MessageQuote> quote(MessageWish wish) {
        Did did = parts.sender(wish)
                .orElseThrow(() ->
                        new IllegalArgumentException("sender is " + wish.from() + "; expected a number of the tenant"));
        return parts.quote(wish, did);
    }

    /**
     * Sends a text, once. Returns as soon as the carrier has taken it, or it is clear that it will not.
     *
     * @return what became of it; failures of carriers are answers too. What the book throws is thrown on: nothing was sent then
     */
    public MessageAnswer send(MessageWish wish) {
        return dispatch.send(wish, false);
    }

    /**
     * Takes in what carriers tell: texts that came in, with the choices in them, and what became of texts that were sent, whose price is
     * fetched at their end. Other events are none of its business. What a store throws is thrown on, so that the carrier tells it again.
     */
    public void accept(PstnEvent event) {
        if (event instanceof MessageReceived received) {
            inbound.received(received);
        } else if (event instanceof MessageStatusChanged changed) {
            follow.changed(changed);
        }
    }

    /**
     * Ends what was left by nodes that died, by carriers that told no price, and by doubts that nobody resolved. Call it every minute, on
     * any node or all.
     *
     * @return how many lines of the book it moved on
     */
    public int sweep() {
        return follow.sweep();
    }

    /**
     * Somebody found out that a text in doubt was sent, such as in the carrier's console. It is settled by the next sweeps.
     *
     * @return false if it is not in doubt
     */
    public boolean wasSent(CommandId command, MessageRef message) {
        Objects.requireNonNull(message, "message");
        return doubtful(command)
                .filter(entry ->
                        parts.book().change(entry.sent(message, parts.clock().instant())))
                .isPresent();
    }

    /**
     * Somebody found out that a text in doubt was not sent. Nothing is paid for it; it may be wished again under another key.
     *
     * @return false if it is not in doubt
     */
    public boolean wasNotSent(CommandId command, String because) {
        Optional<MessageEntry> mine = doubtful(command)
                .filter(entry -> parts.book()
                        .change(entry.become(
                                State.FAILED, "", because, parts.clock().instant())));
        mine.ifPresent(entry -> parts.free(entry, because));
        return mine.isPresent();
    }

    private Optional<MessageEntry> doubtful(CommandId command) {
        return parts.book()
                .find(command)
                .filter(entry -> entry.state() == State.IN_DOUBT || entry.state() == State.UNRESOLVED);
    }
}
