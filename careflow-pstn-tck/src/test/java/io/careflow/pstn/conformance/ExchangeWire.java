package io.careflow.pstn.conformance;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The carrier of an {@link Exchange}. */
final class ExchangeWire implements Wire {
    static final Secret API_KEY = Secret.of("exchange-api-key-55e0");
    static final Secret WEBHOOK_KEY = Secret.of("exchange-webhook-key-18ac");

    private final FakeCarrier carrier = new FakeCarrier();
    private final Set<Situation> waived;

    ExchangeWire(Set<Situation> waived) {
        this.waived = waived;
    }

    URI uri() {
        return carrier.uri();
    }

    @Override
    public void arrange(Operation operation, Situation situation) {
        carrier.reset();
        boolean done = switch (situation) {
            case SERVER_ERROR_AFTER_ACCEPTING, LOST_REPLY_BUT_DONE, TRUNCATED_BODY -> true;
            default -> false;
        };
        boolean ordering = operation == Operation.NUMBER_ORDER;
        FakeReply shown = done || !ordering ? FakeReply.json(200, number(operation, "active")) : refusal(404, "none");
        carrier.on("GET", "/numbers/*", shown);
        String method = switch (operation) {
            case NUMBER_ORDER -> "POST";
            case NUMBER_CONFIGURE -> "PATCH";
            case NUMBER_RELEASE -> "DELETE";
            default -> "GET";
        };
        FakeReply right = FakeReply.json(200, answer(operation, "active"));
        switch (situation) {
            case SUCCESS -> carrier.on(method, "**", right);
            case UNKNOWN_FIELDS -> carrier.on(method, "**", FakeReply.json(200, odd(operation)));
            case UNKNOWN_STATUS_TEXT ->
                carrier.on(method, "**", FakeReply.json(200, answer(operation, UNKNOWN_STATUS)));
            case NOT_FOUND -> carrier.on(method, "**", absent(operation));
            case NUMBER_TAKEN -> carrier.on(method, "**", refusal(409, "taken"));
            case CREDENTIALS_REJECTED -> carrier.on("*", "**", refusal(401, "key"));
            case INSUFFICIENT_FUNDS -> carrier.on(method, "**", refusal(402, "funds"));
            case THROTTLED -> carrier.on(method, "**", refusal(429, "slow"));
            case THROTTLED_WITH_RETRY_AFTER ->
                carrier.on(method, "**", refusal(429, "slow").header("Retry-After", "" + RETRY_AFTER.toSeconds()));
            case SERVER_ERROR, SERVER_ERROR_AFTER_ACCEPTING -> carrier.on(method, "**", refusal(500, "oops"));
            case SERVER_ERROR_ONCE -> carrier.on(method, "**", refusal(503, "oops"), right);
            case LOST_REPLY_BUT_DONE, LOST_REPLY_NOT_FOUND -> carrier.on(method, "**", FakeReply.lost());
            case READ_TIMEOUT_AFTER_SENDING -> carrier.on(method, "**", FakeReply.silence());
            case CONNECTION_REFUSED -> carrier.refuse();
            case TRUNCATED_BODY -> carrier.on(method, "**", right.brokenOff());
            case HTML_ERROR_PAGE -> carrier.on(method, "**", FakeReply.html(502, "<p>" + secrets()));
            case THREE_PAGES_WITH_A_CHANGE_BETWEEN -> carrier.on("GET", "/numbers", this::page);
        }
    }

    @Override
    public List<SentRequest> sent() {
        return carrier.requests();
    }

    @Override
    public List<String> listed(Operation operation) {
        return Stream.of(1, 2, 3, 4, 5, 6).map(ExchangeWire::listed).toList();
    }

    @Override
    public WebhookRequest webhook(WebhookSituation situation) {
        String body = "{\"id\": \"e-1\", \"type\": \"message\", \"at\": \"2026-03-01T08:00:00Z\"}";
        String strange = body.replace("message", "levitation");
        return switch (situation) {
            case GENUINE -> signed(body, body, WEBHOOK_KEY);
            case UNKNOWN_EVENT -> signed(strange, strange, WEBHOOK_KEY);
            case FORGED -> signed(body, body, Secret.of("another"));
            case ALTERED_BODY -> signed(body.replace("e-1", "e-2"), body, WEBHOOK_KEY);
            case UNSIGNED -> WebhookRequest.post("https://app.example.org/hook", body);
            case STALE -> throw new IllegalArgumentException("no time is signed");
        };
    }

    @Override
    public Set<String> secrets() {
        return Set.of(API_KEY.reveal(), WEBHOOK_KEY.reveal());
    }

    @Override
    public Optional<String> cannot(Operation operation, Situation situation) {
        return waived.contains(situation) ? Optional.of("our carrier is better") : Optional.empty();
    }

    @Override
    public Optional<String> cannot(WebhookSituation situation) {
        return situation == WebhookSituation.STALE ? Optional.of("no time is signed") : Optional.empty();
    }

    @Override
    public void close() {
        carrier.close();
    }

    private FakeReply page(SentRequest request) {
        if (request.target().endsWith("page=2")) {
            return pageOf("/numbers?page=3", 2, 3, 4);
        }
        return request.target().endsWith("page=3") ? pageOf("", 5, 6) : pageOf("/numbers?page=2", 1, 2);
    }

    private FakeReply pageOf(String next, Integer... numbers) {
        String items = Stream.of(numbers)
                .map(number -> number(listed(number), "active"))
                .collect(Collectors.joining(", "));
        return FakeReply.json(200, "{\"numbers\": [" + items + "], \"next\": \"" + next + "\"}");
    }

    private static String listed(int number) {
        return "+1416555010" + number;
    }

    private String odd(Operation operation) {
        return answer(operation, "active").replaceFirst("}$", ", \"x_new\": {\"a\": [1, null]}, \"x_none\": null}");
    }

    private String answer(Operation operation, String status) {
        return switch (operation) {
            case ACCOUNT_BALANCE -> "{\"balance\": " + samples().balance().amount() + ", \"currency\": \"USD\"}";
            case NUMBER_SEARCH, NUMBER_LIST -> "{\"numbers\": [" + number(operation, status) + "]}";
            default -> number(operation, status);
        };
    }

    private String number(Operation operation, String status) {
        boolean other = operation == Operation.NUMBER_ORDER || operation == Operation.NUMBER_SEARCH;
        return number((other ? samples().available() : samples().owned()).e164(), status);
    }

    private static String number(String e164, String status) {
        return "{\"number\": \"" + e164 + "\", \"id\": \"id" + e164 + "\", \"status\": \"" + status + "\"}";
    }

    private static FakeReply absent(Operation operation) {
        return operation == Operation.NUMBER_SEARCH || operation == Operation.NUMBER_LIST
                ? FakeReply.json(200, "{\"numbers\": []}")
                : refusal(404, "none");
    }

    private static FakeReply refusal(int status, String code) {
        return FakeReply.json(status, "{\"code\": \"" + code + "\"}");
    }

    private static WebhookRequest signed(String body, String signedBody, Secret key) {
        String signature = ExchangeWebhooks.sign(signedBody.getBytes(StandardCharsets.UTF_8), key);
        return WebhookRequest.post("https://app.example.org/hook", body).header("X-Signature", signature);
    }
}
