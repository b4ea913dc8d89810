package io.careflow.pstn.telnyx;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.Situation;
import io.careflow.pstn.tck.WebhookSituation;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Telnyx, as its documentation says it answers, and as it answers on bad days. */
final class TelnyxWire implements Wire {
    static final Secret KEY = Secret.of("KEY0conformance-api-key-7f3b");

    private static final int OLD = 5;
    private static final Pattern COMMAND = Pattern.compile("\"command_id\":\"([^\"]+)\"");

    private final List<PstnEvent> heard = new CopyOnWriteArrayList<>();
    private final FakeCarrier telnyx = new FakeCarrier();
    private final Samples samples = new TelnyxSamples();
    private final List<Webhooks> told = new CopyOnWriteArrayList<>();
    private volatile String placed = "";
    private volatile @Nullable FakeTelnyx last;

    URI uri() {
        return telnyx.uri();
    }

    /** Tells these of calls that were placed, which the next operations then find answered. */
    void tell(Webhooks webhooks) {
        told.add(webhooks);
    }

    @Override
    public Samples samples() {
        return samples;
    }

    @Override
    public void arrange(Operation operation, Situation situation) {
        answer();
        telnyx.reset();
        FakeTelnyx account = account(operation, situation);
        last = account;
        telnyx.on("GET", "**", account::reply);
        writes(account, account::reply);
        switch (situation) {
            case SUCCESS, UNKNOWN_FIELDS, UNKNOWN_STATUS_TEXT -> {}
            case NOT_FOUND -> telnyx.on("*", "**", FakeTelnyx::unknown);
            case NUMBER_TAKEN -> hit(operation, account, FakeTelnyx.error(422, 85001));
            case CREDENTIALS_REJECTED -> telnyx.on("*", "**", FakeTelnyx.error(401, 10009));
            case INSUFFICIENT_FUNDS -> hit(operation, account, FakeTelnyx.error(403, 20100));
            case THROTTLED -> hit(operation, account, FakeTelnyx.error(429, 10011));
            case THROTTLED_WITH_RETRY_AFTER ->
                hit(
                        operation,
                        account,
                        FakeTelnyx.error(429, 10011).header("x-ratelimit-reset", "" + RETRY_AFTER.toSeconds()));
            case SERVER_ERROR, SERVER_ERROR_AFTER_ACCEPTING -> hit(operation, account, FakeTelnyx.error(500, 10007));
            case SERVER_ERROR_ONCE -> telnyx.on("GET", "**", first(FakeTelnyx.error(503, 10007), account::reply));
            case LOST_REPLY_BUT_DONE, LOST_REPLY_NOT_FOUND -> hit(operation, account, FakeReply.lost());
            case READ_TIMEOUT_AFTER_SENDING -> hit(operation, account, FakeReply.silence());
            case CONNECTION_REFUSED -> telnyx.refuse();
            case TRUNCATED_BODY -> breakOff(operation, account);
            case HTML_ERROR_PAGE ->
                hit(operation, account, FakeReply.html(502, "<html><h1>Bad gateway</h1>" + secrets() + "</html>"));
            case THREE_PAGES_WITH_A_CHANGE_BETWEEN -> pages(operation);
        }
    }

    @Override
    public List<SentRequest> sent() {
        return telnyx.requests();
    }

    @Override
    public List<String> listed(Operation operation) {
        List<String> ids = new ArrayList<>();
        for (int which = 1; which <= OLD; which++) {
            ids.add(
                    switch (operation) {
                        case TRUNK_LIST -> trunk(which);
                        case CDR_PULL -> call(which);
                        default -> number(which);
                    });
        }
        return ids;
    }

    @Override
    public Optional<String> cannot(Operation operation, Situation situation) {
        return operation == Operation.CALL_FETCH && situation == Situation.UNKNOWN_STATUS_TEXT
                ? Optional.of("Telnyx says only whether a call is alive")
                : Optional.empty();
    }

    /** Of Call Control: Telnyx drops a command whose id it has seen within a minute. */
    @Override
    public Optional<String> idempotencyKey(SentRequest request) {
        Matcher id = COMMAND.matcher(request.body());
        return id.find() ? Optional.of(id.group(1)) : Optional.empty();
    }

