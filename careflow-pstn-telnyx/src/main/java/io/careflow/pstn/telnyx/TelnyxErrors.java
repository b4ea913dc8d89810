package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.error.NotPermitted.Why;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.http.Refusal.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx's error codes as failures (https://developers.telnyx.com/docs/overview/errors). The HTTP status comes first, because one
 * code has several meanings: 10011 is "too many requests" with 429, a missing parameter with 400, and encryption that the public
 * network does not know with 422; 10007 comes with 404, 500 and 503. Codes that are not here follow their status. Immutable and
 * thread-safe.
 */
final class TelnyxErrors {
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, Why> rules = new HashMap<>();

    TelnyxErrors() {
        fillKinds();
        fillRules();
    }

    /** What the body of an error says. A body that is empty or no JSON leaves the status to speak. */
    Refusal refusal(HttpReply reply) {
        List<Said> errors = errors(reply.json());
        if (errors.isEmpty()) {
            return Refusal.byStatus();
        }
        boolean codesCount = codesCount(reply.status());
        Said telling = errors.stream()
                .filter(error -> codesCount && isKnown(error.code()))
                .findFirst()
                .orElse(errors.get(0));
        String reason = reason(errors, telling);
        Why why = codesCount ? rules.get(telling.code()) : null;
        if (why != null) {
            return Refusal.notPermitted(why, telling.code(), reason);
        }
        Kind kind = codesCount ? kinds.getOrDefault(telling.code(), Kind.BY_STATUS) : Kind.BY_STATUS;
        return new Refusal(kind, telling.code(), reason);
    }

    // Whatever the code: too many requests are too many requests, and a server that failed has failed.
    private static boolean codesCount(int status) {
        return status >= 400 && status < 500 && status != 429 && status != 408;
    }

    private boolean isKnown(String code) {
        return kinds.containsKey(code) || rules.containsKey(code);
    }

    private static List<Said> errors(JsonNode body) {
        JsonNode errors = body.path("errors");
        List<Said> all = new ArrayList<>();
        if (errors.isArray()) {
            errors.forEach(error -> all.add(Said.of(error)));
        } else if (errors.isObject()) {
            all.add(Said.of(errors));
        }
        all.removeIf(error -> error.code().isEmpty() && error.text().isEmpty());
        return all;
    }

    private static @Nullable String reason(List<Said> errors, Said telling) {
        StringBuilder text = new StringBuilder(telling.text());
        for (Said error : errors) {
            if (!error.equals(telling) && !error.text().isEmpty()) {
                text.append(text.isEmpty() ? "" : "; ").append(error.text());
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private void fillKinds() {
        put(Kind.AUTHENTICATION, 10009, 20002, 20006, 20008); // revoked, expired, invalid
        put(Kind.INVALID_REQUEST, 10002, 10004, 10015, 10016, 10023, 10025, 10026, 10027, 10028, 10031, 10032, 10033);
        put(Kind.NOT_FOUND, 10005);
        put(Kind.CONFLICT, 10012, 10021, 10035, 10036); // duplicate, in use, locked, being processed
        put(Kind.UNAVAILABLE, 10008, 10037);
        put(Kind.INSUFFICIENT_FUNDS, 20100, 40333); // 40333: what a messaging profile may spend
        put(Kind.NUMBER_UNAVAILABLE, 85000, 85001, 85006); // not in a recent search, sold, reserved
        put(Kind.CONFLICT, 85003); // requirements are met already
        put(Kind.INVALID_REQUEST, 85004, 85005); // connection, messaging profile
        put(Kind.NOT_FOUND, 90015, 90058); // no such call, no such conference
        put(Kind.CONFLICT, 90018, 90019, 90020, 90033, 90034, 90038, 90044, 90102); // the state of a call or conference
        put(Kind.INVALID_REQUEST, 90014, 90017, 90040, 90057, 75001); // digits, client_state, audio, event names, URL
        put(Kind.INVALID_REQUEST, 40302); // longer than ten parts
    }

    private void fillRules() {
        put(Why.NOT_CAPABLE, 10010, 10038, 20015); // not allowed to this key, or not switched on
        put(Why.LIMIT, 10039, 85007, 85008); // 8500x: too many reservations, held too long
        put(Why.LIMIT, 90032, 90036, 90041, 90042, 90043, 40318); // conference, queue, channels, messages
        put(Why.ACCOUNT, 20012, 20013);
        put(Why.REGULATORY, 20014, 20016, 20017); // who the account belongs to is not verified
        put(Why.REGULATORY, 40010, 40329); // 10DLC, toll-free
        put(Why.UNREACHABLE, 40001, 40008);
        put(Why.DESTINATION_BLOCKED, 40002, 40003); // taken for spam
        put(Why.GEO_PERMISSION, 40309);
        put(Why.OPTED_OUT, 40300);
        put(Why.CALLER_ID, 40305); // the sender is on no messaging profile
    }

    private void put(Kind kind, int... codes) {
        for (int code : codes) {
            kinds.put(String.valueOf(code), kind);
        }
    }

    private void put(Why why, int... codes) {
        for (int code : codes) {
            rules.put(String.valueOf(code), why);
        }
    }

    /** One error of an answer; both texts may be empty. */
    private record Said(String code, String text) {
        static Said of(JsonNode error) {
            String title = text(error, "title");
            String detail = text(error, "detail");
            String both = title.isEmpty() || detail.isEmpty() || title.equals(detail)
                    ? (title.isEmpty() ? detail : title)
                    : title + ": " + detail;
            JsonNode source = error.path("source");
            String where = text(source, "pointer").isEmpty() ? text(source, "parameter") : text(source, "pointer");
            return new Said(text(error, "code"), where.isEmpty() || both.isEmpty() ? both : both + " (" + where + ")");
        }

        private static String text(JsonNode node, String name) {
            JsonNode value = node.path(name);
            return value.isTextual() || value.isIntegralNumber()
                    ? value.asText().strip()
                    : "";
        }
    }
}
