package io.careflow.guide;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

// snippet: webhook-endpoint
/** Hands everything that arrives below the public URL to the provider, byte for byte. */
final class WebhookEndpoint implements HttpHandler {
    private static final int LARGEST = 1_000_000;

    private final Webhooks webhooks;
    private final String publicHost; // scheme, host and port as the carrier sees them: https://phone.example.org

    WebhookEndpoint(PstnProvider provider, String publicHost) {
        this.webhooks = provider.require(Webhooks.class);
        this.publicHost = publicHost;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        String url = publicHost + exchange.getRequestURI(); // not decoded
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
        WebhookReply reply = webhooks.answer(new WebhookRequest(exchange.getRequestMethod(), url, headers, body));
        if (reply.contentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        byte[] answer = reply.bytes();
        exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
// end
