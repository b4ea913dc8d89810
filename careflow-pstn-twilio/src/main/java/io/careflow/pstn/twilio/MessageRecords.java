package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.SmsSegments;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's message resource. */
final class MessageRecords {
    private final ProviderId provider;

    MessageRecords(ProviderId provider) {
        this.provider = provider;
    }

    Message message(Fields fields) {
        String raw = fields.requireText("status");
        return new Message(
                new MessageRef(provider, fields.requireText("sid")),
                // A messaging service chooses its sender later.
                fields.text("from")
                        .or(() -> fields.text("messaging_service_sid"))
                        .orElse(""),
                fields.text("to").orElse(""),
                status(raw),
                raw,
                segments(fields),
                CallRecords.price(fields),
                fields.text("error_code").orElse(null),
                fields.instant("date_sent").orElse(null));
    }

    static Message.Status status(String raw) {
        return switch (raw) {
            case "accepted", "scheduled", "queued", "sending" -> Message.Status.QUEUED;
            case "sent" -> Message.Status.SENT;
            case "delivered", "read" -> Message.Status.DELIVERED;
            case "undelivered" -> Message.Status.UNDELIVERED;
            case "failed", "canceled" -> Message.Status.FAILED;
            case "receiving", "received" -> Message.Status.RECEIVED;
            default -> Message.Status.OTHER;
        };
    }

    // Twilio says 0 until a messaging service has chosen its sender.
    private static @Nullable Integer segments(Fields fields) {
        int told = fields.integer("num_segments").orElse(0);
        if (told > 0) {
            return told;
        }
        return fields.text("body").map(text -> SmsSegments.of(text).count()).orElse(null);
    }
}
