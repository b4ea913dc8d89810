package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.careflow.pstn.Secret;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureCheckTest {
    private static final String TOKEN = "12345";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PARAMS =
            "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234" + "&From=%2B14158675309&To=%2B18005551212";
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "http://mycompany.com:80/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        "https://mycompany.com/myapp.php?foo=hello%20world&bar=test%2Bvalue, er2tvAP1Wx+iuTTE2BPgvEaN1cs="
    })
    @DisplayName("Twilio's own examples are trusted, and no longer once anything of them changes")
    void vectors(String url, String signature) {
        assertThat(refusal(post(url, PARAMS, signature))).isEmpty();
        assertThat(reason(post(url, PARAMS.replace("1234&", "1235&"), signature)))
                .isEqualTo(Reason.FORGED);
        assertThat(reason(post(url + "x", PARAMS, signature))).isEqualTo(Reason.FORGED);
        assertThat(reason(post(url, PARAMS, "A" + signature.substring(1)))).isEqualTo(Reason.FORGED);
        assertThat(reason(post(url, PARAMS + "&More=", signature))).isEqualTo(Reason.FORGED);
    }

    @Test
    @DisplayName("the example of the documentation, with other numbers")
    void documented() {
        String params = PARAMS.replace("5309", "5310").replace("CA1234567890ABCDE", "CA1234567890ABCDE");
        assertThat(refusal(post("https://example.com/myapp.php?foo=1&bar=2", params, "L/OH5YylLD5NRKLltdqwSvS0BnU=")))
                .isEmpty();
    }

    @Test
    @DisplayName("a port may be there or not, whichever Twilio signed")
    void ports() {
        assertThat(refusal(post("https://mycompany.com:443/myapp.php?foo=1&bar=2", PARAMS, sign(URL))))
                .isEmpty();
        assertThat(refusal(post(URL, PARAMS, sign("https://mycompany.com:443/myapp.php?foo=1&bar=2"))))
                .isEmpty();
        assertThat(refusal(
                        post("https://mycompany.com:8443/myapp.php", PARAMS, sign("https://mycompany.com/myapp.php"))))
                .isEmpty();
        assertThat(refusal(post("http://mycompany.com/a", PARAMS, sign("http://mycompany.com:80/a"))))
                .isEmpty();
        assertThat(reason(post("http://mycompany.com/a", PARAMS, sign("http://mycompany.com:81/a"))))
                .isEqualTo(Reason.FORGED);
        assertThat(SignatureCheck.variants("https://[2001:db8::1]/a")).containsExactly("https://[2001:db8::1]:443/a");
        assertThat(SignatureCheck.variants("https://[2001:db8::1]:8443/a?b=c:d"))
                .containsExactly("https://[2001:db8::1]/a?b=c:d");
    }

    @Test
    @DisplayName("credentials in the URL are not signed")
    void credentials() {
        assertThat(refusal(post("https://user:secret@mycompany.com/myapp.php?foo=1&bar=2", PARAMS, sign(URL))))
                .isEmpty();
        assertThat(SignatureCheck.variants("https://u:p@h/x@y")).containsExactly("https://h/x@y", "https://h:443/x@y");
    }

    @Test
    @DisplayName("escapes in the URL stay as they are, also where the port changes")
    void escapes() {
        String url = "https://mycompany.com/a%2Fb/c%20d?e=%7E~%2B";
        assertThat(refusal(post(url, PARAMS, sign(url.replace(".com", ".com:443")))))
                .isEmpty();
    }

    @Test
    @DisplayName("empty values count by their names")
    void emptyValues() {
        assertThat(refusal(post(URL, "EmptyParam=&Digits=&CallSid=CA1234567890ABCDE", "9HHp/OqQMEwdrVebHDdA/+tqjX8=")))
                .isEmpty();
        assertThat(refusal(post(URL, "EmptyParam&Digits&CallSid=CA1234567890ABCDE", "9HHp/OqQMEwdrVebHDdA/+tqjX8=")))
                .isEmpty();
    }

    @Test
    @DisplayName("names are sorted with capitals first")
    void caseOfNames() {
        assertThat(refusal(post(
                        URL, "callSid=lowercase&CALLSID=allcaps&CallSid=uppercase", "jDK7WKT8wiNrwggd4ceTv4e1MJ4=")))
                .isEmpty();
    }

    @Test
    @DisplayName("of a repeated name each different value counts once, sorted")
    void repeatedNames() {
        String signature = Signing.sign(TOKEN, URL + "Mediaa1Mediab2Z3");
        assertThat(refusal(post(URL, "Media=b2&Z=3&Media=a1&Media=b2", signature)))
                .isEmpty();
        assertThat(reason(post(URL, "Media=b2&Z=3", signature))).isEqualTo(Reason.FORGED);
    }

    @Test
    @DisplayName("many fields are sorted like few")
    void manyFields() {
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            fields.put("Field" + (i * 7919) % 500, "värde " + i);
        }
        List<Map.Entry<String, String>> entries = new ArrayList<>(fields.entrySet());
        java.util.Collections.reverse(entries);
        Map<String, String> reversed = new java.util.LinkedHashMap<>();
        entries.forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));
        assertThat(refusal(post(URL, Signing.form(reversed), Signing.sign(TOKEN, URL, new TreeMap<>(fields)))))
                .isEmpty();
    }

    @Test
    @DisplayName("values are taken untrimmed, plus as space, UTF-8 as it is; what is no escape stands for itself")
    void values() {
        assertThat(refusal(post(URL, "Body=+caf%C3%A9+", Signing.sign(TOKEN, URL + "Body café "))))
                .isEmpty();
        assertThat(refusal(post(URL, "Body=100%+%zz%4", Signing.sign(TOKEN, URL + "Body100% %zz%4"))))
                .isEmpty();
        assertThat(refusal(post(URL, "a=b=c", Signing.sign(TOKEN, URL + "ab=c"))))
                .isEmpty();
    }

    @Test
    @DisplayName("a GET is signed by its URL alone")
    void get() {
        String url = "https://someurl.com/somepath?param1=client%3AAnonymous";
        WebhookRequest request = new WebhookRequest(
                "GET", url, List.of(Map.entry("x-twilio-signature", "PM+bjB+ITJ9a3LIYStKWOTMZMlU=")), new byte[0]);
        SignedRequest signed = SignedRequest.of(request, url);
        assertThat(new SignatureCheck(List.of(Secret.of("1234567890"))).refusal(signed))
                .isEmpty();
        assertThat(signed.fields().find("param1")).contains("client:Anonymous");
        assertThat(new SignatureCheck(List.of(Secret.of("1234567891"))).refusal(signed))
                .isPresent();
    }

    @Test
    @DisplayName("of JSON the hash in the URL is signed, and the body must have it")
    void json() {
        String hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        String body = "{\"property\": \"value\", \"boolean\": true}";
        assertThat(refusal(json(URL + "&bodySHA256=" + hash, body, "a9nBmqA0ju/hNViExpshrM61xv4=")))
                .isEmpty();
        String bare = "https://mycompany.com/myapp.php?bodySHA256=" + hash;
        assertThat(refusal(json(bare, body, "y77kIzt2vzLz71DgmJGsen2scGs="))).isEmpty();
        assertThat(reason(json(bare, body + " ", "y77kIzt2vzLz71DgmJGsen2scGs=")))
                .isEqualTo(Reason.FORGED);
        String unhashed = "https://mycompany.com/myapp.php";
        assertThat(reason(json(unhashed, body, Signing.sign(TOKEN, unhashed)))).isEqualTo(Reason.FORGED);
    }

    @Test
    @DisplayName("without a signature a request is unsigned, without a token nothing is trusted")
    void unsigned() {
        WebhookRequest request = WebhookRequest.post(URL, PARAMS);
        assertThat(reason(request)).isEqualTo(Reason.UNSIGNED);
        assertThat(reason(request.header("X-Twilio-Signature", " "))).isEqualTo(Reason.UNSIGNED);
        WebhookRequest signed = post(URL, PARAMS, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assertThat(new SignatureCheck(List.of()).refusal(SignedRequest.of(signed, URL)))
                .map(Delivery.Refused::reason)
                .contains(Reason.FORGED);
    }

    @Test
    @DisplayName("what is unsigned or too large is refused before anything of it is read")
    void unread() {
        String large = "Body=" + "x".repeat(1 << 20);
        String fits = large.substring(5);
        assertThat(SignatureCheck.refusalUnread(WebhookRequest.post(URL, large)))
                .map(Delivery.Refused::reason)
                .contains(Reason.UNSIGNED);
        assertThat(SignatureCheck.refusalUnread(post(URL, large, "any")))
                .map(Delivery.Refused::reason)
                .contains(Reason.UNREADABLE);
        assertThat(SignatureCheck.refusalUnread(post(URL, fits, "any"))).isEmpty();
    }

    @Test
    @DisplayName("any of several tokens may have signed")
    void severalTokens() {
        SignatureCheck check = new SignatureCheck(List.of(Secret.of("another"), Secret.of(TOKEN)));
        assertThat(check.refusal(SignedRequest.of(post(URL, PARAMS, "RSOYDt4T1cUTdK1PDd93/VVr8B8="), URL)))
                .isEmpty();
        assertThat(new SignatureCheck(List.of(Secret.of("another")))
                        .refusal(SignedRequest.of(post(URL, PARAMS, "RSOYDt4T1cUTdK1PDd93/VVr8B8="), URL)))
                .isPresent();
    }

    @Test
    @DisplayName("what twilio-java's validator takes is taken, what it refuses is refused")
    void likeTwilioJava() {
        RequestValidator theirs = new RequestValidator(TOKEN);
        Map<String, String> fields =
                new TreeMap<>(Map.of("CallSid", "CA1", "From", "+1 416", "Body", "é & = %", "Z", ""));
        for (String url : List.of(URL, "http://h/p", "https://h:8443/p?q=a%2Fb", "https://h/p?q=%C3%A9")) {
            String right = Signing.sign(TOKEN, url, new TreeMap<>(fields));
            for (String signature : List.of(right, "A" + right.substring(1))) {
                assertThat(refusal(post(url, Signing.form(fields), signature)).isEmpty())
                        .as(url)
                        .isEqualTo(theirs.validate(url, fields, signature));
            }
        }
    }

    private static String sign(String url) {
        return Signing.sign(
                TOKEN,
                url,
                new TreeMap<>(Map.of(
                        "CallSid", "CA1234567890ABCDE",
                        "Caller", "+14158675309",
                        "Digits", "1234",
                        "From", "+14158675309",
                        "To", "+18005551212")));
    }

    private static WebhookRequest post(String url, String body, String signature) {
        return WebhookRequest.post(url, body).header("Content-Type", FORM).header("X-Twilio-Signature", signature);
    }

    private static WebhookRequest json(String url, String body, String signature) {
        return new WebhookRequest(
                "POST",
                url,
                List.of(Map.entry("Content-Type", "application/json"), Map.entry("X-Twilio-Signature", signature)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Delivery.Refused> refusal(WebhookRequest request) {
        return new SignatureCheck(List.of(Secret.of(TOKEN))).refusal(SignedRequest.of(request, request.url()));
    }

    private static Reason reason(WebhookRequest request) {
        return refusal(request).orElseThrow().reason();
    }
}
