package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.money.Money;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryPricesTest {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550100");
    private static final PhoneNumber TORONTO = new PhoneNumber("+14165550199");

    private final InMemoryProvider provider = builder().start();
    private final Prices prices = provider.require(Prices.class);

    @Test
    @DisplayName("what was not listed is unknown")
    void unknown() {
        assertThat(prices.call(OURS, TORONTO)).isEmpty();
        assertThat(prices.message(OURS, TORONTO)).isEmpty();
    }

    @Test
    @DisplayName("the longest beginning counts, and calls and texts have lists of their own")
    void longest() {
        provider.carrier().listsCalls("+1416", Money.of("0.01", "USD"));
        provider.carrier().listsCalls("+1", Money.of("0.02", "USD"));
        provider.carrier().listsCalls("+44", Money.of("0.03", "USD"));
        provider.carrier().listsTexts("+1", Money.of("0.0079", "USD"));

        assertThat(prices.call(OURS, TORONTO).map(CallPrice::perMinute)).contains(Money.of("0.01", "USD"));
        assertThat(prices.call(OURS, new PhoneNumber("+18195550100")).map(CallPrice::perMinute))
                .contains(Money.of("0.02", "USD"));
        assertThat(prices.message(OURS, TORONTO)).contains(Money.of("0.0079", "USD"));
        assertThat(prices.message(OURS, new PhoneNumber("+442079460000"))).isEmpty();
    }

    @Test
    @DisplayName("a provider that is down tells no prices")
    void down() {
        provider.carrier().goesDown("maintenance");
        assertThatThrownBy(() -> prices.call(OURS, TORONTO))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("price.call")
                .hasMessageContaining("maintenance");
    }

    @Test
    @DisplayName("a provider without prices refuses by name; the rest is there")
    void without() {
        InMemoryProvider mute = builder().without(Prices.class).start();
        assertThat(mute.find(Prices.class)).isEmpty();
        assertThat(mute.find(Account.class)).isPresent();
        assertThatThrownBy(() -> mute.require(Prices.class))
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("Prices");
    }

    private static InMemoryProvider.Builder builder() {
        return InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp());
    }
}
