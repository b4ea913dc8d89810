package io.careflow.pstn.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.money.Money;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProviderCdrTest {
    @Test
    @DisplayName("what the carrier does not say is null, not zero")
    void unknown() {
        ProviderCdr cdr = cdr(null, null, Map.of());
        assertThat(cdr.price()).isNull();
        assertThat(cdr.billedSeconds()).isNull();
        assertThat(cdr(0L, Money.of("0", "USD"), Map.of()).price()).isEqualTo(Money.of("0", "USD"));
    }

    @Test
    @DisplayName("what we pay has no sign, and nobody talks less than nothing")
    void signs() {
        assertThatThrownBy(() -> cdr(60L, Money.of("-0.0085", "USD"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("price is -0.0085 USD; what we pay is written without a sign");
        assertThatThrownBy(() -> cdr(-1L, null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("billed seconds are -1; allowed are 0 and more, or null");
    }

    @Test
    @DisplayName("details do not change afterwards")
    void details() {
        Map<String, String> details = new HashMap<>(Map.of("queue_time", "0"));
        ProviderCdr cdr = cdr(null, null, details);
        details.clear();
        assertThat(cdr.details()).containsEntry("queue_time", "0");
    }

    private static ProviderCdr cdr(@Nullable Long seconds, @Nullable Money price, Map<String, String> details) {
        return new ProviderCdr(
                new CallRef(new ProviderId("memory"), "c-1"),
                null,
                Direction.OUTBOUND,
                Party.of("+18195550100"),
                Party.of("+14165550100"),
                null,
                null,
                seconds,
                null,
                "completed",
                price,
                details);
    }
}
