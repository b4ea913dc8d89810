package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What became of a wish to send a text. Only {@link Sent} says that the carrier has it. */
public sealed interface MessageAnswer {

    /**
     * The carrier has taken it. What becomes of it arrives as events.
     *
     * @param message the text at its carrier
     * @param quote what was set aside for it; settled when the price is known
     */
    record Sent(MessageRef message, MessageQuote quote) implements MessageAnswer {
        public Sent {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(quote, "quote");
        }
    }

    /**
     * Refused by rules. Nothing was sent.
     *
     * @param rules ids of every rule that refused, at least one: those of {@link io.careflow.pstn.guard.GuardRule}, and the desk's own
     *     {@code sender}, {@code carrier}, {@code rate}, {@code credit}, {@code undecided}
     * @param because for people
     */
    record Denied(List<String> rules, String because) implements MessageAnswer {
        public Denied {
            rules = List.copyOf(rules);
            Objects.requireNonNull(because, "because");
            if (rules.isEmpty()) {
                throw new IllegalArgumentException("rules are none; expected those that refused");
            }
        }
    }

    /**
     * There is not enough money. Nothing was sent.
     *
     * @param available what could be spent
     * @param asked what it would cost
     */
    record NotPaid(Money available, Money asked) implements MessageAnswer {}

    /**
     * The recipient wants no texts from this number, as they said or as the carrier says. Nothing was sent.
     *
     * @param because for people
     */
    record OptedOut(String because) implements MessageAnswer {}

    /**
     * The carrier may have sent it. It is never sent again; its money stays set aside until somebody finds out, or the time for that
     * is over.
     *
     * @param command the command
     * @param because what is not known
     */
    record InDoubt(CommandId command, String because) implements MessageAnswer {}

    /**
     * The carrier refused it, or could not be reached. Nothing was sent, and nothing is paid; another wish may be made.
     *
     * @param because for people
     */
    record Failed(String because) implements MessageAnswer {}

    /**
     * The command was given before. Nothing was done now.
     *
     * @param earlier how it stands
     */
    record Repeated(MessageEntry earlier) implements MessageAnswer {
        /** The answer that it was given before, or that it is due by now; empty while somebody works on it. */
        public Optional<MessageAnswer> first() {
            return earlier.answer();
        }
    }

    /**
     * The command was given before, for something else. Nothing was done now.
     *
     * @param command the command
     */
    record Conflicting(CommandId command) implements MessageAnswer {}
}
