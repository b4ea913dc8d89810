package io.careflow.pstn.voipms;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.Situation;
import io.careflow.pstn.tck.WebhookSituation;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.TrunkRequest;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** VoIP.ms, as its documentation says it answers, and as it answers on bad days. */
final class VoipMsWire implements Wire {
    static final String USER = "conformance@example.org";
    static final Secret PASSWORD = Secret.of("Conformance-api-passw0rd-7f3b");

    private final FakeCarrier voipms = new FakeCarrier();
    private final Samples samples = new VoipMsSamples();

    URI uri() {
        return URI.create(voipms.uri() + WireMockVoipMs.SCRIPT);
    }

    @Override
    public Samples samples() {
        return samples;
    }

    @Override
    public void arrange(Operation operation, Situation situation) {
        voipms.reset();
        FakeVoipMs account = account(operation, situation);
        on(account::reply);
        switch (situation) {
            case SUCCESS, UNKNOWN_FIELDS, UNKNOWN_STATUS_TEXT -> {}
            case NOT_FOUND -> on(FakeVoipMs::unknown);
            case NUMBER_TAKEN -> hit(operation, account, FakeVoipMs.status("Unable_to_purchase"));
            case CREDENTIALS_REJECTED -> on(request -> FakeVoipMs.status("invalid_credentials"));
            case INSUFFICIENT_FUNDS -> hit(operation, account, FakeVoipMs.status("non_sufficient_funds"));
            case THROTTLED -> hit(operation, account, FakeVoipMs.status("api_limit_exceeded"));
            case SERVER_ERROR, SERVER_ERROR_AFTER_ACCEPTING -> hit(operation, account, down(503));
            case SERVER_ERROR_ONCE -> on(first(down(521), account::reply));
            case LOST_REPLY_BUT_DONE, LOST_REPLY_NOT_FOUND -> hit(operation, account, FakeReply.lost());
            case READ_TIMEOUT_AFTER_SENDING -> hit(operation, account, FakeReply.silence());
            case CONNECTION_REFUSED -> voipms.refuse();
            case TRUNCATED_BODY -> breakOff(operation, account);
            case HTML_ERROR_PAGE ->
                hit(operation, account, FakeReply.html(502, "<html><h1>Bad gateway</h1>" + secrets() + "</html>"));
            case THROTTLED_WITH_RETRY_AFTER, THREE_PAGES_WITH_A_CHANGE_BETWEEN ->
                throw new IllegalArgumentException("VoIP.ms has no such situation: " + situation);
        }
    }

    @Override
    public List<SentRequest> sent() {
        return voipms.requests().stream()
                .map(request -> request.writing(
                        FakeVoipMs.isWrite(FakeVoipMs.form(request).getOrDefault("method", ""))))
                .toList();
    }

    @Override
    public List<String> listed(Operation operation) {
        throw new IllegalArgumentException("VoIP.ms has no pages of " + operation);
    }

