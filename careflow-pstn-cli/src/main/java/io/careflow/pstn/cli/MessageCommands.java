package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.message.SmsSegments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn message}. */
final class MessageCommands {
    private MessageCommands() {}

    @Command(
            name = "send",
            description = "Sends a text message. Costs money for each of its parts: shows the price, and asks.",
            footer = {
                "",
                "Example:",
                "  pstn message send --from +14165550100 --to +14165550199 'Your appointment is at nine.' --yes"
            })
    static final class Send implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "TEXT", description = "1 to 1600 characters.")
        private String text = "";

        @Option(names = "--from", required = true, paramLabel = "NUMBER", description = "A number of this account.")
        private @Nullable PhoneNumber from;

        @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "The recipient, in E.164.")
        private @Nullable PhoneNumber to;

        @Mixin
        private VendorOptions vendor = new VendorOptions();

        @Mixin
        private Named named = new Named();

        @Mixin
        private Consent consent = new Consent();

        Send(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.change(Messaging.class, consent, (provider, messages) -> {
                CommandId id = named.id(session);
                MessageRequest request = new MessageRequest(
                        id, TenantId.DEFAULT, Typed.required(from), Typed.required(to), text, vendor.of(messages));
                session.requirePossible(consent, request);
                SmsSegments parts = SmsSegments.of(text);
                Map<String, @Nullable Object> facts = new LinkedHashMap<>();
                facts.put("from", request.from());
                facts.put("to", request.to());
                facts.put("text", text);
                facts.put("parts", parts.count());
                facts.put("encoding", parts.encoding());
                return Plan.to(
                                "message.send",
                                "Send a message to " + request.to() + " from " + request.from() + " in " + parts.count()
                                        + (parts.count() == 1 ? " part" : " parts"),
                                Typed.present(facts, request.options()),
                                "The provider's console, or its message list, shows whether it was sent",
                                () -> messages.send(request))
                        .costing(new MessageCost(
                                new Quotes(provider, session::withoutSecrets),
                                request.from(),
                                request.to(),
                                parts.count()))
                        .asking()
                        .as(id);
            });
        }
    }

    @Command(name = "show", description = "What became of a message.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the message.")
        private String id = "";

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.read(
                    Messaging.class,
                    (provider, messages) -> session.screen()
                            .one(messages.fetch(new MessageRef(provider.id(), id))
                                    .orElseThrow(() -> Answer.notFound("message " + id))));
        }
    }
}
