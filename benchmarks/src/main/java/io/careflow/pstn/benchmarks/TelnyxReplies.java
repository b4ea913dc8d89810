package io.careflow.pstn.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What Telnyx answers, byte for byte the same each time: a call placed, and one page of numbers. */
final class TelnyxReplies {
    static final String CONNECTION = "1293384261075731499";
    static final String CALL = "v3:T02llQxIyaRkhfRKxgAP8nY511EhFLizdvdUKJiSw8d6A9BborherQ";
    private static final String LEG = "2dc6b3c8-f9e0-11ea-b68a-02420a0f7768";

    private TelnyxReplies() {}

    static Map<String, byte[]> all(int numbers) {
        return Map.of(
                "POST /calls",
                reply(call()),
                "GET /phone_numbers",
                reply(page(numbers, TelnyxReplies::number)),
                "GET /phone_numbers/messaging",
                reply(page(numbers, TelnyxReplies::messaging)));
    }

    private static byte[] reply(String json) {
        return FixedReply.of(
                "200 OK",
                json,
                "x-ratelimit-limit: 40, 40;w=60",
                "x-ratelimit-remaining: 39",
                "x-ratelimit-reset: 42",
                "x-request-id: 00000000-0000-4000-8000-000000000001",
                "Strict-Transport-Security: max-age=31536000");
    }

    private static String call() {
        return """
                {"data": {"record_type": "call", "call_session_id": "%s", "call_leg_id": "%s", "call_control_id": "%s", \
                "is_alive": false}}\
                """.formatted(LEG, LEG, CALL);
    }

    private static String page(int numbers, IntFunction<String> row) {
        String list = IntStream.range(0, numbers).mapToObj(row).collect(Collectors.joining(", "));
        return """
                {"data": [%s], "meta": {"total_pages": 1, "total_results": %d, "page_number": 1, "page_size": %d}}\
                """.formatted(list, numbers, numbers);
    }

    private static String messaging(int i) {
        return """
                {"record_type": "messaging_settings", "id": "%d", "phone_number": "+141555501%02d", "country_code": "US", \
                "messaging_profile_id": "%s", "organization_id": null, "type": "longcode", "messaging_product": "A2P", \
                "traffic_type": "A2P", "eligible_messaging_products": ["A2P"], "health": {"message_count": 122, \
                "inbound_outbound_ratio": 0.43, "success_ratio": 0.94, "spam_ratio": 0.06}, "features": {"sms": \
                {"domestic_two_way": true, "international_inbound": true, "international_outbound": false}, "mms": null}, \
                "created_at": "2026-07-30T23:19:04Z", "updated_at": "2026-07-30T23:19:06Z"}\
                """.formatted(1293384261075731500L + i, i, String.format(Locale.ROOT, "%036d", i));
    }

    private static String number(int i) {
        return """
                {"id": "%d", "record_type": "phone_number", "phone_number": "+141555501%02d", "country_iso_alpha2": "US", \
                "status": "active", "connection_id": "%s", "connection_name": "pbx", "customer_reference": "front desk", \
                "external_pin": null, "tags": ["clinic"], "phone_number_type": "local", "purchased_at": \
                "2026-07-30T23:19:04Z", "activated_at": "2026-07-30T23:19:06Z", "created_at": "2026-07-30T23:19:04Z", \
                "updated_at": "2026-07-30T23:19:06Z", "emergency_enabled": false, "emergency_status": "disabled", \
                "emergency_address_id": null, "billing_group_id": null, "call_forwarding_enabled": false, \
                "call_recording_enabled": false, "caller_id_name_enabled": false, "cnam_listing_enabled": false, \
                "deletion_lock_enabled": false, "hd_voice_enabled": true, "inbound_call_screening": "disabled", \
                "messaging_profile_id": "%s", "messaging_profile_name": "texts", "source_type": "number_order", \
                "t38_fax_gateway_enabled": true}\
                """.formatted(1293384261075731500L + i, i, CONNECTION, String.format(Locale.ROOT, "%036d", i));
    }
}
