package io.careflow.pstn.voipms;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotPermitted.Why;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.http.Refusal.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What VoIP.ms refuses. It answers 200 to nearly everything, and says in {@code status} how it went; another HTTP status comes from
 * what stands before it and says nothing of the request. About 480 codes are known; those that are named neither here nor by
 * their beginning are a {@link io.careflow.pstn.error.ProtocolError} that keeps the code. Case does not matter. Immutable and
 * thread-safe.
 */
final class VoipMsErrors {
    /** The address that the request came from is not listed in the portal. */
    static final String NOT_LISTED = "ip_not_enabled";

    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final Set<String> EMPTY = words("""
            no_account no_attachments no_callback no_callhunting no_callparking no_cdr no_client no_conference no_did no_disa
            no_emailtofax no_filter no_folder no_forwarding no_ivr no_mailbox no_member no_message no_messages no_numbers
            no_package no_phonebook no_phonebook_group no_queue no_rate no_recording no_ringgroup no_sipuri no_sms no_subaccount
            no_timecondition no_transactions no_vpri
            """);

    private final ProviderId provider;
    private final Clock clock;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, Why> rules = new HashMap<>();

    VoipMsErrors(ProviderId provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
        fillKinds();
        fillRules();
    }

    /** Whether a status says that there is nothing, which is no failure of a question. */
    static boolean isEmpty(String status) {
        return EMPTY.contains(status.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * What a 2xx refuses; null if it is a success, or says that there is nothing.
     *
     * @throws Throttled with the time until the next minute, where VoIP.ms takes no more requests in this one
     */
    @Nullable
    Refusal refusalInside(HttpReply reply) {
        String text = reply.text().strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.startsWith("{")) {
            return new Refusal(
                    Kind.UNAVAILABLE, null, "answered with something else than JSON, as it does while it is down");
        }
        JsonNode body = reply.json();
        String status = text(body, "status");
        if (status.isEmpty()) {
            return new Refusal(Kind.BY_STATUS, null, "the answer has no status");
        }
        if (status.equalsIgnoreCase("success") || isEmpty(status)) {
            return null;
        }
        String code = status.toLowerCase(Locale.ROOT);
        switch (code) {
            case "api_limit_exceeded" ->
                throw new Throttled(failure(reply, status, "too many requests in this minute", untilNextMinute()));
            case "sms_wait_message" ->
                throw new Conflict(
                        failure(reply, status, "the number's SMS settings are being changed still", SETTLING));
            default -> {
                return refusal(code, status, text(body, "message"));
            }
        }
    }

    /**
     * What another HTTP status means. It is none of the API's, so that 403 says nothing of our password, and 404 nothing of
     * the thing that was asked for.
     */
    Refusal refusal(HttpReply reply) {
        return switch (reply.status()) {
            case 400, 403, 404, 405, 409, 410, 412, 422 ->
                new Refusal(Kind.UNAVAILABLE, null, "turned away by what stands before the API");
            default -> Refusal.byStatus();
        };
    }

    private Refusal refusal(String code, String status, String message) {
        String reason = message.isEmpty() ? meaning(code) : message;
        Why why = rules.get(code);
        return why == null ? new Refusal(kind(code), status, reason) : Refusal.notPermitted(why, status, reason);
    }

    private Kind kind(String code) {
        Kind known = kinds.get(code);
        if (known != null) {
            return known;
        }
        if (code.startsWith("used_") || code.startsWith("recording_in_use")) {
            return Kind.CONFLICT;
        }
        if (List.of("missing_", "invalid_", "mismatch_").stream().anyMatch(code::startsWith)) {
            return Kind.INVALID_REQUEST;
        }
        // It began and did not succeed; how far it came nobody says.
        return code.startsWith("error_") ? Kind.UNAVAILABLE : Kind.BY_STATUS;
    }

    private static @Nullable String meaning(String code) {
        for (String beginning : List.of("missing_", "invalid_")) {
            if (code.startsWith(beginning) && code.length() > beginning.length()) {
                return "the parameter " + code.substring(beginning.length())
                        + (beginning.equals("missing_") ? " is missing" : " is refused");
            }
        }
        return null;
    }

    private void fillKinds() {
        put(Kind.AUTHENTICATION, "invalid_credentials missing_credentials api_not_enabled " + NOT_LISTED);
        put(Kind.INSUFFICIENT_FUNDS, "non_sufficient_funds");
        // The method did not arrive, or is gone: that is no mistake of the request.
        put(Kind.BY_STATUS, "missing_method invalid_method");
        put(
                Kind.UNAVAILABLE,
                "method_maintenance provider_outofservice unavailable_info tls_error problem_sending_mail "
                        + "sms_failed sent_fail no_provision no_provision_update moving_fail");
        put(
                Kind.INVALID_REQUEST,
                "existing_did rtp_timeout_greater_than_rtp_hold_timeout name_toolong note_toolong sms_toolong message_empty "
                        + "exceeds_file_size no_base64file no_callstatus weak_password reserved_ip");
        put(
                Kind.NOT_FOUND,
                "invalid_did invalid_account invalid_client invalid_forwarding invalid_sipuri invalid_callback invalid_filter "
                        + "invalid_mailbox invalid_recording invalid_sms invalid_id message_not_found location_not_found "
                        + "conference_member_relation_not_found");
        put(
                Kind.NUMBER_UNAVAILABLE,
                "did_in_use invalid_number_exist unable_to_purchase unsifficient_stock order_failed");
        put(
                Kind.CONFLICT,
                "repeated_ip duplicated_name duplicated_pin location_already_exists member_already_included "
                        + "same_did_billingtype can_have_only_one_profile_without_pin account_with_dids "
                        + "location_linked_to_subaccount sipuri_in_phonebook no_change_billingtype cancel_failed "
                        + "e911_disabled e911_pending");
    }

    private void fillRules() {
        words("limit_reached did_limit_reached forwards_exceeded max_phonebook members_exceeded")
                .forEach(code -> rules.put(code, Why.LIMIT));
        rules.put("sms_apply_regulations", Why.REGULATORY);
    }

    private void put(Kind kind, String codes) {
        words(codes).forEach(code -> kinds.put(code, kind));
    }

    private Failure failure(HttpReply reply, String status, String reason, Duration wait) {
        return Failure.of(provider, reply.operation(), Effect.NONE, reason)
                .withCode(Refusal.byStatus(status, null).code())
                .withHttpStatus(reply.status())
                .withRetryAfter(wait);
    }

    // And a second more, as nobody knows whose clock is ahead.
    private Duration untilNextMinute() {
        Instant now = clock.instant();
        Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofSeconds(61));
        return Duration.between(now, next);
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.strip().split("\\s+")));
    }
}
