package io.careflow.pstn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.SipTrunkReader;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlatJsonTest {
    private final FlatJson json = new FlatJson();

    @Test
    @DisplayName("objects and lists become dotted keys, numbers stay exact, null is absent")
    void flattened() {
        assertThat(json.read("{\"a\":{\"b\":[1.50,{\"c\":true}],\"d\":null},\"e\":\"x\",\"f\":[],\"g\":1e3}"))
                .isEqualTo(Map.of("a.b.0", "1.50", "a.b.1.c", "true", "e", "x", "g", "1000"));
    }

    @Test
    @DisplayName("a trunk is read from JSON as from properties")
    void trunk() {
        SipTrunkProfile profile = new SipTrunkReader().read(json.read("""
                {"id": "siproute", "brand": "SIPROUTE",
                 "endpoints": [{"host": "sip.carrier.example", "port": 5080}],
                 "auth": {"mode": "REGISTER", "username": "100000", "secret": "env:SIPROUTE_PASSWORD"},
                 "capacity": {"maxConcurrent": 4},
                 "pricing": {"model": "FLAT_PER_CHANNEL", "currency": "USD", "monthlyPerChannel": 24.99, "channels": 4,
                             "includedPrefixes": ["1416", "1647"]},
                 "numbers": [{"e164": "+14165550100"}]}
                """));
        assertThat(profile.endpoints().get(0).port()).isEqualTo(5080);
        assertThat(profile.pricing().monthlyPerChannel()).isEqualTo(Money.of("24.99", "USD"));
        assertThat(profile.pricing().includedPrefixes()).containsExactlyInAnyOrder("1416", "1647");
        assertThat(profile.numbers()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"hunter2\"",
                "{\"a\":\"hunter2\"",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":\"hunter2\",\"a\":2}",
                "{\"a.b\":\"hunter2\",\"a\":{\"b\":2}}"
            })
    @DisplayName("what is no object, or names a key twice, is refused without repeating it")
    void refused(String text) {
        assertThatThrownBy(() -> json.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
