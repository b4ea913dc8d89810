package io.careflow.pstn.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.error.NotPermitted.Why;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.http.Refusal.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's error codes as failures (https://www.twilio.com/docs/api/errors). Codes that are not here follow their HTTP status.
 * Codes of the debugger (11xxx, 13xxx, 32xxx) and of deliveries (30xxx) are no answers to requests. Immutable and thread-safe.
 */
final class TwilioErrors {
    private final Map<Integer, Kind> kinds = new HashMap<>();
    private final Map<Integer, Why> rules = new HashMap<>();

    TwilioErrors() {
        fillKinds();
        fillRules();
    }

    /** What the body of an error says. A body that is no JSON leaves the status to speak. */
    Refusal refusal(HttpReply reply) {
        JsonNode body = reply.json();
        int number = code(body);
        String code = number == 0 ? null : String.valueOf(number);
        String reason = text(body, "message", "detail", "title");
        Why why = rules.get(number);
        return why == null
                ? new Refusal(kinds.getOrDefault(number, Kind.BY_STATUS), code, reason)
                : Refusal.notPermitted(why, code, reason);
    }

    // Some products write the code as text, or into the last part of a link.
    private static int code(JsonNode body) {
        JsonNode code = body.path("code");
        if (code.canConvertToInt() && code.isIntegralNumber()) {
            return code.intValue();
        }
        return code.isTextual() && code.textValue().matches("[0-9]{1,9}") ? Integer.parseInt(code.textValue()) : 0;
    }

    private static @Nullable String text(JsonNode body, String... names) {
        for (String name : names) {
            JsonNode value = body.path(name);
            if (value.isTextual() && !value.textValue().isBlank()) {
                return value.textValue();
            }
        }
        return null;
    }

    private void fillKinds() {
        put(Kind.AUTHENTICATION, 20003);
        put(Kind.INVALID_REQUEST, 20001, 20422, 20007); // parameters, page size
        put(Kind.NOT_FOUND, 20404, 20410); // 20410: gone
        put(Kind.CONFLICT, 20409, 20009, 21220, 21450); // 21220: the call's state, 21450: verified already
        put(Kind.THROTTLED, 20429, 21611); // 21611: the sender's queue is full
        put(Kind.UNAVAILABLE, 20500, 20503);
        put(Kind.INVALID_REQUEST, 21201, 21213, 21205, 21402); // no To, no From, bad URLs
        put(Kind.INVALID_REQUEST, 21211, 21217, 21421); // no such number
        put(Kind.INVALID_REQUEST, 21218, 21420); // application SID
        put(Kind.INVALID_REQUEST, 21221, 21222, 21223, 21224, 21225); // SIP user and password
        put(Kind.INVALID_REQUEST, 21226, 21227, 21228, 21229); // SIP headers
        put(Kind.INVALID_REQUEST, 21451); // area code
        put(Kind.NUMBER_UNAVAILABLE, 21422, 21452);
        put(Kind.INVALID_REQUEST, 21240, 21241, 21242, 21243, 21245); // credentials and trunks
        put(Kind.CONFLICT, 21247, 21248); // has dependencies, domain is taken
        put(Kind.INVALID_REQUEST, 21602, 21603, 21617); // text, sender, length
    }

    private void fillRules() {
        put(Why.ACCOUNT, 20005, 10001);
        put(Why.NOT_CAPABLE, 20008, 21606, 21601, 21407); // 20008: test credentials; the others: the sender
        put(Why.TRIAL, 10002, 21219, 21608, 21404);
        put(Why.LIMIT, 10004, 21230, 21244, 21249);
        put(Why.DESTINATION_BLOCKED, 21202, 21216);
        put(Why.GEO_PERMISSION, 21203, 21215, 21408);
        put(Why.CALLER_ID, 21210, 21212);
        put(Why.UNREACHABLE, 21214, 21612, 21614);
        put(Why.REGULATORY, 21615, 21631, 21649, 21650, 21651);
        put(Why.OPTED_OUT, 21610);
    }

    private void put(Kind kind, int... codes) {
        for (int code : codes) {
            kinds.put(code, kind);
        }
    }

    private void put(Why why, int... codes) {
        for (int code : codes) {
            rules.put(code, why);
        }
    }
}
