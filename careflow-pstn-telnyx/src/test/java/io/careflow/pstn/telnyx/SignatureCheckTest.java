package io.careflow.pstn.telnyx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.Delivery.Refused;
import io.careflow.pstn.webhook.WebhookRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
    private static final String TIME = "1700000000";
    private static final String BODY =
            "{\"data\":{\"event_type\":\"call.initiated\",\"id\":\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\","
                    + "\"occurred_at\":\"2023-11-14T22:13:20.000000Z\",\"payload\":{\"call_control_id\":\"v3:test\","
                    + "\"direction\":\"incoming\",\"from\":\"+15550100\",\"to\":\"+15550101\","
                    + "\"caller_id_name\":\"Zoë\"},\"record_type\":\"event\"},"
                    + "\"meta\":{\"attempt\":1,\"delivered_to\":\"https://example.com/hook\"}}";
    private static final String SIGNED =
            "Zn9WNUEt8i9vCI/iXW7R/R6y7t6/XNRvSNOjgRMSPML1PuJnku7AZKovS6xQ33buTX0Tu5B/tR8/ATpFdnHHDQ==";
    private static final String OTHER_KEY = "C7w0aldmfDgBIL2cf9flHSxf3+o3zS9b9AWyxr9vLXg=";

    private final SignatureCheck check = check(1_700_000_000, Signing.PUBLIC_KEY);

    @Test
    @DisplayName("what was signed is trusted, with another program's signature")
    void vector() throws Exception {
        byte[] body = BODY.getBytes(UTF_8);
        assertThat(body).hasSize(336);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)))
                .isEqualTo("7d37e2ef92b4d95755f038da82a52e47b2f6d091d0c82c26c340bca40739ec0d");
        assertThat(check.refusal(request(TIME, SIGNED, body))).isEmpty();
        assertThat(Signing.sign(Signing.key(0), TIME, body)).isEqualTo(SIGNED);
    }

    @ParameterizedTest
    @CsvSource({"Telnyx-Signature-Ed25519,Telnyx-Timestamp", "TELNYX-SIGNATURE-ED25519,TELNYX-TIMESTAMP"})
    @DisplayName("names of headers may be in any case")
    void headerNames(String signature, String timestamp) {
        WebhookRequest request = new WebhookRequest(
                "POST",
                Signing.URL,
                List.of(Map.entry(signature, SIGNED), Map.entry(timestamp, TIME)),
                BODY.getBytes(UTF_8));
        assertThat(check.refusal(request)).isEmpty();
    }

    @Test
    @DisplayName("a body with one digit changed is forged")
    void digitChanged() {
        refused(
                Reason.FORGED,
                request(TIME, SIGNED, BODY.replace("+15550100", "+15550109").getBytes(UTF_8)));
    }

    @Test
    @DisplayName("a body re-encoded in another character set is forged")
    void reEncoded() {
        refused(Reason.FORGED, request(TIME, SIGNED, BODY.getBytes(ISO_8859_1)));
    }

    @Test
    @DisplayName("a body with a line end at its end is forged")
    void lineEnd() {
        refused(Reason.FORGED, request(TIME, SIGNED, (BODY + "\n").getBytes(UTF_8)));
    }

    @Test
    @DisplayName("a body parsed and written anew is forged")
    void writtenAnew() {
        refused(Reason.FORGED, request(TIME, SIGNED, BODY.replace(",", ", ").getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1700000001", "1699999999", "01700000000", "+1700000000"})
    @DisplayName("another time is forged, also one of the same value")
    void otherTime(String time) {
        refused(Reason.FORGED, request(time, SIGNED, BODY.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "1700000000.0", "-1700000000", "170000000000000000000", "１７００００００００"})
    @DisplayName("a time that is no number of seconds is forged")
    void noTime(String time) {
        refused(Reason.FORGED, request(time, SIGNED, BODY.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128})
    @DisplayName("a signature of another length than 64 bytes is forged")
    void length(int length) {
        byte[] right = Base64.getDecoder().decode(SIGNED);
        String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(right, length));
        refused(length == 0 ? Reason.UNSIGNED : Reason.FORGED, request(TIME, cut, BODY.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("a signature with any bit changed is forged")
    void bits() {
        byte[] right = Base64.getDecoder().decode(SIGNED);
        for (int bit = 0; bit < right.length * 8; bit += 7) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));
            refused(Reason.FORGED, request(TIME, Base64.getEncoder().encodeToString(wrong), BODY.getBytes(UTF_8)));
        }
    }

    @Test
    @DisplayName("a signature in the alphabet of URLs, or that is no Base64, is forged")
    void alphabet() {
        refused(Reason.FORGED, request(TIME, SIGNED.replace('/', '_'), BODY.getBytes(UTF_8)));
        refused(Reason.FORGED, request(TIME, "not Base64", BODY.getBytes(UTF_8)));
        refused(Reason.FORGED, request(TIME, "0".repeat(64), BODY.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("without signature or time it is unsigned")
    void unsigned() {
        WebhookRequest plain = WebhookRequest.post(Signing.URL, BODY);
        refused(Reason.UNSIGNED, plain);
        refused(Reason.UNSIGNED, plain.header(SignatureCheck.SIGNATURE, SIGNED));
        refused(Reason.UNSIGNED, plain.header(SignatureCheck.TIMESTAMP, TIME));
        refused(Reason.UNSIGNED, request(TIME, " ", BODY.getBytes(UTF_8)));
        refused(Reason.UNSIGNED, request("", SIGNED, BODY.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("with two signatures or two times it is forged, even if one of them is right")
    void twice() {
        WebhookRequest right = request(TIME, SIGNED, BODY.getBytes(UTF_8));
        refused(Reason.FORGED, right.header("Telnyx-Signature-Ed25519", SIGNED));
        refused(Reason.FORGED, right.header("Telnyx-Timestamp", TIME));
    }

    @ParameterizedTest
    @CsvSource({"300", "-300", "0"})
    @DisplayName("it may be five minutes old, or five minutes early")
    void inTime(long age) {
        SignatureCheck late = check(1_700_000_000 + age, Signing.PUBLIC_KEY);
        assertThat(late.refusal(request(TIME, SIGNED, BODY.getBytes(UTF_8)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"301", "-301", "86400"})
    @DisplayName("a right signature that is older, or from the future, is stale")
    void stale(long age) {
        SignatureCheck late = check(1_700_000_000 + age, Signing.PUBLIC_KEY);
        refused(Reason.STALE, late, request(TIME, SIGNED, BODY.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("a wrong signature is forged, however old it says it is")
    void forgedBeforeStale() {
        refused(Reason.FORGED, request("1", SIGNED, BODY.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("while keys change, either of them may have signed")
    void rotation() {
        byte[] body = BODY.getBytes(UTF_8);
        SignatureCheck both = check(1_700_000_000, OTHER_KEY, Signing.PUBLIC_KEY);
        String other = Signing.sign(Signing.key(100), TIME, body);
        assertThat(both.refusal(request(TIME, SIGNED, body))).isEmpty();
        assertThat(both.refusal(request(TIME, other, body))).isEmpty();
        refused(Reason.FORGED, request(TIME, other, body));
        refused(Reason.FORGED, check(1_700_000_000, OTHER_KEY), request(TIME, SIGNED, body));
    }

    @Test
    @DisplayName("without a key nothing is trusted")
    void noKey() {
        refused(Reason.FORGED, check(1_700_000_000), request(TIME, SIGNED, BODY.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("a body of more than a megabyte is refused unread though it is signed")
    void tooLarge() {
        byte[] large = new byte[(1 << 20) + 1];
        refused(Reason.UNREADABLE, request(TIME, Signing.sign(Signing.key(0), TIME, large), large));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA=",
                "7P///////////////////////////////////////38=",
                "//////////////////////////////////////////8=",
                "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMQ==",
                "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
                "",
                "not a key"
            })
    @DisplayName("what is no key, or one under which anybody can sign, is refused before anything is received")
    void noKeys(String base64) {
        assertThat(PublicKeys.isKey(base64)).isFalse();
        assertThatThrownBy(() -> new PublicKeys(List.of(Signing.PUBLIC_KEY, base64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void refused(Reason reason, WebhookRequest request) {
        refused(reason, check, request);
    }

    private static void refused(Reason reason, SignatureCheck by, WebhookRequest request) {
        assertThat(by.refusal(request)).get().extracting(Refused::reason).isEqualTo(reason);
    }

    private static WebhookRequest request(String timestamp, String signature, byte[] body) {
        return new WebhookRequest(
                "POST",
                Signing.URL,
                List.of(Map.entry("telnyx-signature-ed25519", signature), Map.entry("telnyx-timestamp", timestamp)),
                body);
    }

    private static SignatureCheck check(long now, String... keys) {
        return new SignatureCheck(
                new PublicKeys(List.of(keys)), Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC));
    }
}
