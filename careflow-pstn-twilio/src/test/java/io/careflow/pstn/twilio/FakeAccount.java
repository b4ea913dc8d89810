package io.careflow.pstn.twilio;

import static io.careflow.pstn.twilio.Resource.CALL;
import static io.careflow.pstn.twilio.Resource.CONFERENCE;
import static io.careflow.pstn.twilio.Resource.MESSAGE;
import static io.careflow.pstn.twilio.Resource.OTHER_CALL;
import static io.careflow.pstn.twilio.Resource.RECORDING;

import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.SentRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account at Twilio as it stands while one operation is done with the samples of the conformance kit: what its requests
 * find, and what they are answered when all is well.
 */
final class FakeAccount {
    static final String NUMBER_ID = "PN00000000000000000000000000000001";
    static final String TRUNK_ID = "TK00000000000000000000000000000001";

    private static final String CREDENTIAL_LIST = "CL00000000000000000000000000000001";
    private static final String STARTED = "Sun, 01 Mar 2026 12:00:00 +0000";
    private static final Pattern ONE_THING = Pattern.compile(".*/[A-Z]{2}[0-9a-f]{32}([.](json|wav))?");

    private final Operation operation;
    private final Samples samples;
    private final boolean done;
    private final UnaryOperator<Resource> twist;
    private volatile boolean written;

    /**
     * An account.
     *
     * @param done whether what the operation makes is listed, once its first write came
     * @param twist what is odd about everything that the account holds
     */
    FakeAccount(Operation operation, Samples samples, boolean done, UnaryOperator<Resource> twist) {
        this.operation = operation;
        this.samples = samples;
        this.done = done;
        this.twist = twist;
    }

    FakeReply reply(SentRequest request) {
        String path = request.target()
                .replaceFirst("[?].*", "")
                .replace("/2010-04-01/Accounts/" + WireMockTwilio.ACCOUNT, "");
        return switch (request.method()) {
            case "GET" -> read(path, request.target());
            case "POST" -> written(path);
            default -> FakeReply.empty(204);
        };
    }

    /** The first write comes, whatever is answered. */
    void isWritten() {
        written = true;
    }

    /** The same account without anything in it. */
    static FakeReply unknown(SentRequest request) {
        String path = request.target().replaceFirst("[?].*", "");
        return request.method().equals("GET") && !ONE_THING.matcher(path).matches()
                ? FakeReply.json(200, "{}")
                : error(404, 20404);
    }

    static FakeReply error(int status, int code) {
        return FakeReply.json(
                        status,
                        "{\"code\":" + code + ",\"message\":\"Twilio says no\",\"status\":" + status
                                + ",\"more_info\":\"https://www.twilio.com/docs/errors/" + code + "\"}")
                .header("Twilio-Request-Id", "RQ0123456789abcdef0123456789abcdef");
    }

    /** A page with the link to the next one, if there is any. */
    static FakeReply page(String key, @Nullable String next, Resource... elements) {
        return FakeReply.json(
                200, Resource.list(key, next, Arrays.asList(elements)).toString());
    }

    private FakeReply read(String path, String target) {
        return switch (path) {
            case "/AvailablePhoneNumbers/CA/Local.json" -> listed("available_phone_numbers", available());
            case "/v1/PhoneNumbers/Countries/CA" -> thing(Resource.of("prices-ca.json"));
            case "/IncomingPhoneNumbers.json" -> numbers();
            case "/v1/Trunks" -> trunks();
            case "/v1/Trunks/" + TRUNK_ID -> thing(trunk());
            case "/Calls.json" -> calls(target);
            case "/Calls/" + CALL + ".json" -> thing(live(CALL));
            case "/Calls/" + OTHER_CALL + ".json" -> thing(live(OTHER_CALL));
            case "/Conferences.json" -> rooms(target);
            case "/Conferences/" + CONFERENCE + "/Participants.json" -> listed("participants", Resource.participant());
            case "/Conferences/" + CONFERENCE + "/Participants/" + CALL + ".json" -> thing(Resource.participant());
            case "/Messages.json" -> isDone() ? listed("messages", Resource.message()) : listed("messages");
            case "/Messages/" + MESSAGE + ".json" -> thing(Resource.message().with("status", "delivered"));
            case "/Calls/" + CALL + "/Recordings.json" -> listed("recordings", recording());
            case "/Recordings/" + RECORDING + ".json" -> thing(recording());
            case "/Recordings/" + RECORDING + ".wav" -> FakeReply.of(200, "audio/x-wav", samples.recordingBytes());
            case "/Balance.json" ->
                thing(Resource.of("balance.json")
                        .with("balance", samples.balance().amount().toPlainString()));
            case "/v1/DialingPermissions/Countries" -> listed("content", Resource.of("country.json"));
            // The parts of a trunk, of which there are none.
            default -> ONE_THING.matcher(path).matches() ? error(404, 20404) : FakeReply.json(200, "{}");
        };
    }

