package io.careflow.pstn.examples.acme;

import io.careflow.pstn.Secret;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.Situation;
import io.careflow.pstn.tck.WebhookSituation;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Acme, as its documentation says it answers, and as it answers on bad days. */
final class AcmeWire implements Wire {
    static final Secret API_KEY = Secret.of("acme-api-key-7f3b");
    static final Secret WEBHOOK_KEY = Secret.of("acme-webhook-key-91c2");
    private static final String ODD = ", \"x_new\": {\"a\": [1, null, \"b\"]}, \"x_text\": \"t\", \"x_none\": null}";

    private final FakeCarrier acme = new FakeCarrier();

    URI uri() {
        return acme.uri();
    }

    // snippet: adapter-wire
    @Override
    public void arrange(Operation operation, Situation situation) {
        acme.reset();
        String method = operation.isWrite() ? "POST" : "GET";
        FakeReply right = FakeReply.json(200, answer(operation, "delivered"));
        switch (situation) {
            case CONNECTION_REFUSED -> acme.refuse();
            case SERVER_ERROR_ONCE -> acme.on(method, "**", refusal(503, "oops"), right);
            case TRUNCATED_BODY -> acme.on(method, "**", right.brokenOff());
            default -> acme.on(method, "**", reply(operation, situation));
        }
    }
    // end

    private FakeReply reply(Operation operation, Situation situation) {
        return switch (situation) {
            case SUCCESS -> FakeReply.json(200, answer(operation, "delivered"));
            case UNKNOWN_FIELDS -> FakeReply.json(200, withMore(operation));
            case UNKNOWN_STATUS_TEXT -> FakeReply.json(200, answer(operation, UNKNOWN_STATUS));
            case NOT_FOUND -> refusal(404, "unknown");
            case CREDENTIALS_REJECTED -> refusal(401, "bad_key");
            case INSUFFICIENT_FUNDS -> refusal(402, "no_funds");
            case THROTTLED -> refusal(429, "slow_down");
            case THROTTLED_WITH_RETRY_AFTER ->
                refusal(429, "slow_down").header("Retry-After", String.valueOf(RETRY_AFTER.toSeconds()));
            case SERVER_ERROR, SERVER_ERROR_AFTER_ACCEPTING -> refusal(500, "oops");
            case LOST_REPLY_BUT_DONE, LOST_REPLY_NOT_FOUND -> FakeReply.lost();
            case READ_TIMEOUT_AFTER_SENDING -> FakeReply.silence();
            case HTML_ERROR_PAGE -> FakeReply.html(502, "<h1>Bad gateway</h1>" + secrets());
            default -> throw new IllegalArgumentException("Acme cannot: " + situation);
        };
    }

    @Override
    public List<SentRequest> sent() {
        return acme.requests();
    }

    @Override
    public Optional<String> idempotencyKey(SentRequest request) {
        return request.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Idempotency-Key"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public List<String> listed(Operation operation) {
        throw new IllegalArgumentException("Acme lists nothing, not even for " + operation);
    }

    @Override
    public WebhookRequest webhook(WebhookSituation situation) {
        String body = """
                {"id": "e-1", "type": "message.received", "at": "2026-03-01T08:00:00Z", "message": "m-9",
                 "from": "+14165550199", "to": "+14165550142", "text": "Yes, I will come."}""";
        String strange = body.replace("message.received", "message.levitated");
        return switch (situation) {
            case GENUINE -> post(body, signature(body, WEBHOOK_KEY));
            case UNKNOWN_EVENT -> post(strange, signature(strange, WEBHOOK_KEY));
            case FORGED -> post(body, signature(body, Secret.of("another key")));
            case ALTERED_BODY -> post(body.replace("Yes", "yes"), signature(body, WEBHOOK_KEY));
            case UNSIGNED -> WebhookRequest.post("https://app.example.org/acme", body);
            case STALE -> throw new IllegalArgumentException("Acme signs no time");
        };
    }

    @Override
    public Optional<String> cannot(WebhookSituation situation) {
        return situation == WebhookSituation.STALE ? Optional.of("Acme signs no time") : Optional.empty();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(API_KEY.reveal(), WEBHOOK_KEY.reveal());
    }

    @Override
    public void close() {
        acme.close();
    }

    private String answer(Operation operation, String status) {
        if (operation == Operation.ACCOUNT_BALANCE) {
            return "{\"balance\": \"" + samples().balance().amount() + "\", \"currency\": \"USD\"}";
        }
        return """
                {"id": "%s", "from": "%s", "to": "%s", "status": "%s", "price": "0.0079", "currency": "USD",
                 "sent_at": "2026-03-01T08:00:00Z"}""".formatted(
                        samples().messageId(),
                        samples().message().from(),
                        samples().message().to(),
                        status);
    }

    private String withMore(Operation operation) {
        return answer(operation, "delivered").replaceFirst("}$", ODD);
    }

    private static FakeReply refusal(int status, String code) {
        return FakeReply.json(status, "{\"code\": \"" + code + "\", \"message\": \"no\"}");
    }

    private static WebhookRequest post(String body, String signature) {
        return WebhookRequest.post("https://app.example.org/acme", body).header("X-Acme-Signature", signature);
    }

    private static String signature(String body, Secret key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
