package io.careflow.pstn.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PstnExceptionTest {
    private static final ProviderId TELNYX = new ProviderId("telnyx");

    @Test
    @DisplayName("the message holds who, what, status, code, request and whether something may have happened")
    void fullMessage() {
        Failure failure = Failure.of(TELNYX, "call.place", Effect.UNKNOWN, "no answer in time")
                .withCode("90018")
                .withHttpStatus(504)
                .withRequestId("req-1")
                .withRetryAfter(Duration.ofSeconds(3));
        PstnException e = new ProviderUnavailable(failure, new IOException("reset"));
        assertThat(e)
                .hasMessage("telnyx call.place: no answer in time, HTTP 504, code 90018, request req-1"
                        + " (it may have been done)")
                .hasCauseInstanceOf(IOException.class);
        assertThat(e.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(e.code()).contains("90018");
        assertThat(e.httpStatus()).hasValue(504);
        assertThat(e.requestId()).contains("req-1");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(e.failure()).isEqualTo(failure);
    }

    @Test
    @DisplayName("what is not known is left out")
    void shortMessage() {
        PstnException e = new NotFound(Failure.of(TELNYX, "call.fetch", Effect.NONE, "no such call"));
        assertThat(e).hasMessage("telnyx call.fetch: no such call (nothing was done)");
        assertThat(e.code()).isEmpty();
        assertThat(e.httpStatus()).isEmpty();
        assertThat(e.requestId()).isEmpty();
        assertThat(e.retryAfter()).isEmpty();
    }

    @Test
    @DisplayName("an unsupported feature is named with what is supported, sorted, and had no effect")
    void unsupportedFeature() {
        PstnException e = new UnsupportedFeature(TELNYX, "flow", "step 'sing'", List.of("say", "play"));
        assertThat(e.effect()).isEqualTo(Effect.NONE);
        assertThat(e).hasMessageContaining("step 'sing' is not supported; supported are [play, say]");
    }
}
