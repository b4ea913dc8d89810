package io.careflow.pstn.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NotPermittedTest {
    private static final Failure FAILURE = Failure.of(
                    new ProviderId("twilio"), "message.send", Effect.NONE, "the recipient has opted out")
            .withCode("21610");

    @Test
    @DisplayName("says which rule forbids it, beside all other facts")
    void why() {
        NotPermitted e = new NotPermitted(FAILURE, NotPermitted.Why.OPTED_OUT, new IOException("HTTP"));
        assertThat(e.why()).isEqualTo(NotPermitted.Why.OPTED_OUT);
        assertThat(e.code()).contains("21610");
        assertThat(e.effect()).isEqualTo(Effect.NONE);
        assertThat(e)
                .hasMessage("twilio message.send: the recipient has opted out, code 21610 (nothing was done)")
                .hasCauseInstanceOf(IOException.class);
        assertThat(new NotPermitted(FAILURE, NotPermitted.Why.TRIAL)).hasNoCause();
    }

    @Test
    @DisplayName("a refusal without a rule does not exist")
    @SuppressWarnings("NullAway")
    void withoutRule() {
        assertThatThrownBy(() -> new NotPermitted(FAILURE, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("why");
    }

    @Test
    @DisplayName("a number that is gone is a failure like every other")
    void numberUnavailable() {
        assertThat(new NumberUnavailable(FAILURE))
                .isInstanceOf(PstnException.class)
                .hasNoCause();
        assertThat(new NumberUnavailable(FAILURE, new IOException("HTTP"))).hasCauseInstanceOf(IOException.class);
    }
}
