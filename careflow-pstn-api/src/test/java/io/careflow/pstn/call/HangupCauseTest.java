package io.careflow.pstn.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HangupCauseTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127})
    @DisplayName("causes of Q.850 are allowed")
    void allowed(int q850) {
        assertThat(HangupCause.of(q850, "").q850()).isEqualTo(q850);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 128, 487})
    @DisplayName("other numbers, such as SIP statuses, are refused by name")
    void refused(int q850) {
        assertThatThrownBy(() -> HangupCause.of(q850, "")).hasMessageContaining("Q.850 cause is " + q850);
    }

    @Test
    @DisplayName("the causes that have names have their numbers of Q.850")
    void names() {
        assertThat(HangupCause.UNKNOWN.q850()).isZero();
        assertThat(HangupCause.UNALLOCATED.q850()).isEqualTo(1);
        assertThat(HangupCause.NORMAL_CLEARING.q850()).isEqualTo(16);
        assertThat(HangupCause.USER_BUSY.q850()).isEqualTo(17);
        assertThat(HangupCause.NO_ANSWER.q850()).isEqualTo(19);
        assertThat(HangupCause.SUBSCRIBER_ABSENT.q850()).isEqualTo(20);
        assertThat(HangupCause.CALL_REJECTED.q850()).isEqualTo(21);
        assertThat(HangupCause.ANSWERED_ELSEWHERE.q850()).isEqualTo(26);
        assertThat(HangupCause.NORMAL_UNSPECIFIED.q850()).isEqualTo(31);
        assertThat(HangupCause.TEMPORARY_FAILURE.q850()).isEqualTo(41);
        assertThat(HangupCause.TIMER_EXPIRED.q850()).isEqualTo(102);
    }

    @ParameterizedTest
    @CsvSource({
        "17, BUSY",
        "18, NO_ANSWER",
        "19, NO_ANSWER",
        "20, NOT_REGISTERED",
        "21, REJECTED",
        "0, FAILED",
        "1, FAILED",
        "16, FAILED",
        "26, FAILED",
        "41, FAILED",
        "127, FAILED"
    })
    @DisplayName("what a cause means for an attempt that nobody answered")
    void unanswered(int q850, Disposition expected) {
        assertThat(Disposition.unanswered(HangupCause.of(q850, ""))).isEqualTo(expected);
    }
}
