package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.webhook.Webhooks;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SipTrunkProviderTest {
    private static final TrunkRef TRUNK = new TrunkRef(new ProviderId("siproute"), "siproute");
    private final SipTrunkProvider provider =
            SipTrunkProvider.of(Trunk.builder().pricing(Trunk.flat()).build());

    @ParameterizedTest
    @ValueSource(
            classes = {
                CallControl.class,
                Conferences.class,
                Messaging.class,
                Recordings.class,
                ProviderCdrs.class,
                Account.class,
                DialingPermissions.class,
                CallerIds.class,
                NumberRequirements.class,
                NumberReservations.class,
                ProviderHealth.class,
                Webhooks.class
            })
    @DisplayName("what needs an API or a PBX is absent, and requiring it says where calls go")
    void absent(Class<? extends Capability> capability) {
        assertThat(provider.find(capability)).isEmpty();
        assertThatThrownBy(() -> provider.require(capability))
                .isInstanceOfSatisfying(
                        UnsupportedCapability.class,
                        refusal -> assertThat(refusal.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("siproute")
                .hasMessageContaining(capability.getSimpleName())
                .hasMessageContaining("placed and watched by a PBX");
    }

    @Test
    @DisplayName("the numbers of the profile are listed and found")
    void numbers() {
        NumberInventory numbers = provider.require(NumberInventory.class);
        assertThat(numbers.list()).extracting(NumberAtCarrier::number).containsExactly(Trunk.OURS);
        assertThat(numbers.find(Trunk.OURS)).map(NumberAtCarrier::trunkId).contains("siproute");
        assertThat(numbers.find(Trunk.FOREIGN)).isEmpty();
    }

    @Test
    @DisplayName("numbers cannot be changed, which is refused by name")
    void numbersReadOnly() {
        NumberInventory numbers = provider.require(NumberInventory.class);
        assertThatThrownBy(() -> numbers.release(Trunk.OURS))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("releasing numbers")
                .hasMessageContaining("list");
        assertThatThrownBy(() -> numbers.configure(Trunk.OURS, NumberSettings.NONE))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("the PBX routes their calls");
    }

    @Test
    @DisplayName("the trunk is told without its password, with its limit")
    void trunk() {
        TrunkControl trunks = provider.require(TrunkControl.class);
        SipTrunk trunk = trunks.fetch(TRUNK).orElseThrow();
        assertThat(trunks.list()).containsExactly(trunk);
        assertThat(trunk.credentials()).singleElement().satisfies(credential -> {
            assertThat(credential.username()).isEqualTo("100000_pbx");
            assertThat(credential.password()).isNull();
        });
        assertThat(trunk.registration()).isTrue();
        assertThat(trunk.secure()).isFalse();
        assertThat(trunk.numbers()).containsExactly(Trunk.OURS);
        assertThat(trunk.limits()).isEqualTo(new TrunkLimits(null, null, null, 4));
        assertThat(trunks.fetch(new TrunkRef(provider.id(), "other"))).isEmpty();
    }

    @Test
    @DisplayName("the trunk cannot be changed, which is refused by name")
    void trunkReadOnly() {
        TrunkControl trunks = provider.require(TrunkControl.class);
        assertThat(trunks.kinds()).isEmpty();
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> trunks.delete(TRUNK),
                () -> trunks.attach(TRUNK, Trunk.OURS),
                () -> trunks.detach(TRUNK, Trunk.OURS),
                () -> trunks.limit(TRUNK, TrunkLimits.countries("CA")))) {
            assertThatThrownBy(change)
                    .isInstanceOfSatisfying(
                            UnsupportedFeature.class,
                            refusal -> assertThat(refusal.effect()).isEqualTo(Effect.NONE));
        }
    }

    @Test
    @DisplayName("prices are those of the profile, and what it does not say is not known")
    void prices() {
        Prices prices = provider.require(Prices.class);
        assertThat(prices.call(Trunk.OURS, new PhoneNumber("+14165551212")))
                .hasValueSatisfying(price -> assertThat(price.perMinute()).isEqualTo(Money.of("0", "USD")));
        assertThat(prices.call(Trunk.OURS, new PhoneNumber("+18765551212")))
                .hasValueSatisfying(price -> assertThat(price.perMinute()).isEqualTo(Money.of("0.30", "USD")));
        assertThat(prices.call(Trunk.OURS, new PhoneNumber("+19005551212"))).isEmpty();
        assertThat(prices.call(Trunk.OURS, new PhoneNumber("+442071234567"))).isEmpty();
        assertThat(prices.message(Trunk.OURS, Trunk.FOREIGN)).isEmpty();
        assertThat(SipTrunkProvider.of(Trunk.builder().build())
                        .require(Prices.class)
                        .call(Trunk.OURS, Trunk.FOREIGN))
                .isEmpty();
    }
}
