package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryNumbersTest {
    private static final URI URL = URI.create("https://app.example.org/voice");
    private static final AvailableNumber GATINEAU = local("+18195550100", "Gatineau", NumberFeature.VOICE);
    private static final AvailableNumber OTTAWA =
            local("+16135550123", "Ottawa", NumberFeature.VOICE, NumberFeature.SMS);

    private final InMemoryProvider carrier =
            InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).start();
    private final NumberInventory numbers = carrier.require(NumberInventory.class);

    @BeforeEach
    void sell() {
        carrier.carrier().sells(GATINEAU);
        carrier.carrier().sells(OTTAWA);
    }

    @Test
    @DisplayName("an order that is given again after the release of its number buys again")
    void orderAfterRelease() {
        NumberOrder order = NumberOrder.of(new CommandId("again"), OTTAWA);
        numbers.order(order);
        numbers.release(OTTAWA.number());
        carrier.carrier().sells(OTTAWA);

        assertThat(numbers.order(order).number()).isEqualTo(OTTAWA.number());
        assertThat(numbers.list()).hasSize(1);
    }

    @Test
    @DisplayName("every filter of a search counts")
    void search() {
        assertThat(numbers.search(NumberQuery.local("CA"))).containsExactly(GATINEAU, OTTAWA);
        assertThat(numbers.search(NumberQuery.local("CA").atMost(1))).containsExactly(GATINEAU);
        assertThat(numbers.search(NumberQuery.local("US"))).isEmpty();
        assertThat(numbers.search(NumberQuery.of("CA", NumberKind.TOLL_FREE))).isEmpty();
        assertThat(numbers.search(NumberQuery.local("CA").inArea("613"))).containsExactly(OTTAWA);
        assertThat(numbers.search(NumberQuery.local("CA").inArea("555"))).isEmpty();
        assertThat(numbers.search(NumberQuery.local("CA").matching("5*5012"))).containsExactly(OTTAWA);
        assertThat(numbers.search(NumberQuery.local("CA").in("gatineau"))).containsExactly(GATINEAU);
        assertThat(numbers.search(NumberQuery.local("CA").with(NumberFeature.SMS)))
                .containsExactly(OTTAWA);
    }

    @Test
    @DisplayName("an order sets the number up, takes its price from the balance, and it is no longer on sale")
    void order() {
        NumberAtCarrier bought = numbers.order(NumberOrder.of(new CommandId("buy"), OTTAWA)
                .settingUp(NumberSettings.NONE.voice(URL).labelled("Desk")));
        assertThat(bought.number()).isEqualTo(OTTAWA.number());
        assertThat(bought.voiceUrl()).isEqualTo(URL);
        assertThat(bought.label()).isEqualTo("Desk");
        assertThat(bought.features()).isEqualTo(OTTAWA.features());
        assertThat(numbers.list()).containsExactly(bought);
        assertThat(numbers.find(OTTAWA.number())).contains(bought);
        assertThat(numbers.search(NumberQuery.local("CA"))).containsExactly(GATINEAU);
        assertThat(balance()).isEqualTo(Money.of("98.15", "USD"));
    }

    @Test
    @DisplayName("an order that is repeated, and one for a number that is owned, cost nothing")
    void orderTwice() {
        NumberOrder order = NumberOrder.of(new CommandId("buy"), OTTAWA);
        NumberAtCarrier bought = numbers.order(order);
        assertThat(numbers.order(order)).isEqualTo(bought);
        assertThat(numbers.order(NumberOrder.of(new CommandId("again"), OTTAWA)))
                .isEqualTo(bought);
        assertThat(balance()).isEqualTo(Money.of("98.15", "USD"));
        assertThatThrownBy(() -> numbers.order(NumberOrder.of(new CommandId("buy"), GATINEAU)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("'buy'");
    }

    @Test
    @DisplayName("what somebody else has, and what cannot be paid, is not bought")
    void notBought() {
        carrier.carrier().soldToSomebodyElse(GATINEAU.number());
        carrier.carrier().balance(Money.of("1.84", "USD"));
        assertThatThrownBy(() -> numbers.order(NumberOrder.of(new CommandId("one"), GATINEAU)))
                .isInstanceOf(NumberUnavailable.class);
        assertThatThrownBy(() -> numbers.order(NumberOrder.of(new CommandId("two"), OTTAWA)))
                .isInstanceOf(InsufficientFunds.class)
                .hasMessageContaining("1.84 USD");
        assertThat(numbers.list()).isEmpty();
        carrier.carrier().balance(Money.of("1.85", "USD"));
        numbers.order(NumberOrder.of(new CommandId("two"), OTTAWA));
        assertThat(balance()).isEqualTo(Money.of("0", "USD"));
    }

    @Test
    @DisplayName("an order whose answer is lost is looked up: it was bought, once")
    void lostAnswer() {
        carrier.carrier().failNextAfterDoing(Operation.NUMBER_ORDER, lost(Operation.NUMBER_ORDER));
        assertThat(numbers.order(NumberOrder.of(new CommandId("buy"), OTTAWA)).number())
                .isEqualTo(OTTAWA.number());
        assertThat(balance()).isEqualTo(Money.of("98.15", "USD"));
    }

    @Test
    @DisplayName("an order that never arrived stays in doubt, and the number is not there")
    void inDoubt() {
        carrier.carrier().failNext(Operation.NUMBER_ORDER, lost(Operation.NUMBER_ORDER));
        assertThatThrownBy(() -> numbers.order(NumberOrder.of(new CommandId("buy"), OTTAWA)))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(numbers.find(OTTAWA.number())).isEmpty();
        assertThat(numbers.order(NumberOrder.of(new CommandId("buy"), OTTAWA)).number())
                .isEqualTo(OTTAWA.number());
    }

    @Test
    @DisplayName("settings change what they name and nothing else; a URL replaces a trunk and the other way round")
    void configure() {
        PhoneNumber owned = GATINEAU.number();
        carrier.carrier().owns(owned);
        String trunk = carrier.require(TrunkControl.class)
                .create(TrunkRequest.trunk(new CommandId("trunk"), "main"))
                .ref()
                .id();
        numbers.configure(owned, NumberSettings.NONE.labelled("Desk").voice(URL));
        assertThat(numbers.configure(owned, NumberSettings.NONE.messages(URL)).voiceUrl())
                .isEqualTo(URL);
        NumberAtCarrier trunked = numbers.configure(owned, NumberSettings.NONE.trunk(trunk));
        assertThat(trunked.voiceUrl()).isNull();
        assertThat(trunked.trunkId()).isEqualTo(trunk);
        assertThat(trunked.messageUrl()).isEqualTo(URL);
        assertThat(trunked.label()).isEqualTo("Desk");
        assertThat(numbers.configure(owned, NumberSettings.NONE.voice(URL)).trunkId())
                .isNull();
    }

    @Test
    @DisplayName("a number of others cannot be set up, nor can one with a trunk that does not exist")
    void badSettings() {
        assertThatThrownBy(() -> numbers.configure(OTTAWA.number(), NumberSettings.NONE.voice(URL)))
                .isInstanceOf(NotFound.class);
        carrier.carrier().owns(OTTAWA.number());
        assertThatThrownBy(() -> numbers.configure(OTTAWA.number(), NumberSettings.NONE.trunk("trunk-9")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("trunk-9");
        NumberOrder order =
                NumberOrder.of(new CommandId("buy"), GATINEAU).settingUp(NumberSettings.NONE.trunk("trunk-9"));
        assertThatThrownBy(() -> numbers.order(order)).isInstanceOf(InvalidRequest.class);
        assertThat(balance()).isEqualTo(Money.of("100", "USD"));
    }

    @Test
    @DisplayName("a number that is given back is gone for ever; giving back what is not ours is no error")
    void release() {
        numbers.order(NumberOrder.of(new CommandId("buy"), OTTAWA));
        numbers.release(OTTAWA.number());
        numbers.release(OTTAWA.number());
        assertThat(numbers.list()).isEmpty();
        assertThatThrownBy(() -> numbers.order(NumberOrder.of(new CommandId("again"), OTTAWA)))
                .isInstanceOf(NumberUnavailable.class);
    }

    private Money balance() {
        return carrier.require(Account.class).balance();
    }

    private ProviderUnavailable lost(Operation operation) {
        return new ProviderUnavailable(
                Failure.of(carrier.id(), operation.toString(), Effect.UNKNOWN, "the answer was lost"));
    }

    private static AvailableNumber local(String number, String town, NumberFeature... features) {
        return new AvailableNumber(
                new PhoneNumber(number),
                NumberKind.LOCAL,
                "local",
                "CA",
                town,
                null,
                Set.copyOf(List.of(features)),
                new NumberPrice(Money.of("1", "USD"), Money.of("0.85", "USD")),
                false);
    }
}
