package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.consent.ConsentAction;
import io.careflow.pstn.consent.ConsentLog;
import io.careflow.pstn.consent.ConsentRecord;
import io.careflow.pstn.consent.Jurisdiction;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ConsentLog} keeps to. Extend it and hand over an empty log. */
public abstract class ConsentLogConformance {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final CallRef CALL = new CallRef(new ProviderId("asterisk"), "a/b=1.2");

    /** For subclasses. */
    protected ConsentLogConformance() {}

    /** A log in which nothing is kept. Called once per test. */
    protected abstract ConsentLog emptyLog();

    @Test
    @DisplayName("a record comes back as it was kept, with every field and with as few as there can be")
    void roundTrip() {
        ConsentLog log = emptyLog();
        ConsentRecord full = asked().became(ConsentRecord.Answer.ANNOUNCED, AT, Duration.ofMillis(1_234));
        ConsentRecord bare = new ConsentRecord(
                CALL,
                "callee",
                Jurisdiction.UNKNOWN,
                ConsentAction.NONE,
                "",
                null,
                ConsentRecord.Answer.NOT_NEEDED,
                AT,
                null);
        log.keep(full);
        log.keep(bare);
        assertThat(log.of(CALL)).containsExactly(full, bare);
    }

    @Test
    @DisplayName("records of a call come back in the order in which they were kept, whatever their clocks said")
    void order() {
        ConsentLog log = emptyLog();
        ConsentRecord asked = asked();
        ConsentRecord given = asked.became(ConsentRecord.Answer.GIVEN, AT.minusSeconds(2), null);
        ConsentRecord heard = given.became(ConsentRecord.Answer.GIVEN, AT.minusSeconds(1), Duration.ZERO);
        log.keep(asked);
        log.keep(given);
        log.keep(heard);
        assertThat(log.of(CALL)).containsExactly(asked, given, heard);
    }

    @Test
    @DisplayName("the same record twice is kept once, and other calls are other calls")
    void once() {
        ConsentLog log = emptyLog();
        log.keep(asked());
        log.keep(asked());
        assertThat(log.of(CALL)).hasSize(1);
        assertThat(log.of(new CallRef(CALL.provider(), "a/b=1"))).isEmpty();
        assertThat(log.of(new CallRef(new ProviderId("other"), CALL.id()))).isEmpty();
    }

    private static ConsentRecord asked() {
        return new ConsentRecord(
                CALL,
                "caller",
                new Jurisdiction("US-WA"),
                ConsentAction.ANNOUNCE,
                "caller: ANNOUNCE in US-WA: Zoë's § 9.73.030(3); DROP TABLE",
                "en-2026.1",
                ConsentRecord.Answer.PENDING,
                AT,
                null);
    }
}
