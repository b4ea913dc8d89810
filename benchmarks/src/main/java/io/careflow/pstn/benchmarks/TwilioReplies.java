package io.careflow.pstn.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What Twilio answers, byte for byte the same each time: a call placed, and one page of numbers. */
final class TwilioReplies {
    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String ACCOUNT_PATH = "/2010-04-01/Accounts/" + ACCOUNT;
    static final String PLACE = "POST " + ACCOUNT_PATH + "/Calls.json";
    static final String LIST = "GET " + ACCOUNT_PATH + "/IncomingPhoneNumbers.json";
    private static final String CALL_SID = "CA0123456789abcdef0123456789abcdef";

    private TwilioReplies() {}

    static Map<String, byte[]> all(int numbers) {
        return Map.of(PLACE, reply("201 CREATED", call()), LIST, reply("200 OK", page(numbers)));
    }

    private static byte[] reply(String status, String json) {
        return FixedReply.of(
                status,
                json,
                "Twilio-Concurrent-Requests: 1",
                "Twilio-Request-Id: RQ0123456789abcdef0123456789abcdef",
                "Twilio-Request-Duration: 0.042",
                "X-API-Domain: api.twilio.com",
                "Strict-Transport-Security: max-age=31536000");
    }

    private static String call() {
        String uri = ACCOUNT_PATH + "/Calls/" + CALL_SID;
        String parts = Stream.of(
                        "Notifications",
                        "Recordings",
                        "Payments",
                        "Events",
                        "Siprec",
                        "Streams",
                        "Transcriptions",
                        "UserDefinedMessageSubscriptions",
                        "UserDefinedMessages")
                .map(part -> "\"" + snake(part) + "\": \"" + uri + "/" + part + ".json\"")
                .collect(Collectors.joining(", "));
        return """
                {"sid": "%s", "date_created": null, "date_updated": null, "parent_call_sid": null, "account_sid": "%s", \
                "to": "+14155550123", "to_formatted": "(415) 555-0123", "from": "+14155550100", \
                "from_formatted": "(415) 555-0100", "phone_number_sid": "PN0123456789abcdef0123456789abcdef", \
                "status": "queued", "start_time": null, "end_time": null, "duration": null, "price": null, \
                "price_unit": "USD", "direction": "outbound-api", "answered_by": null, "annotation": null, \
                "api_version": "2010-04-01", "forwarded_from": null, "group_sid": null, "caller_name": null, \
                "queue_time": "0", "trunk_sid": null, "uri": "%s.json", "subresource_uris": {%s}}\
                """.formatted(CALL_SID, ACCOUNT, uri, parts);
    }

    private static String snake(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String page(int numbers) {
        String list =
                IntStream.range(0, numbers).mapToObj(TwilioReplies::number).collect(Collectors.joining(", "));
        String uri = ACCOUNT_PATH + "/IncomingPhoneNumbers.json?PageSize=1000&Page=0";
        return """
                {"incoming_phone_numbers": [%s], "end": %d, "first_page_uri": "%s", "next_page_uri": null, "page": 0, \
                "page_size": 1000, "previous_page_uri": null, "start": 0, "uri": "%s"}\
                """.formatted(list, numbers - 1, uri, uri);
    }

    private static String number(int i) {
        String sid = String.format(Locale.ROOT, "PN%032x", 0x5eedL + i);
        return """
                {"sid": "%s", "account_sid": "%s", "friendly_name": "(415) 555-01%02d", "phone_number": "+141555501%02d", \
                "voice_url": "https://pbx.example.org/twilio/voice", "voice_method": "POST", \
                "voice_fallback_url": "https://pbx2.example.org/twilio/voice", "voice_fallback_method": "POST", \
                "voice_caller_id_lookup": false, "voice_application_sid": "", "voice_receive_mode": "voice", \
                "date_created": "Thu, 30 Jul 2026 23:19:04 +0000", "date_updated": "Thu, 30 Jul 2026 23:19:04 +0000", \
                "sms_url": "https://pbx.example.org/twilio/sms", "sms_method": "POST", "sms_fallback_url": "", \
                "sms_fallback_method": "POST", "sms_application_sid": "", \
                "capabilities": {"voice": true, "sms": true, "mms": true, "fax": false}, "beta": false, \
                "status_callback": "https://pbx.example.org/twilio/status", "status_callback_method": "POST", \
                "api_version": "2010-04-01", "address_requirements": "none", "address_sid": null, "identity_sid": null, \
                "bundle_sid": null, "origin": "twilio", "trunk_sid": null, "emergency_status": "Inactive", \
                "emergency_address_sid": null, "emergency_address_status": "unregistered", "status": "in-use", \
                "type": "local", "uri": "%s/IncomingPhoneNumbers/%s.json", "subresource_uris": \
                {"assigned_add_ons": "%s/IncomingPhoneNumbers/%s/AssignedAddOns.json"}}\
                """.formatted(sid, ACCOUNT, i, i, ACCOUNT_PATH, sid, ACCOUNT_PATH, sid);
    }
}