    private FakeReply written(String path) {
        return switch (path) {
            case "/IncomingPhoneNumbers.json" -> made(number(samples.available().e164()));
            case "/v1/Trunks" -> made(trunk());
            case "/SIP/CredentialLists.json" -> made(Resource.of("balance.json").with("sid", CREDENTIAL_LIST));
            case "/Calls.json" -> made(Resource.call());
            case "/Messages.json" -> made(Resource.message());
            case "/IncomingPhoneNumbers/" + NUMBER_ID + ".json" ->
                thing(number(samples.owned().e164()));
            default -> thing(live(CALL));
        };
    }

    private FakeReply numbers() {
        if (operation == Operation.NUMBER_ORDER) {
            return isDone()
                    ? listed(
                            "incoming_phone_numbers", number(samples.available().e164()))
                    : listed("incoming_phone_numbers");
        }
        return listed("incoming_phone_numbers", number(samples.owned().e164()));
    }

    private FakeReply trunks() {
        return operation == Operation.TRUNK_CREATE && !isDone() ? listed("trunks") : listed("trunks", trunk());
    }

    private FakeReply calls(String target) {
        if (target.contains("ParentCallSid=")) {
            return listed("calls"); // nobody was dialled
        }
        if (target.contains("StartTime")) {
            return listed("calls", live(CALL));
        }
        return isDone() ? listed("calls", Resource.call().with("date_created", STARTED)) : listed("calls");
    }

    // A call that is to be joined is in no room; a room that is asked for by name is there.
    private FakeReply rooms(String target) {
        boolean there = operation != Operation.CALL_JOIN && target.contains("Status=in-progress");
        return there
                ? listed("conferences", Resource.conference().with("friendly_name", samples.room()))
                : listed("conferences");
    }

    private boolean isDone() {
        return done && written;
    }

    private Resource recording() {
        return switch (operation) {
            case RECORDING_PAUSE -> Resource.recording().with("status", "in-progress");
            case RECORDING_RESUME -> Resource.recording().with("status", "paused");
            default -> Resource.recording();
        };
    }

    private Resource available() {
        return Resource.number()
                .with("phone_number", samples.available().e164())
                .with("iso_country", "CA");
    }

    static Resource number(String e164) {
        return Resource.number().with("phone_number", e164);
    }

    private Resource trunk() {
        return Resource.of("trunk.json")
                .with("friendly_name", samples.trunk().name())
                .with("domain_name", samples.trunk().name() + ".pstn.twilio.com");
    }

    static Resource live(String sid) {
        return Resource.call(sid, "in-progress").with("start_time", STARTED).with("date_created", STARTED);
    }

    private FakeReply made(Resource resource) {
        return FakeReply.json(201, twist.apply(resource).toString());
    }

    private FakeReply thing(Resource resource) {
        return FakeReply.json(200, twist.apply(resource).toString());
    }

    private FakeReply listed(String key, Resource... elements) {
        List<Resource> twisted = Arrays.stream(elements).map(twist).toList();
        return FakeReply.json(
                200, twist.apply(Resource.list(key, null, twisted)).toString());
    }
}
