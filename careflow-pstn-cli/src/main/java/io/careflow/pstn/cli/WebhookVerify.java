package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn webhook verify}. */
@Command(
        name = "verify",
        description = {
            "Checks a captured webhook as the application would, and shows its events. Asks nobody.",
            "The file is the request as it arrived: request line, headers, an empty line, the body byte for byte."
        },
        footer = {"", "Example:", "  pstn webhook verify request.http --url https://pbx.example.org/voice?tenant=7"})
final class WebhookVerify implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The captured request.")
    private @Nullable Path file;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The public URL as the provider called it, with its query. Else https:// with the Host header.")
    private @Nullable String url;

    WebhookVerify(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CapturedRequest captured = read(session.path(Typed.required(file)));
        WebhookRequest request = captured.at(url);
        // A carrier whose webhooks are part of an application wants to know where that is; here it is known already.
        session.assume("public-url", request.url().replaceFirst("^(\\w+://[^/?#]+).*", "$1"));
        int[] exit = {ExitCode.OK};
        session.read(Webhooks.class, (provider, webhooks) -> {
            captured.announced().ifPresent(length -> {
                if (length != captured.length()) {
                    session.screen()
                            .note("The body has " + captured.length() + " bytes, the request announces " + length
                                    + ": an editor may have changed the file.");
                }
            });
            Delivery delivery = webhooks.receive(request);
            if (delivery instanceof Delivery.Trusted trusted) {
                trusted(trusted, request);
            } else if (delivery instanceof Delivery.Refused refused) {
                refused(refused, request);
                exit[0] = ExitCode.NO;
            }
        });
        return exit[0];
    }

    private void trusted(Delivery.Trusted trusted, WebhookRequest request) {
        ObjectNode result = result(true, request);
        List<JsonNode> events =
                trusted.events().stream().map(WebhookVerify::event).toList();
        result.putArray("events").addAll(events);
        if (session.screen().isJson()) {
            session.screen().document(result);
            return;
        }
        session.screen().line("Verified: " + shown(request));
        if (events.isEmpty()) {
            session.screen().line("It tells nothing.");
        }
        for (JsonNode event : events) {
            session.screen().line("");
            session.screen().one(event);
        }
    }

    private void refused(Delivery.Refused refused, WebhookRequest request) {
        ObjectNode result = result(false, request);
        result.put("reason", refused.reason().name()).put("explanation", refused.explanation());
        session.screen()
                .said(
                        result,
                        "Refused, " + refused.reason() + ": " + Values.printable(refused.explanation())
                                + "\nChecked as " + shown(request)
                                + "; if the provider called another URL, give it with --url.");
    }

    private static ObjectNode result(boolean verified, WebhookRequest request) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("verified", verified)
                .put("method", request.method())
                .put("url", withoutQuery(request));
    }

    private static JsonNode event(PstnEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("event", event.getClass().getSimpleName());
        if (Values.json(event) instanceof ObjectNode fields) {
            node.setAll(fields);
        }
        return node;
    }

    private static String shown(WebhookRequest request) {
        return Values.printable(request.method() + " " + withoutQuery(request));
    }

    /** A query may hold a token. */
    private static String withoutQuery(WebhookRequest request) {
        return request.url().replaceFirst("[?#].*", "?...");
    }

    private static CapturedRequest read(Path file) {
        try {
            return CapturedRequest.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BadUsage("file " + file + " cannot be read; expected a captured HTTP request", e);
        }
    }
}
