package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import java.net.URI;
import java.util.List;

/** Reads what comes in or becomes of text messages. Thread-safe. */
final class MessageHooks {
    private final ProviderId provider;

    MessageHooks(ProviderId provider) {
        this.provider = provider;
    }

    MessageReceived received(Hook hook) {
        Fields message = hook.payload();
        List<URI> media = message.list("media").stream()
                .flatMap(file -> file.uri("url").stream())
                .toList();
        return new MessageReceived(
                hook.id(),
                hook.occurredAt(),
                ref(message),
                message.requireObject("from").text("phone_number").orElse(""),
                ours(message.list("to")),
                message.text("text").orElse(""),
                media);
    }

    MessageStatusChanged changed(Hook hook) {
        Fields message = hook.payload();
        String status = message.list("to").stream()
                .flatMap(to -> to.text("status").stream())
                .findFirst()
                .orElseThrow(() -> message.wrong("to", "a list with a status"));
        String error = message.list("errors").stream()
                .flatMap(said -> said.text("code").stream())
                .findFirst()
                .orElse(null);
        return new MessageStatusChanged(hook.id(), hook.occurredAt(), ref(message), status(status), status, error);
    }

    /** A message's status, which Telnyx keeps for each recipient. */
    static Message.Status status(String raw) {
        return switch (raw) {
            case "queued", "sending" -> Message.Status.QUEUED;
            case "sent", "delivery_unconfirmed" -> Message.Status.SENT;
            case "delivered" -> Message.Status.DELIVERED;
            case "delivery_failed" -> Message.Status.UNDELIVERED;
            case "sending_failed", "expired" -> Message.Status.FAILED;
            case "received", "webhook_delivered" -> Message.Status.RECEIVED;
            default -> Message.Status.OTHER;
        };
    }

    /** Of a group the one whom Telnyx brought it to. */
    private static String ours(List<Fields> to) {
        return to.stream()
                .filter(each ->
                        each.text("status").filter("webhook_delivered"::equals).isPresent())
                .findFirst()
                .or(() -> to.stream().findFirst())
                .flatMap(each -> each.text("phone_number"))
                .orElse("");
    }

    private MessageRef ref(Fields message) {
        return new MessageRef(provider, message.requireText("id"));
    }
}