    @Override
    public Optional<String> unsupported(Operation operation) {
        return switch (operation) {
            case TRUNK_LIMIT -> Optional.of("VoIP.ms knows no limits of a sub-account");
            case RECORDING_PAUSE, RECORDING_RESUME -> Optional.of("VoIP.ms records whole calls");
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> cannot(Operation operation, Situation situation) {
        return switch (situation) {
            case THROTTLED_WITH_RETRY_AFTER -> Optional.of("VoIP.ms does not say how long to wait");
            case THREE_PAGES_WITH_A_CHANGE_BETWEEN -> Optional.of("VoIP.ms answers whole lists");
            case UNKNOWN_STATUS_TEXT ->
                operation == Operation.NUMBER_FIND || operation == Operation.RECORDING_FETCH
                        ? Optional.of("VoIP.ms says no status of numbers and recordings")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public WebhookRequest webhook(WebhookSituation situation) {
        return switch (situation) {
            case GENUINE -> new WebhookRequest("GET", FakeRecords.url(FakeRecords.TOKEN), List.of(), new byte[0]);
            case FORGED ->
                new WebhookRequest("GET", FakeRecords.url("Another-Callback-Token-0b77aa"), List.of(), new byte[0]);
            case UNSIGNED ->
                new WebhookRequest("GET", FakeRecords.url("").replace("token=&", ""), List.of(), new byte[0]);
            case UNKNOWN_EVENT ->
                new WebhookRequest(
                        "POST",
                        "https://app.example.org/voipms?token=" + FakeRecords.TOKEN,
                        List.of(),
                        FakeRecords.strangeBody());
            case ALTERED_BODY, STALE -> throw new IllegalArgumentException("VoIP.ms signs nothing");
        };
    }

    @Override
    public Optional<String> cannot(WebhookSituation situation) {
        return switch (situation) {
            case ALTERED_BODY, STALE -> Optional.of("VoIP.ms signs nothing: neither what it says nor when");
            default -> Optional.empty();
        };
    }

    @Override
    public Set<String> secrets() {
        return Set.of(PASSWORD.reveal(), FakeTrunks.SIP_PASSWORD, FakeRecords.TOKEN);
    }

    @Override
    public void close() {
        voipms.close();
    }

    private FakeVoipMs account(Operation operation, Situation situation) {
        boolean done = switch (situation) {
            case SUCCESS, UNKNOWN_FIELDS, LOST_REPLY_BUT_DONE, SERVER_ERROR_AFTER_ACCEPTING, TRUNCATED_BODY -> true;
            default -> false;
        };
        return new FakeVoipMs(
                operation,
                samples,
                done,
                situation == Situation.UNKNOWN_FIELDS,
                situation == Situation.UNKNOWN_STATUS_TEXT);
    }

    private void on(Function<SentRequest, FakeReply> reply) {
        voipms.on("POST", WireMockVoipMs.SCRIPT, reply);
    }

    /** The first write, or every read of an operation that only reads. */
    private void hit(Operation operation, FakeVoipMs account, FakeReply fault) {
        AtomicBoolean over = new AtomicBoolean();
        on(request -> {
            boolean write = isWrite(request);
            FakeReply right = account.reply(request);
            if (!operation.isWrite()) {
                return fault;
            }
            return write && !over.getAndSet(true) ? fault : right;
        });
    }

    private void breakOff(Operation operation, FakeVoipMs account) {
        AtomicBoolean over = new AtomicBoolean();
        on(request -> {
            FakeReply right = account.reply(request);
            boolean hit = operation.isWrite() ? isWrite(request) && !over.getAndSet(true) : true;
            return hit ? right.brokenOff() : right;
        });
    }

    private static Function<SentRequest, FakeReply> first(FakeReply once, Function<SentRequest, FakeReply> then) {
        AtomicBoolean over = new AtomicBoolean();
        return request -> over.getAndSet(true) ? then.apply(request) : once;
    }

    private static boolean isWrite(SentRequest request) {
        return FakeVoipMs.isWrite(FakeVoipMs.form(request).getOrDefault("method", ""));
    }

    private static FakeReply down(int status) {
        return FakeReply.html(status, "<html><h1>Error " + status + "</h1>Backend fetch failed</html>");
    }

    /** The kit's samples as VoIP.ms has them: searches begin with an area, numbers are routed to trunks. */
    private static final class VoipMsSamples implements Samples {
        @Override
        public NumberQuery query() {
            return NumberQuery.local("CA").inArea("819").atMost(5);
        }

        @Override
        public NumberSettings settings() {
            return NumberSettings.NONE.trunk(trunkId());
        }

        @Override
        public String recordingId() {
            return FakeRecords.ACCOUNT + ":cmVjb3JkaW5nLzE=";
        }

        @Override
        public RecordingFormat recordingFormat() {
            return RecordingFormat.MP3;
        }

        @Override
        public String trunkId() {
            return "100001_conformance";
        }

        @Override
        public TrunkRequest trunk() {
            return TrunkRequest.trunk(new CommandId("conformance-trunk"), "conformance")
                    .provenBy(new SipCredential("conformance", Secret.of(FakeTrunks.SIP_PASSWORD)));
        }
    }
}
