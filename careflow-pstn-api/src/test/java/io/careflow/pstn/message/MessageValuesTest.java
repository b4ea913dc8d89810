package io.careflow.pstn.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.event.MessageReceived;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageValuesTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber THEIRS = new PhoneNumber("+14165550100");
    private static final MessageRef REF = new MessageRef(new ProviderId("memory"), "m-1");
    private static final String PRIVATE = "Your result is positive";

    @Test
    @DisplayName("a message has 1 to 1600 characters")
    void length() {
        assertThat(request("x").text()).isEqualTo("x");
        assertThat(request("x".repeat(1600)).text()).hasSize(1600);
        assertThatThrownBy(() -> request(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message text has 0 characters; allowed are 1 to 1600");
        assertThatThrownBy(() -> request("secret".repeat(300)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message text has 1800 characters; allowed are 1 to 1600");
    }

    @Test
    @DisplayName("a request does not show its text")
    void requestHidesText() {
        assertThat(request(PRIVATE).toString())
                .doesNotContain(PRIVATE)
                .contains("+18195550100", "+14165550100", "23 characters");
    }

    @Test
    @DisplayName("a message that came in does not show its text, nor where its pictures are")
    void receivedHidesText() {
        URI picture = URI.create("https://example.org/picture-1");
        MessageReceived received = new MessageReceived(
                "e-1", Instant.EPOCH, REF, "+14165550100", "+18195550100", PRIVATE, List.of(picture));
        assertThat(received.toString())
                .doesNotContain(PRIVATE)
                .doesNotContain("picture-1")
                .contains("memory/m-1", "23 characters");
        assertThat(received.text()).isEqualTo(PRIVATE);
        assertThat(received.media()).containsExactly(picture);
    }

    @Test
    @DisplayName("variants keep everything else")
    void variants() {
        Option<String> profile = new Option<>("vendor.profile", String.class);
        MessageRequest request =
                request("Hello").forTenant(new TenantId("clinic")).with(profile, "p-1");
        assertThat(request.tenant()).isEqualTo(new TenantId("clinic"));
        assertThat(request.options()).containsExactly(Map.entry(profile, "p-1"));
        assertThat(request.text()).isEqualTo("Hello");
        assertThat(request.commandId()).isEqualTo(new CommandId("one"));
    }

    @Test
    @DisplayName("a reference needs an id, and reads as provider and id")
    void reference() {
        assertThat(REF).hasToString("memory/m-1");
        assertThatThrownBy(() -> new MessageRef(new ProviderId("memory"), " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("message id", "blank", "provider's id");
    }

    @Test
    @DisplayName("a message has no negative number of parts; unknown is null")
    void segments() {
        assertThat(message(null).segments()).isNull();
        assertThat(message(0).segments()).isZero();
        assertThatThrownBy(() -> message(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segments are -1; allowed are 0 and more, or null");
    }

    private static Message message(@Nullable Integer segments) {
        return new Message(REF, "CareFlow", "+14165550100", Message.Status.SENT, "sent", segments, null, null, null);
    }

    private static MessageRequest request(String text) {
        return MessageRequest.of(new CommandId("one"), OURS, THEIRS, text);
    }
}
