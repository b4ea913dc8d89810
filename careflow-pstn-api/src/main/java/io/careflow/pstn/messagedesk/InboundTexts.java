package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.messagedesk.MessageWords.Meaning;
import java.util.Optional;

/** Takes in what people send us: keeps their choices first, then tells and, if that is wanted, answers. Thread-safe. */
final class InboundTexts {
    private final MessageParts parts;
    private final MessageDispatch dispatch;

    InboundTexts(MessageParts parts, MessageDispatch dispatch) {
        this.parts = parts;
        this.dispatch = dispatch;
    }

    void received(MessageReceived event) {
        Meaning meaning = parts.words().meaning(event.text()).orElse(null);
        Optional<PhoneNumber> ours = number(event.to());
        Optional<PhoneNumber> theirs = number(event.from());
        if (meaning != null && meaning != Meaning.HELP && ours.isPresent() && theirs.isPresent()) {
            boolean unused = parts.optOuts()
                    .put(new OptChoice(
                            ours.get(),
                            theirs.get(),
                            meaning == Meaning.STOP,
                            OptChoice.Source.RECIPIENT,
                            event.text().strip(),
                            event.occurredAt()));
        }
        parts.listener().received(event, meaning);
        String reply = meaning == null ? null : parts.replies().get(meaning);
        if (reply != null && ours.isPresent() && theirs.isPresent()) {
            MessageAnswer unused = reply(event, ours.get(), theirs.get(), reply, meaning == Meaning.STOP)
                    .orElse(null);
        }
    }

    private Optional<MessageAnswer> reply(
            MessageReceived event, PhoneNumber ours, PhoneNumber theirs, String text, boolean despiteOptOut) {
        CommandId command =
                new CommandId("reply:" + TextFingerprint.hash(event.message().toString()));
        return parts.directory()
                .did(ours)
                .map(did -> dispatch.send(
                        MessageWish.of(command, did.tenant(), payer(did), ours, theirs, text), despiteOptOut));
    }

    private static String payer(Did did) {
        return did.owner() == null ? "replies" : did.owner().id();
    }

    /** Short codes and names send texts too, but nobody can text them back. */
    private static Optional<PhoneNumber> number(String text) {
        try {
            return Optional.of(new PhoneNumber(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