    @Override
    public WebhookRequest webhook(WebhookSituation situation) {
        Instant now = WireMockTelnyx.NOW;
        byte[] call = event("call.initiated").getBytes(StandardCharsets.UTF_8);
        WebhookRequest genuine = Signing.request(Signing.key(0), now, call);
        return switch (situation) {
            case GENUINE -> genuine;
            case UNKNOWN_EVENT -> Signing.request(now, event("call.levitating"));
            case FORGED -> Signing.request(Signing.key(7), now, call);
            case ALTERED_BODY ->
                new WebhookRequest(
                        "POST",
                        Signing.URL,
                        genuine.headers(),
                        genuine.text().replace("incoming", "inComing").getBytes(StandardCharsets.UTF_8));
            case UNSIGNED ->
                new WebhookRequest("POST", Signing.URL, genuine.headers().subList(0, 1), call);
            case STALE -> Signing.request(Signing.key(0), now.minus(Duration.ofDays(1)), call);
        };
    }

    /** Somebody listens. */
    void hear(PstnEvent event) {
        heard.add(event);
    }

    @Override
    public List<PstnEvent> told() {
        return heard;
    }

    @Override
    public Set<String> secrets() {
        return Set.of(KEY.reveal());
    }

    @Override
    public void close() {
        telnyx.close();
    }

    private void answer() {
        FakeTelnyx before = last;
        if (before == null || before.carried().isEmpty() || before.carried().equals(placed)) {
            return;
        }
        placed = before.carried();
        WebhookRequest answered = Signing.request(WireMockTelnyx.NOW, event("call.answered", '"' + placed + '"'));
        told.forEach(webhooks -> {
            WebhookReply unused = webhooks.answer(answered);
        });
    }

    private FakeTelnyx account(Operation operation, Situation situation) {
        boolean done = switch (situation) {
            case SUCCESS, UNKNOWN_FIELDS, LOST_REPLY_BUT_DONE, SERVER_ERROR_AFTER_ACCEPTING, TRUNCATED_BODY -> true;
            default -> false;
        };
        UnaryOperator<Sample> twist = switch (situation) {
            case UNKNOWN_FIELDS -> Sample::withMore;
            case UNKNOWN_STATUS_TEXT -> TelnyxWire::strange;
            default -> sample -> sample;
        };
        return new FakeTelnyx(operation, samples, done, twist, uri());
    }

    // The status of a message is that of its recipient, that of a detail record its cause.
    private static Sample strange(Sample sample) {
        if (sample.has("parts")) {
            return sample.with("to.0.status", UNKNOWN_STATUS);
        }
        if (sample.has("hangup_cause")) {
            return sample.with("hangup_cause", UNKNOWN_STATUS);
        }
        return sample.has("status") ? sample.with("status", UNKNOWN_STATUS) : sample;
    }

    /** The first write, or every read of an operation that only reads. */
    private void hit(Operation operation, FakeTelnyx account, FakeReply fault) {
        if (operation.isWrite()) {
            writes(account, firstCommand(fault, account::reply));
        } else {
            telnyx.on("GET", "**", fault);
        }
    }

    private void writes(FakeTelnyx account, Function<SentRequest, FakeReply> reply) {
        for (String method : List.of("POST", "PATCH", "PUT", "DELETE")) {
            telnyx.on(method, "**", request -> {
                FakeReply answer = reply.apply(request);
                account.isWritten(request);
                return answer;
            });
        }
    }

    private void breakOff(Operation operation, FakeTelnyx account) {
        if (operation.isWrite()) {
            AtomicBoolean broken = new AtomicBoolean();
            writes(account, request -> {
                FakeReply right = account.reply(request);
                return broken.getAndSet(true) ? right : right.brokenOff();
            });
        } else {
            telnyx.on("GET", "**", request -> account.reply(request).brokenOff());
        }
    }

