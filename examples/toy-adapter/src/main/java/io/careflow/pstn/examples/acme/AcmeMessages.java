package io.careflow.pstn.examples.acme;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text messages through Acme. */
record AcmeMessages(ProviderId provider, HttpTransport http) implements Messaging {
    private static final Map<String, Message.Status> STATUSES =
            Map.of("queued", Message.Status.QUEUED, "delivered", Message.Status.DELIVERED);

    // snippet: adapter-operations
    @Override
    public Message send(MessageRequest request) {
        if (!request.options().isEmpty()) {
            throw new UnsupportedFeature(
                    provider, "message.send", "" + request.options().keySet(), List.of());
        }
        return message(http.send(HttpCall.of("message.send", "POST", "v1", "messages")
                .form("from", request.from().e164())
                .form("to", request.to().e164())
                .form("text", request.text())
                .header("Idempotency-Key", request.commandId().value())
                .idempotent()));
    }
    // end

    @Override
    public Optional<Message> fetch(MessageRef message) {
        HttpReply reply = http.send(HttpCall.of("message.fetch", "GET", "v1", "messages", message.id())
                .answeredBy(404));
        return reply.isSuccess() ? Optional.of(message(reply)) : Optional.empty();
    }

    private Message message(HttpReply reply) {
        Fields fields = reply.fields();
        String status = fields.requireText("status");
        return new Message(
                new MessageRef(provider, fields.requireText("id")),
                fields.requireText("from"),
                fields.requireText("to"),
                STATUSES.getOrDefault(status, Message.Status.OTHER),
                status,
                null,
                fields.money("price", "currency").orElse(null),
                fields.text("error").orElse(null),
                fields.instant("sent_at").orElse(null));
    }
}
