package io.careflow.pstn.benchmarks;

import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls as their webhooks tell them, signed as Telnyx signs: one arrives, one has entered digits, one is over. Every event has an
 * id and a body of its own. Used by one thread.
 */
final class TelnyxCallers {
    private static final String URL = "https://pbx.example.org/telnyx";
    private static final String[] TYPES = {"call.initiated", "call.gather.ended", "call.hangup"};
    private static final String[] MORE = {
        "\"caller_id_name\":\"Zo\u00eb\",\"shaken_stir_attestation\":\"A\",\"shaken_stir_validated\":true,\"state\":\"parked\","
                + "\"start_time\":\"2026-03-01T12:00:00.000000Z\",\"custom_headers\":[],\"sip_headers\":[],\"tags\":[]",
        "\"digits\":\"0042\",\"status\":\"valid\"",
        "\"hangup_cause\":\"normal_clearing\",\"hangup_source\":\"caller\",\"sip_hangup_cause\":\"200\","
                + "\"start_time\":\"2026-03-01T12:00:00.000000Z\",\"end_time\":\"2026-03-01T12:01:13.000000Z\","
                + "\"call_quality_stats\":{\"inbound\":{\"jitter_max_variance\":\"7.18\",\"mos\":\"4.50\",\"packet_count\":\"3650\","
                + "\"skip_packet_count\":\"0\"},\"outbound\":{\"packet_count\":\"3644\",\"skip_packet_count\":\"6\"}}"
    };

    private final KeyPair keys;
    private final String timestamp;
    private int events;

    /** @param now when they are signed, seconds since 1970 */
    TelnyxCallers(long now) {
        this.timestamp = Long.toString(now);
        try {
            this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without Ed25519", e);
        }
    }

    /** The key as the account shows it: Base64 of the last 32 bytes of its encoding. */
    String publicKey() {
        byte[] encoded = keys.getPublic().getEncoded();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    PublicKey key() {
        return keys.getPublic();
    }

    /** Webhooks of new calls, mixed: of each three one arrives, one has entered digits, one is over. */
    List<SignedEvent> next(int count) {
        List<SignedEvent> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(event(events++));
        }
        return all;
    }

    private SignedEvent event(int number) {
        int kind = number % TYPES.length;
        String body =
                """
                {"data":{"event_type":"%s","id":"00000000-0000-4000-8000-%012d","occurred_at":"2026-03-01T12:00:00.000000Z",\
                "payload":{"call_control_id":"v3:T02llQxIyaRkhfRKxgAP8nY511EhFLizdvdUKJiSw%08d","call_leg_id":\
                "00000000-0000-4000-9000-%012d","call_session_id":"00000000-0000-4000-a000-%012d","client_state":null,\
                "connection_id":"%s","direction":"incoming","from":"+14155550123","to":"+14155550100",%s},\
                "record_type":"event"},"meta":{"attempt":1,"delivered_to":"%s"}}\
                """.formatted(TYPES[kind], number, number, number, number, TelnyxReplies.CONNECTION, MORE[kind], URL);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] signed = signed(bytes);
        byte[] signature = sign(signed);
        List<Map.Entry<String, String>> headers = List.of(
                Map.entry("Host", "pbx.example.org"),
                Map.entry("User-Agent", "telnyx-webhooks"),
                Map.entry("Content-Type", "application/json"),
                Map.entry("Content-Length", Integer.toString(bytes.length)),
                Map.entry("telnyx-signature-ed25519", Base64.getEncoder().encodeToString(signature)),
                Map.entry("telnyx-timestamp", timestamp));
        return new SignedEvent(new WebhookRequest("POST", URL, headers, bytes), signed, signature);
    }

    private byte[] signed(byte[] body) {
        byte[] start = String.format(Locale.ROOT, "%s|", timestamp).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
