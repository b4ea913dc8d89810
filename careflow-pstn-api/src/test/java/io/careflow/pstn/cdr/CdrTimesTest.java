package io.careflow.pstn.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CdrTimesTest {
    @Test
    @DisplayName("ringing, talk and what is billed are told apart, in milliseconds")
    void lengths() {
        CdrTimes times = new CdrTimes(at(0), at(100), at(9_001), null, at(12_345), at(72_346), at(72_400), true);
        assertThat(times.ringMillis()).isEqualTo(3_344);
        assertThat(times.talkMillis()).isEqualTo(60_001);
        assertThat(times.billableMillis()).isEqualTo(72_300);
    }

    @Test
    @DisplayName("ringing that nobody answered ends when it ended, or with the call where that is not known")
    void unanswered() {
        assertThat(new CdrTimes(at(0), at(100), at(1_000), at(31_000), null, null, at(40_000), true).ringMillis())
                .isEqualTo(30_000);
        assertThat(new CdrTimes(at(0), null, at(1_000), null, null, null, at(40_000), true).ringMillis())
                .isEqualTo(39_000);
        assertThatThrownBy(() -> new CdrTimes(at(0), null, null, at(1), null, null, at(9), true))
                .hasMessageContaining("needs a beginning");
        assertThatThrownBy(() -> new CdrTimes(at(0), null, at(1), at(2), at(3), at(4), at(9), true))
                .hasMessageContaining("no answer");
    }

    @Test
    @DisplayName("what never happened took no time")
    void never() {
        CdrTimes times = new CdrTimes(at(0), null, null, null, null, null, at(500), true);
        assertThat(times.ringMillis()).isZero();
        assertThat(times.talkMillis()).isZero();
        assertThat(times.billableMillis()).isZero();
    }

    @Test
    @DisplayName("an end before the beginning and half a conversation are refused")
    void refused() {
        assertThatThrownBy(() -> new CdrTimes(at(1), null, null, null, null, null, at(0), true))
                .hasMessageContaining("before it started");
        assertThatThrownBy(() -> talk(at(1), null)).hasMessageContaining("both a beginning and an end");
        assertThatThrownBy(() -> talk(null, at(1))).hasMessageContaining("both a beginning and an end");
    }

    @Test
    @DisplayName("an unknown cost is unknown, never zero, and half a cost is refused")
    void cost() {
        assertThat(CdrCost.UNRATED.isKnown()).isFalse();
        assertThat(CdrCost.UNRATED.amount()).isNull();
        CdrCost known = new CdrCost(Money.of("0.01", "USD"), new BigDecimal("0.0100000000"), "why");
        assertThat(known.isKnown()).isTrue();
        assertThatThrownBy(() -> new CdrCost(Money.of("0.01", "USD"), null, "why"))
                .hasMessageContaining("together");
        assertThatThrownBy(() -> new CdrCost(null, BigDecimal.ONE, "why")).hasMessageContaining("together");
    }

    private static CdrTimes talk(@Nullable Instant from, @Nullable Instant to) {
        return new CdrTimes(at(0), null, null, null, from, to, at(9), true);
    }

    private static Instant at(long millis) {
        return Instant.EPOCH.plusMillis(millis);
    }
}
