package io.careflow.pstn.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.InboundCall;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that our own script answered and ended")
class ServedTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final CallRef CALL = new CallRef(new ProviderId("memory"), "1");

    @Test
    @DisplayName("as planned was served")
    void served() {
        assertThat(end(HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM)).isEqualTo(Disposition.SERVED);
    }

    @Test
    @DisplayName("for a failure failed")
    void failed() {
        assertThat(end(HangupCause.TEMPORARY_FAILURE, ReleasedBy.SYSTEM)).isEqualTo(Disposition.FAILED);
    }

    @Test
    @DisplayName("was abandoned if the caller hung up first")
    void abandoned() {
        assertThat(end(HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER)).isEqualTo(Disposition.ABANDONED);
    }

    private static Disposition end(HangupCause cause, ReleasedBy by) {
        CallProgress progress = new CallProgress(CALL);
        progress.accept(new InboundCall("1", NOON, CALL, Party.anonymous(), Party.of("+15551234567")));
        progress.accept(new CallAnswered("2", NOON.plusSeconds(1), CALL));
        progress.accept(new CallEnded("3", NOON.plusSeconds(5), CALL, cause, by, true));
        return progress.toCdr().disposition();
    }
}
