package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.money.Money;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotesTest {
    private static final ProviderId ID = new ProviderId("broken");

    @Test
    void afterAFailureItIsNotAskedAgain() {
        Broken broken = new Broken(
                new ProviderUnavailable(Failure.of(ID, "price.call", Effect.UNKNOWN, "the answer was lost, key")));
        Quotes quotes = new Quotes(broken, text -> text.replace("key", "[secret]"));
        Quote first = quotes.call(Shell.OURS, Destination.number(Shell.THEIRS));
        assertThat(first).isEqualTo(Quote.unknown("broken price.call: the answer was lost, [secret]"));
        assertThat(quotes.message(Shell.OURS, Shell.THEIRS)).isEqualTo(first);
        assertThat(broken.asked).isEqualTo(1);
    }

    @Test
    void aFailureThatNobodyForesawIsNamedAndNotQuoted() {
        Quotes quotes = new Quotes(new Broken(new IllegalStateException("holds a secret")), text -> text);
        assertThat(quotes.message(Shell.OURS, Shell.THEIRS))
                .isEqualTo(Quote.unknown("unexpected failure java.lang.IllegalStateException"));
    }

    @Test
    void aSipAddressIsOnNoListOfNumbers() {
        Broken broken = new Broken(new IllegalStateException());
        assertThat(new Quotes(broken, text -> text).call(Shell.OURS, Destination.sip("sip:1001")))
                .isEqualTo(Quote.unknown("it is no telephone number"));
        assertThat(broken.asked).isZero();
    }

    /** A provider that fails as none should. */
    private static final class Broken implements PstnProvider, Prices {
        private final RuntimeException failure;
        private int asked;

        Broken(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public Optional<CallPrice> call(PhoneNumber from, PhoneNumber to) {
            asked++;
            throw failure;
        }

        @Override
        public Optional<Money> message(PhoneNumber from, PhoneNumber to) {
            asked++;
            throw failure;
        }

        @Override
        public ProviderId id() {
            return ID;
        }

        @Override
        public <T extends Capability> Optional<T> find(Class<T> capability) {
            return capability == Prices.class ? Optional.of(capability.cast(this)) : Optional.empty();
        }

        @Override
        public void close() {}
    }
}
