package io.careflow.pstn.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.routing.CauseTable.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several words about one end mean together. */
class CauseTableTest {
    private static final CauseKey FAILED = new CauseKey(CauseKey.TWILIO_STATUS, "failed");
    private static final CauseKey CHANUNAVAIL = new CauseKey(CauseKey.ASTERISK_DIAL_STATUS, "CHANUNAVAIL");

    private final CauseTable table = CauseTable.standard();

    @ParameterizedTest(name = "SIP {0} with Q.850 {1} is {2}")
    @CsvSource({
        "403, 21, BARRED, CONFIG",
        "487, 127, CANCELED, FINAL",
        "483, 19, LOOP, NEXT",
        "408, 18, TIMEOUT, NEXT_BEFORE_18X",
        "480, 19, UNREACHABLE, NEXT_BEFORE_18X",
        "603, 21, REJECTED, FINAL",
        "200, 17, BUSY, FINAL"
    })
    @DisplayName("a SIP status counts before the Q.850 cause, which stacks make of it in different ways")
    void sipFirst(int sip, int q850, NeutralCause cause, FailoverClass failover) {
        assertThat(judge(q850, sip, "").verdict()).isEqualTo(new CauseVerdict(cause, failover));
    }

    @ParameterizedTest(name = "SIP {0} with Q.850 {1} goes {2}")
    @CsvSource(
            value = {
                "499, 0, NEXT_BEFORE_18X",
                "599, 0, NEXT",
                "699, 0, FINAL",
                "399, 0, FINAL",
                "-, 63, NEXT_BEFORE_18X",
                "-, 0, BY_SIP_CODE"
            },
            nullValues = "-")
    @DisplayName("a code that nobody knows is unspecified, and goes by its hundred")
    void unknown(@Nullable Integer sip, int q850, FailoverClass failover) {
        assertThat(judge(q850, sip, "").verdict()).isEqualTo(new CauseVerdict(NeutralCause.UNSPECIFIED, failover));
    }

    @Test
    @DisplayName("a known Q.850 cause counts before an unknown SIP status")
    void knownBeforeUnknown() {
        assertThat(judge(17, 499, "").verdict().cause()).isEqualTo(NeutralCause.BUSY);
    }

    @ParameterizedTest(name = "403 {0} is {1}")
    @CsvSource({
        "'Forbidden', BARRED",
        "'Forbidden D35', CALLER_ID",
        "'D41 prefix', BLOCKED",
        "'call to D41A street', BARRED",
        "'Forbidden D999', BARRED",
        "'D19, D41', BLOCKED"
    })
    @DisplayName("a D-code in the text of a 403 says more than the 403; unknown ones and other words say nothing")
    void dCodes(String text, NeutralCause cause) {
        assertThat(judge(21, 403, text).verdict().cause()).isEqualTo(cause);
    }

    @Test
    @DisplayName("a D-code in the text of anything else is just a word")
    void dCodeElsewhere() {
        assertThat(judge(0, 503, "node D41 is full").verdict().cause()).isEqualTo(NeutralCause.CONGESTION);
    }

    @Test
    @DisplayName("a block wins over what stands before it")
    void blockWins() {
        CauseKey limit = new CauseKey(CauseKey.TWILIO_ERROR, "10004");
        assertThat(judge(0, 607, "", limit).verdict().cause()).isEqualTo(NeutralCause.BLOCKED);
        assertThat(judge(0, 503, "", limit).verdict().cause()).isEqualTo(NeutralCause.LIMIT);
    }

    @Test
    @DisplayName("'failed' leaves it to the SIP status")
    void coarse() {
        assertThat(judge(0, 503, "", FAILED).verdict().failover()).isEqualTo(FailoverClass.NEXT);
        assertThat(judge(0, 486, "", FAILED).verdict().cause()).isEqualTo(NeutralCause.BUSY);
    }

    @Test
    @DisplayName("'failed' without a SIP status is final, whatever Q.850 cause somebody made up for it")
    void coarseWithoutSip() {
        assertThat(judge(41, null, "", FAILED).verdict())
                .isEqualTo(new CauseVerdict(NeutralCause.FAILED, FailoverClass.BY_SIP_CODE));
    }

    @Test
    @DisplayName("CHANUNAVAIL leaves it to the Q.850 cause, and is final without one")
    void chanUnavail() {
        assertThat(judge(3, null, "", CHANUNAVAIL).verdict().cause()).isEqualTo(NeutralCause.NO_ROUTE);
        assertThat(judge(0, null, "", CHANUNAVAIL).verdict())
                .isEqualTo(new CauseVerdict(NeutralCause.FAILED, FailoverClass.BY_HANGUPCAUSE));
    }

    @Test
    @DisplayName("an application's own language is understood once it is in the table")
    void ownLanguage() {
        CauseKey key = new CauseKey("acme", "E7");
        assertThat(judge(0, null, "", key).verdict().cause()).isEqualTo(NeutralCause.UNSPECIFIED);
        CauseVerdict full = new CauseVerdict(NeutralCause.CONGESTION, FailoverClass.NEXT);
        assertThat(table.with(key, full)
                        .judge(HangupCause.UNKNOWN, List.of(key))
                        .verdict())
                .isEqualTo(full);
    }

    @Test
    @DisplayName("a blocked call is final, it cannot even be written down otherwise")
    void blockedIsFinal() {
        assertThatThrownBy(() -> new CauseVerdict(NeutralCause.BLOCKED, FailoverClass.NEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed is FINAL");
    }

    @Test
    @DisplayName("a code without language or text is refused")
    void blankKeys() {
        assertThatThrownBy(() -> new CauseKey(" ", "1")).hasMessageContaining("source");
        assertThatThrownBy(() -> new CauseKey("sip", "")).hasMessageContaining("code");
    }

    private Judgement judge(int q850, @Nullable Integer sip, String text, CauseKey... words) {
        return table.judge(new HangupCause(q850, sip, text), List.of(words));
    }
}
