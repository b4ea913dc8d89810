package io.careflow.pstn.twilio;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.Situation;
import io.careflow.pstn.tck.WebhookSituation;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Twilio, as its documentation says it answers, and as it answers on bad days. */
final class TwilioWire implements Wire {
    static final Secret TOKEN = Secret.of("conformance-auth-token-7f3b");
    static final Secret SECOND_TOKEN = Secret.of("conformance-second-token-91c2");
    static final Secret CONTINUATION_KEY = Secret.of("conformance-continuation-key-55aa");
    static final String PUBLIC_URL = "https://phone.example.org/twilio";

    private final List<PstnEvent> heard = new CopyOnWriteArrayList<>();
    private final FakeCarrier twilio = new FakeCarrier();
    private final Samples samples = new TwilioSamples();

    URI uri() {
        return twilio.uri();
    }

    @Override
    public Samples samples() {
        return samples;
    }

    @Override
    public void arrange(Operation operation, Situation situation) {
        twilio.reset();
        FakeAccount account = account(operation, situation);
        twilio.on("*", "**", account::reply);
        switch (situation) {
            case SUCCESS, UNKNOWN_FIELDS, UNKNOWN_STATUS_TEXT -> {}
            case NOT_FOUND -> twilio.on("*", "**", FakeAccount::unknown);
            case NUMBER_TAKEN -> hit(operation, account, FakeAccount.error(400, 21422));
            case CREDENTIALS_REJECTED -> twilio.on("*", "**", FakeAccount.error(401, 20003));
            case THROTTLED -> hit(operation, account, FakeAccount.error(429, 20429));
            case THROTTLED_WITH_RETRY_AFTER ->
                hit(
                        operation,
                        account,
                        FakeAccount.error(429, 20429).header("Retry-After", "" + RETRY_AFTER.toSeconds()));
            case SERVER_ERROR, SERVER_ERROR_AFTER_ACCEPTING -> hit(operation, account, FakeAccount.error(500, 20500));
            case SERVER_ERROR_ONCE -> twilio.on("GET", "**", first(FakeAccount.error(503, 20503), account::reply));
            case LOST_REPLY_BUT_DONE, LOST_REPLY_NOT_FOUND -> hit(operation, account, FakeReply.lost());
            case READ_TIMEOUT_AFTER_SENDING -> hit(operation, account, FakeReply.silence());
            case CONNECTION_REFUSED -> twilio.refuse();
            case TRUNCATED_BODY -> breakOff(operation, account);
            case HTML_ERROR_PAGE ->
                hit(operation, account, FakeReply.html(502, "<html><h1>Bad gateway</h1>" + secrets() + "</html>"));
            case THREE_PAGES_WITH_A_CHANGE_BETWEEN -> pages(operation);
            case INSUFFICIENT_FUNDS -> throw new IllegalArgumentException("Twilio cannot: " + situation);
        }
    }

    @Override
    public List<SentRequest> sent() {
        return twilio.requests();
    }

    @Override
    public List<String> listed(Operation operation) {
        return switch (operation) {
            case NUMBER_LIST -> List.of(number(1), number(2), number(3), number(4));
            case TRUNK_LIST -> List.of(sid("TK", 1), sid("TK", 2), sid("TK", 3), sid("TK", 4));
            default -> List.of(sid("CA", 1), sid("CA", 2), sid("CA", 3), sid("CA", 4));
        };
    }