    /** The first write fails, as often as it is sent. */
    private Function<SentRequest, FakeReply> firstCommand(FakeReply fault, Function<SentRequest, FakeReply> then) {
        AtomicReference<String> failing = new AtomicReference<>();
        return request -> {
            String command = idempotencyKey(request).orElse(request.target() + request.body());
            failing.compareAndSet(null, command);
            return command.equals(failing.get()) ? fault : then.apply(request);
        };
    }

    private static Function<SentRequest, FakeReply> first(FakeReply once, Function<SentRequest, FakeReply> then) {
        AtomicBoolean over = new AtomicBoolean();
        return request -> over.getAndSet(true) ? then.apply(request) : once;
    }

    /** 1 and 2; then 0 appears at the beginning, so that 2 moves to the second page. */
    private void pages(Operation operation) {
        String path = switch (operation) {
            case NUMBER_LIST -> "/phone_numbers";
            case CALLER_ID_LIST -> "/verified_numbers";
            case TRUNK_LIST -> "/fqdn_connections";
            case CDR_PULL -> "/detail_records";
            default -> throw new IllegalArgumentException("no list of " + operation);
        };
        AtomicBoolean changed = new AtomicBoolean();
        telnyx.on("*", "**", FakeTelnyx::unknown);
        telnyx.on("GET", path, request -> {
            if (request.target().contains("call-control") || request.target().contains("=recording")) {
                return FakeTelnyx.page(1, 0);
            }
            int newest = changed.getAndSet(true) ? 0 : 1;
            int page = FakeTelnyx.pageNumber(request);
            List<Sample> elements = new ArrayList<>();
            for (int which = newest + 2 * (page - 1); which <= OLD && elements.size() < 2; which++) {
                elements.add(element(operation, which));
            }
            return FakeTelnyx.page(page, OLD + 1 - newest, elements.toArray(Sample[]::new));
        });
    }

    private static Sample element(Operation operation, int which) {
        return switch (operation) {
            case NUMBER_LIST -> FakeTelnyx.number(number(which), "29000000000000000" + which);
            case CALLER_ID_LIST -> FakeTelnyx.verified(number(which));
            case CDR_PULL -> FakeTelnyx.record(call(which));
            default -> FakeTelnyx.connection(trunk(which));
        };
    }

    private static String number(int which) {
        return "+1416555010" + which;
    }

    private static String call(int which) {
        return "v3:T02_call-" + which;
    }

    private static String trunk(int which) {
        return "281234567890123450" + which;
    }

    private String event(String type) {
        return event(type, "null");
    }

    private String event(String type, String clientState) {
        return "{\"data\":{\"record_type\":\"event\",\"event_type\":\"" + type
                + "\",\"id\":\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\",\"occurred_at\":\"2026-03-01T12:00:00.000000Z\","
                + "\"payload\":{\"call_control_id\":\"" + samples.callId() + "\",\"call_leg_id\":\"leg-1\","
                + "\"call_session_id\":\"session-1\",\"connection_id\":\"2812345678901234567\",\"client_state\":"
                + clientState + ","
                + "\"direction\":\"incoming\",\"state\":\"parked\",\"from\":\"+14165550199\",\"to\":\""
                + samples.owned().e164() + "\",\"start_time\":\"2026-03-01T12:00:00.000000Z\"}},"
                + "\"meta\":{\"attempt\":1,\"delivered_to\":\"" + Signing.URL + "\"}}";
    }

    /** The kit's samples with ids as Telnyx writes them, and settings that it has. */
    private static final class TelnyxSamples implements Samples {
        @Override
        public NumberSettings settings() {
            return NumberSettings.NONE.trunk(trunkId());
        }

        @Override
        public String trunkId() {
            return "2812345678901234567";
        }

        @Override
        public String reservationId() {
            return "3c2b1a09-6f0b-4a0e-9c55-2f4a1b7e9d10";
        }

        @Override
        public String callId() {
            return "v3:T02_conformance-call=";
        }

        @Override
        public String otherCallId() {
            return "v3:T02_other-call=";
        }

        @Override
        public String messageId() {
            return "40385f64-5717-4562-b3fc-2c963f66afa6";
        }

        @Override
        public String recordingId() {
            return "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        }
    }
}
