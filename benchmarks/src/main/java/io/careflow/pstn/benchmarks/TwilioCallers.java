package io.careflow.pstn.benchmarks;

import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls as their webhooks tell them, signed as Twilio signs: one arrives, enters four digits, and ends. Every call has an id and
 * fields of its own. Used by one thread.
 */
final class TwilioCallers {
    private static final Pattern ACTION = Pattern.compile("<Gather action=\"([^\"]+)\"");
    private static final String[] PLACES = {"From", "To", "Caller", "Called"};

    private final String token;
    private final String base;
    private final Function<WebhookRequest, WebhookReply> answer;
    private int calls;

    /**
     * Callers of a webhook address.
     *
     * @param token what requests are signed with
     * @param base the public URL below which the webhooks are
     * @param answer what tells callers where to go on: asked for each call that arrives
     */
    TwilioCallers(String token, String base, Function<WebhookRequest, WebhookReply> answer) {
        this.token = token;
        this.base = base;
        this.answer = answer;
    }

    /** Webhooks of new calls, mixed: of each three one arrives, one has entered digits, one is over. */
    List<SignedWebhook> next(int count) {
        List<SignedWebhook> all = new ArrayList<>();
        while (all.size() < count) {
            SignedWebhook voice = webhook("/voice", fields("ringing"));
            all.add(voice);

            Map<String, String> entering = fields("in-progress");
            SignedWebhook before = webhook("/voice", with(entering, Map.of("CallStatus", "ringing")));
            Map<String, String> entered =
                    with(entering, Map.of("Digits", "0042", "FinishedOnKey", "#", "msg", "Gather End"));
            all.add(signed(action(answer.apply(before.request())), entered));

            all.add(webhook(
                    "/status",
                    with(
                            fields("completed"),
                            Map.of(
                                    "CallDuration", "73",
                                    "Duration", "2",
                                    "SipResponseCode", "200",
                                    "CallbackSource", "call-progress-events",
                                    "SequenceNumber", "3",
                                    "Timestamp", "Sun, 01 Mar 2026 12:01:13 +0000"))));
        }
        return all.subList(0, count);
    }

    private SignedWebhook webhook(String path, Map<String, String> fields) {
        return signed(base + path, fields);
    }

    private SignedWebhook signed(String url, Map<String, String> fields) {
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        String signature = sign(text.toString());
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        List<Map.Entry<String, String>> headers = List.of(
                Map.entry("Host", "pbx.example.org"),
                Map.entry("User-Agent", "TwilioProxy/1.1"),
                Map.entry("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                Map.entry("Content-Length", Integer.toString(form.length())),
                Map.entry("Accept", "*/*"),
                Map.entry("Cache-Control", "max-age=259200"),
                Map.entry("I-Twilio-Idempotency-Token", "00000000-0000-4000-8000-" + String.format("%012d", calls)),
                Map.entry("X-Twilio-Signature", signature),
                Map.entry("Accept-Encoding", "gzip"));
        byte[] body = form.toString().getBytes(StandardCharsets.US_ASCII);
        return new SignedWebhook(new WebhookRequest("POST", url, headers, body), url, fields, signature);
    }

    /** 25 fields, in an order in which Twilio has sent them. */
    private Map<String, String> fields(String status) {
        int number = calls++;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Called", "+14155550100");
        fields.put("Direction", "inbound");
        fields.put("CallSid", String.format(Locale.ROOT, "CA%032x", 0xca11_0000_0000L + number));
        fields.put("To", "+14155550100");
        fields.put("ApiVersion", "2010-04-01");
        fields.put("CallStatus", status);
        fields.put("From", "+1415555" + String.format(Locale.ROOT, "%04d", number % 10_000));
        fields.put("AccountSid", TwilioReplies.ACCOUNT);
        fields.put("Caller", fields.getOrDefault("From", ""));
        for (String place : PLACES) {
            fields.put(place + "State", "CA");
            fields.put(place + "Zip", "94105");
            fields.put(place + "Country", "US");
            fields.put(place + "City", "SAN FRANCISCO");
        }
        return fields;
    }

    private static Map<String, String> with(Map<String, String> fields, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putAll(more);
        return all;
    }

    private static String action(WebhookReply reply) {
        Matcher action = ACTION.matcher(reply.body());
        if (!action.find()) {
            throw new IllegalStateException("the answer to a call asks for no digits: " + reply.body());
        }
        return action.group(1).replace("&amp;", "&");
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without HmacSHA1", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
