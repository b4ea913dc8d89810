package io.careflow.pstn.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrunkLimitsTest {

    @Test
    @DisplayName("limits are collected one by one, and go along with a request")
    void collected() {
        TrunkLimits limits = TrunkLimits.countries("CA", "US")
                .spendingDaily(Money.of("100", "USD"))
                .payingPerMinute(Money.of("0.05", "USD"))
                .callsAtOnce(4);

        assertThat(limits)
                .isEqualTo(new TrunkLimits(Set.of("US", "CA"), Money.of("100", "USD"), Money.of("0.05", "USD"), 4));
        TrunkRequest request = TrunkRequest.trunk(new CommandId("make"), "clinic")
                .within(limits)
                .to(SipEndpoint.of("sip.example.org"))
                .secured(true, false);
        assertThat(request.limits()).isEqualTo(limits);
        assertThat(TrunkRequest.trunk(new CommandId("make"), "clinic").limits()).isNull();
    }

    @Test
    @DisplayName("limits that would let nothing through, or are no limits, are refused by name")
    void refused() {
        assertThatThrownBy(() -> TrunkLimits.countries("Canada"))
                .hasMessageContaining("'Canada'")
                .hasMessageContaining("3166");
        assertThatThrownBy(() -> new TrunkLimits(Set.of(), null, null, null)).hasMessageContaining("none at all");
        TrunkLimits some = TrunkLimits.countries("CA");
        assertThatThrownBy(() -> some.spendingDaily(Money.of("0", "USD"))).hasMessageContaining("daily spend is 0");
        assertThatThrownBy(() -> some.payingPerMinute(Money.of("-1", "USD")))
                .hasMessageContaining("highest rate is -1");
        assertThatThrownBy(() -> some.callsAtOnce(0)).hasMessageContaining("concurrent calls are 0");
    }

    @Test
    @DisplayName("a carrier without limits of trunks refuses them by this interface's default")
    void refusedByDefault() {
        TrunkRef trunk = new TrunkRef(new ProviderId("plain"), "trunk-1");

        assertThatThrownBy(() -> new Plain().limit(trunk, TrunkLimits.countries("CA")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("plain")
                .hasMessageContaining("limits of a trunk");
    }

    private static final class Plain implements TrunkControl {
        @Override
        public Set<TrunkKind> kinds() {
            return Set.of(TrunkKind.TRUNK);
        }

        @Override
        public SipTrunk create(TrunkRequest request) {
            throw new AssertionError();
        }

        @Override
        public Optional<SipTrunk> fetch(TrunkRef trunk) {
            return Optional.empty();
        }

        @Override
        public List<SipTrunk> list() {
            return List.of();
        }

        @Override
        public void attach(TrunkRef trunk, PhoneNumber number) {}

        @Override
        public void detach(TrunkRef trunk, PhoneNumber number) {}

        @Override
        public void delete(TrunkRef trunk) {}
    }
}
