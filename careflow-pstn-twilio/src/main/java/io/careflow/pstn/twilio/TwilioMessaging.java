package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.careflow.pstn.Option;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text messages over Twilio (https://www.twilio.com/docs/messaging/api/message-resource). Thread-safe. */
final class TwilioMessaging implements Messaging {
    private static final String SEND = "message.send";
    private static final Set<Option<?>> OPTIONS = Set.of(TwilioOptions.MESSAGING_SERVICE_SID);
    private static final int LISTED = 100;

    private final TwilioClient client;
    private final @Nullable Callbacks callbacks;
    private final MessageRecords records;
    private final Commands<MessageRequest, io.careflow.pstn.message.Message> commands;

    TwilioMessaging(TwilioClient client, @Nullable Callbacks callbacks) {
        this.client = client;
        this.callbacks = callbacks;
        this.records = new MessageRecords(client.id());
        this.commands = new Commands<>(client.id(), SEND, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public io.careflow.pstn.message.Message send(MessageRequest request) {
        check(request);
        return commands.once(
                request.commandId(),
                request,
                () -> records.message(client.json(SEND, creator(request)::create)),
                doubt -> lookUp(request, doubt));
    }

    @Override
    public Optional<io.careflow.pstn.message.Message> fetch(MessageRef message) {
        String sid = new Ids(client.id()).message("message.fetch", message);
        return client.find("message.fetch", rest -> Message.fetcher(sid).fetch(rest))
                .map(records::message);
    }

    private void check(MessageRequest request) {
        TwilioOptions.requireKnown(client.id(), SEND, request.options(), OPTIONS);
        service(request).filter(sid -> !Sid.is("MG", sid)).ifPresent(sid -> {
            throw unsupported("this value of option 'twilio.messaging-service-sid'", "'MG' and 32 hexadecimal digits");
        });
    }

    private MessageCreator creator(MessageRequest request) {
        PhoneNumber to = new PhoneNumber(request.to().e164());
        MessageCreator form = service(request)
                .map(sid -> Message.creator(to, sid, request.text()))
                .orElseGet(
                        () -> Message.creator(to, new PhoneNumber(request.from().e164()), request.text()));
        if (callbacks != null) {
            form.setStatusCallback(callbacks.message());
        }
        return form;
    }

    private io.careflow.pstn.message.Message lookUp(MessageRequest request, Commands.Doubt doubt) {
        LostAnswer lost = new LostAnswer(doubt, "message");
        return records.message(lost.find(
                () -> listed(request),
                () -> commands.results().stream()
                        .map(message -> message.ref().id())
                        .collect(Collectors.toSet()),
                () -> rivals(request, lost.rivalsSince())));
    }

    private int rivals(MessageRequest request, Instant since) {
        return (int) commands.unsettled(request.commandId(), since).stream()
                .filter(rival -> rival.to().equals(request.to()) && rival.text().equals(request.text()))
                .count();
    }

    // Twilio lists the newest first. Spaces at the ends may get lost on the way, so they do not count.
    private List<Fields> listed(MessageRequest request) {
        Request list = new Request(
                HttpMethod.GET, Domains.API.toString(), "/2010-04-01/Accounts/" + client.account() + "/Messages.json");
        list.addQueryParam("To", request.to().e164());
        if (service(request).isEmpty()) {
            list.addQueryParam("From", request.from().e164());
        }
        list.addQueryParam("PageSize", Integer.toString(LISTED));
        String service = service(request).orElse("");
        return client.json("message.look-up", rest -> rest.request(list)).list("messages").stream()
                .filter(fields -> fields.text("direction").orElse("").equals("outbound-api"))
                .filter(fields -> fields.text("body")
                        .orElse("")
                        .strip()
                        .equals(request.text().strip()))
                .filter(fields -> service.isEmpty()
                        || fields.text("messaging_service_sid").orElse("").equals(service))
                .toList();
    }

    private UnsupportedFeature unsupported(String what, String supported) {
        return new UnsupportedFeature(client.id(), SEND, what, List.of(supported));
    }

    private static Optional<String> service(MessageRequest request) {
        return Optional.ofNullable(request.options().get(TwilioOptions.MESSAGING_SERVICE_SID))
                .map(String.class::cast);
    }
}
