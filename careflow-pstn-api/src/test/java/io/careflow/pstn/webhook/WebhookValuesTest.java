package io.careflow.pstn.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookValuesTest {
    @Test
    @DisplayName("a request shows no query, no log-in, no fragment, no header and no byte of its body")
    void showsNothingSecret() {
        WebhookRequest request = WebhookRequest.post(
                        "https://user:hidden1@example.org:8443/voice?token=hidden2#hidden3", "Body=hidden4")
                .header("X-Signature", "hidden5");
        assertThat(request)
                .asString()
                .doesNotContain("hidden")
                .doesNotContain("user")
                .isEqualTo("WebhookRequest[POST https://example.org:8443/voice, 12 bytes]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.org?token=hidden", "https://example.org#hidden", "https://h:hidden@example.org"
            })
    @DisplayName("nor does one without a path")
    void showsNothingSecretWithoutPath(String url) {
        assertThat(WebhookRequest.post(url, "")).hasToString("WebhookRequest[POST https://example.org, 0 bytes]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/voice?token=hidden", "example.org/voice", "ftp://example.org/", "https://", "", "https:///a"})
    @DisplayName("a URL that is not absolute is refused without being shown")
    void relative(String url) {
        assertThatThrownBy(() -> WebhookRequest.post(url, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("webhook URL", "not absolute", "expected the public URL")
                .hasMessageNotContaining("hidden");
    }

    @Test
    @DisplayName("headers are found in any case, the first one counts, all are kept in order")
    void headers() {
        WebhookRequest request = WebhookRequest.post("https://example.org/", "")
                .header("X-One", "1")
                .header("x-one", "2");
        assertThat(request.header("X-ONE")).contains("1");
        assertThat(request.header("X-Two")).isEmpty();
        assertThat(request.headers()).containsExactly(Map.entry("X-One", "1"), Map.entry("x-one", "2"));
    }

    @Test
    @DisplayName("nobody changes a request from outside")
    void immutable() {
        byte[] body = "abc".getBytes(StandardCharsets.UTF_8);
        SimpleEntry<String, String> header = new SimpleEntry<>("X-One", "1");
        List<Map.Entry<String, String>> headers = new ArrayList<>(List.of(header));
        WebhookRequest request = new WebhookRequest("POST", "https://example.org/", headers, body);
        body[0] = 'x';
        request.body()[1] = 'x';
        header.setValue("changed");
        headers.clear();
        assertThat(request.text()).isEqualTo("abc");
        assertThat(request.header("X-One")).contains("1");
    }

    @Test
    @DisplayName("bytes that are no UTF-8 arrive as they are")
    void bytes() {
        byte[] body = {(byte) 0xff, 0, (byte) 0xfe};
        assertThat(new WebhookRequest("POST", "https://example.org/", List.of(), body).body())
                .isEqualTo(body);
    }

    @Test
    @DisplayName("an answer that refuses says nothing")
    void forbidden() {
        assertThat(WebhookReply.forbidden()).isEqualTo(new WebhookReply(403, null, ""));
        assertThat(WebhookReply.noContent()).isEqualTo(new WebhookReply(204, null, ""));
    }

    @Test
    @DisplayName("a text is answered as UTF-8, and says so")
    void text() {
        WebhookReply reply = WebhookReply.text(200, "Zoë");
        assertThat(reply.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.bytes()).isEqualTo("Zoë".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 199, 600})
    @DisplayName("an answer has a status between 200 and 599")
    void status(int status) {
        assertThatThrownBy(() -> new WebhookReply(status, null, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HTTP status is " + status + "; allowed are 200 to 599");
    }

    @Test
    @DisplayName("an answer with a body says of what type it is")
    void untyped() {
        assertThatThrownBy(() -> new WebhookReply(200, null, "hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("content type is missing");
    }

    @Test
    @DisplayName("events of a delivery do not change")
    void delivery() {
        List<PstnEvent> events = new ArrayList<>(List.of(new Unrecognized("e-1", Instant.EPOCH, "new.kind", "{}")));
        Delivery.Trusted trusted = new Delivery.Trusted(events, false);
        events.clear();
        assertThat(trusted.events()).hasSize(1);
    }
}
