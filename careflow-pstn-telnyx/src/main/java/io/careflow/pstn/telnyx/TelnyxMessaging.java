package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Option;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.message.SmsSegments;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text messages (https://developers.telnyx.com/docs/messaging). Telnyx keeps no key of ours and lists no messages, so one whose
 * answer was lost stays in doubt: it is neither sent again nor found. Thread-safe.
 */
final class TelnyxMessaging implements Messaging {
    static final Set<Option<?>> OPTIONS = Set.of(TelnyxOptions.SENDER_NAME);
    private static final String SEND = "message.send";
    private static final int MOST_PARTS = 10;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");

    private final TelnyxClient client;
    private final Commands<MessageRequest, Message> commands;

    TelnyxMessaging(TelnyxClient client) {
        this.client = client;
        this.commands = new Commands<>(client.id(), SEND, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Message send(MessageRequest request) {
        HttpCall call = client.with(HttpCall.of(SEND, "POST", "messages"), form(request));
        return commands.once(
                request.commandId(), request, () -> message(client.data(call)), TelnyxMessaging::unknowable);
    }

    @Override
    public Optional<Message> fetch(MessageRef message) {
        boolean ours = message.provider().equals(client.id())
                && ID.matcher(message.id()).matches();
        return ours
                ? client.find(HttpCall.of("message.fetch", "GET", "messages", message.id()))
                        .map(this::message)
                : Optional.empty();
    }

    private ObjectNode form(MessageRequest request) {
        TelnyxOptions.requireKnown(client.id(), SEND, request.options(), OPTIONS);
        int parts = SmsSegments.of(request.text()).count();
        if (parts > MOST_PARTS) {
            throw new InvalidRequest(Failure.of(
                    client.id(),
                    SEND,
                    Effect.NONE,
                    "the text has " + parts + " parts; Telnyx sends at most " + MOST_PARTS));
        }
        ObjectNode body = client.object();
        String name = TelnyxOptions.value(request.options(), TelnyxOptions.SENDER_NAME);
        if (name == null) {
            body.put("from", request.from().e164());
        } else {
            body.put("from", checked(name)).put("messaging_profile_id", profile());
        }
        body.put("to", request.to().e164()).put("text", request.text()).put("type", "SMS");
        client.webhookUrl().ifPresent(url -> body.put("webhook_url", url.toString()));
        return body;
    }

    private String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw unsupported(
                    "this value of option " + TelnyxOptions.SENDER_NAME.name(),
                    "1 to 11 letters, digits and blanks with a letter among them");
        }
        return name;
    }

    private String profile() {
        String profile = client.settings().messagingProfile();
        if (profile == null) {
            throw unsupported(
                    "option " + TelnyxOptions.SENDER_NAME.name() + " without a messaging profile",
                    "the option where TelnyxBuilder.messagingProfile is set");
        }
        return profile;
    }

    private Message message(Fields fields) {
        Optional<Fields> to = fields.list("to").stream().findFirst();
        String raw =
                to.flatMap(first -> first.text("status")).orElseThrow(() -> fields.wrong("to", "a list with a status"));
        return new Message(
                new MessageRef(client.id(), fields.requireText("id")),
                fields.object("from").flatMap(from -> from.text("phone_number")).orElse(""),
                to.flatMap(first -> first.text("phone_number")).orElse(""),
                MessageHooks.status(raw),
                raw,
                fields.integer("parts").stream().boxed().findFirst().orElse(null),
                fields.object("cost")
                        .flatMap(cost -> cost.money("amount", "currency"))
                        .orElse(null),
                fields.list("errors").stream()
                        .flatMap(error -> error.text("code").stream())
                        .findFirst()
                        .orElse(null),
                fields.instant("sent_at").orElse(null));
    }

    private static Message unknowable(Commands.Doubt doubt) {
        PstnException lost = doubt.failure();
        Failure facts = lost.failure();
        Failure failure = new Failure(
                facts.provider(),
                facts.operation(),
                Effect.UNKNOWN,
                facts.reason()
                        + "; Telnyx knows no key of ours by which it could be looked up, so it is not sent again",
                facts.code(),
                facts.httpStatus(),
                facts.requestId(),
                facts.retryAfter());
        throw lost instanceof ProtocolError ? new ProtocolError(failure, lost) : new ProviderUnavailable(failure, lost);
    }

    private UnsupportedFeature unsupported(String what, String supported) {
        return new UnsupportedFeature(client.id(), SEND, what, List.of(supported));
    }
}