    @Override
    public Optional<String> unsupported(Operation operation) {
        return switch (operation) {
            case CALL_SEND_DIGITS -> Optional.of("Twilio sends digits only as a step of a flow");
            case TRUNK_LIMIT -> Optional.of("Twilio's limits hold for the whole account");
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> cannot(Operation operation, Situation situation) {
        return situation == Situation.INSUFFICIENT_FUNDS
                ? Optional.of("Twilio suspends an account without balance, and has no answer about funds")
                : Optional.empty();
    }

    @Override
    public WebhookRequest webhook(WebhookSituation situation) {
        Map<String, String> call = Map.of(
                "CallSid", Resource.CALL,
                "AccountSid", WireMockTwilio.ACCOUNT,
                "From", "+14165550199",
                "To", samples.owned().e164(),
                "CallStatus", "ringing",
                "Direction", "inbound",
                "ApiVersion", "2010-04-01");
        Map<String, String> strange =
                Map.of("CallSid", Resource.CALL, "RecordingSid", Resource.RECORDING, "RecordingStatus", "levitating");
        return switch (situation) {
            case GENUINE -> signed("/voice", call, TOKEN);
            case UNKNOWN_EVENT -> signed("/recording", strange, TOKEN);
            case FORGED -> signed("/voice", call, Secret.of("somebody else's token"));
            case ALTERED_BODY -> altered(call);
            case UNSIGNED -> post("/voice", Signing.form(new TreeMap<>(call)));
            case STALE -> throw new IllegalArgumentException("Twilio signs no time");
        };
    }

    @Override
    public Optional<String> cannot(WebhookSituation situation) {
        return situation == WebhookSituation.STALE ? Optional.of("Twilio signs no time") : Optional.empty();
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
        return Set.of(TOKEN.reveal(), SECOND_TOKEN.reveal(), CONTINUATION_KEY.reveal());
    }

    @Override
    public void close() {
        twilio.close();
    }

    private FakeAccount account(Operation operation, Situation situation) {
        boolean done = switch (situation) {
            case LOST_REPLY_BUT_DONE, SERVER_ERROR_AFTER_ACCEPTING, TRUNCATED_BODY -> true;
            default -> false;
        };
        UnaryOperator<Resource> twist = switch (situation) {
            case UNKNOWN_FIELDS -> Resource::withMore;
            case UNKNOWN_STATUS_TEXT ->
                resource -> resource.has("status") ? resource.with("status", UNKNOWN_STATUS) : resource;
            default -> resource -> resource;
        };
        return new FakeAccount(operation, samples, done, twist);
    }

    /** The first write, or every read of an operation that only reads. */
    private void hit(Operation operation, FakeAccount account, FakeReply fault) {
        if (operation.isWrite()) {
            Function<SentRequest, FakeReply> reply = first(fault, account::reply);
            writes(account, reply);
        } else {
            twilio.on("GET", "**", fault);
        }
    }

    private void writes(FakeAccount account, Function<SentRequest, FakeReply> reply) {
        for (String method : List.of("POST", "DELETE")) {
            twilio.on(method, "**", request -> {
                FakeReply answer = reply.apply(request);
                account.isWritten();
                return answer;
            });
        }
    }

    private void breakOff(Operation operation, FakeAccount account) {
        AtomicBoolean broken = new AtomicBoolean();
        Function<SentRequest, FakeReply> reply = request -> {
            FakeReply right = account.reply(request);
            return broken.getAndSet(true) ? right : right.brokenOff();
        };
        if (operation.isWrite()) {
            writes(account, reply);
            // A deletion is answered without a body, which cannot break off: its head does.
            twilio.on("DELETE", "**", first(FakeReply.lost(), account::reply));
        } else {
            twilio.on("GET", "**", request -> account.reply(request).brokenOff());
        }
    }

    private static Function<SentRequest, FakeReply> first(FakeReply once, Function<SentRequest, FakeReply> then) {
        AtomicBoolean over = new AtomicBoolean();
        return request -> over.getAndSet(true) ? then.apply(request) : once;
    }

    /** 1 and 2; then something newer comes first, so that 2 moves to the second page. */
    private void pages(Operation operation) {
        String path = switch (operation) {
            case NUMBER_LIST -> WireMockTwilio.V2010 + "/IncomingPhoneNumbers.json";
            case TRUNK_LIST -> "/v1/Trunks";
            default -> WireMockTwilio.V2010 + "/Calls.json";
        };
        String link = (operation == Operation.TRUNK_LIST ? "https://trunking.twilio.com" : "") + path
                + "?PageSize=2&PageToken=";
        twilio.on("GET", path, request -> {
            if (request.target().contains("PageToken=2")) {
                return page(operation, link + "3", 2, 3);
            }
            return request.target().contains("PageToken=3")
                    ? page(operation, null, 4)
                    : page(operation, link + "2", 1, 2);
        });
    }

    private static FakeReply page(
            Operation operation, @org.jspecify.annotations.Nullable String next, int... elements) {
        Resource[] resources = new Resource[elements.length];
        for (int i = 0; i < elements.length; i++) {
            resources[i] = switch (operation) {
                case NUMBER_LIST -> FakeAccount.number(number(elements[i])).with("sid", sid("PN", elements[i]));
                case TRUNK_LIST -> Resource.of("trunk.json").with("sid", sid("TK", elements[i]));
                default -> FakeAccount.live(sid("CA", elements[i]));
            };
        }
        String key = switch (operation) {
            case NUMBER_LIST -> "incoming_phone_numbers";
            case TRUNK_LIST -> "trunks";
            default -> "calls";
        };
        return FakeAccount.page(key, next, resources);
    }

    private static String number(int which) {
        return "+1416555010" + which;
    }

    private static String sid(String prefix, int which) {
        return prefix + "f".repeat(31) + which;
    }

    private static WebhookRequest altered(Map<String, String> fields) {
        WebhookRequest genuine = signed("/voice", fields, TOKEN);
        return post("/voice", genuine.text().replace("ringing", "rinGing"))
                .header(
                        "X-Twilio-Signature",
                        genuine.header("X-Twilio-Signature").orElseThrow());
    }

    private static WebhookRequest signed(String path, Map<String, String> fields, Secret token) {
        TreeMap<String, String> sorted = new TreeMap<>(fields);
        return post(path, Signing.form(sorted))
                .header("I-Twilio-Idempotency-Token", "3f0a1c7e-" + path.length())
                .header("X-Twilio-Signature", Signing.sign(token.reveal(), PUBLIC_URL + path, sorted));
    }

    private static WebhookRequest post(String path, String body) {
        return WebhookRequest.post(PUBLIC_URL + path, body)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    }

    /** The kit's samples with ids as Twilio writes them. */
    private static final class TwilioSamples implements Samples {
        @Override
        public String trunkId() {
            return FakeAccount.TRUNK_ID;
        }

        @Override
        public String callId() {
            return Resource.CALL;
        }

        @Override
        public String otherCallId() {
            return Resource.OTHER_CALL;
        }

        @Override
        public String messageId() {
            return Resource.MESSAGE;
        }

        @Override
        public String recordingId() {
            return Resource.RECORDING;
        }
    }
}
