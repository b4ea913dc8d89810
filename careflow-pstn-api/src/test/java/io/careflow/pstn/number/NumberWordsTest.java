package io.careflow.pstn.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.CallCharged;
import io.careflow.pstn.event.NumberOrderChanged;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumberWordsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550142");

    @Test
    @DisplayName("an event of an order keeps its own copy of the numbers")
    void order() {
        List<PhoneNumber> numbers = new ArrayList<>(List.of(NUMBER));
        NumberOrderChanged event = new NumberOrderChanged(
                "e-1", NOW, "order-1", null, numbers, NumberOrderChanged.Outcome.DELIVERED, "success");
        numbers.clear();

        assertThat(event.numbers()).containsExactly(NUMBER);
    }

    @Test
    @DisplayName("what a leg cost is kept with its parts, exactly")
    void charged() {
        Map<String, Money> parts = new HashMap<>(Map.of("sip-trunking", Money.of("0.0051", "USD")));
        CallRef call = new CallRef(new ProviderId("telnyx"), "v3:one");
        CallCharged event = new CallCharged("e-1", NOW, call, "leg-1", Money.of("0.0071", "USD"), 60L, parts);
        parts.clear();

        assertThat(event.parts()).containsEntry("sip-trunking", Money.of("0.0051", "USD"));
        assertThatThrownBy(() -> event.parts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
