package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.number.NumberReservations.Reservation;
import io.careflow.pstn.number.NumberReservations.Status;
import io.careflow.pstn.number.NumberSettings;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryReservationsTest {
    private static final PhoneNumber WANTED = new PhoneNumber("+18195550100");
    private static final CommandId FIRST = new CommandId("first");

    private final InMemoryProvider carrier =
            InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).start();
    private final NumberReservations reservations = carrier.require(NumberReservations.class);

    @BeforeEach
    void sell() {
        Money cost = Money.of("1", "USD");
        carrier.carrier()
                .sells(new AvailableNumber(
                        WANTED,
                        NumberKind.LOCAL,
                        "local",
                        "CA",
                        "Gatineau",
                        "QC",
                        Set.of(NumberFeature.VOICE),
                        new NumberPrice(cost, cost),
                        false));
    }

    @Test
    @DisplayName("nobody else gets a number that is held; we can order it")
    void held() {
        Reservation made = reservations.reserve(FIRST, WANTED);
        assertThat(made.status()).isEqualTo(Status.HELD);
        assertThat(made.until()).isEqualTo(carrier.time().now().plus(Duration.ofMinutes(30)));

        carrier.carrier().soldToSomebodyElse(WANTED);
        carrier.require(NumberInventory.class)
                .order(new NumberOrder(new CommandId("order"), TenantId.DEFAULT, WANTED, NumberSettings.NONE));
        assertThat(carrier.require(NumberInventory.class).find(WANTED)).isPresent();
    }

    @Test
    @DisplayName("after half an hour it is held no longer, and cannot be held longer")
    void over() {
        String id = reservations.reserve(FIRST, WANTED).id();
        carrier.time().run(Duration.ofMinutes(30));

        assertThat(reservations.fetch(id).orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThatThrownBy(() -> reservations.extend(id)).isInstanceOf(NotPermitted.class);
        carrier.carrier().soldToSomebodyElse(WANTED);
        assertThatThrownBy(() -> reservations.reserve(new CommandId("late"), WANTED))
                .isInstanceOf(NumberUnavailable.class);
    }

    @Test
    @DisplayName("held longer, it is held half an hour longer; what does not exist cannot be")
    void extended() {
        Reservation made = reservations.reserve(FIRST, WANTED);
        assertThat(reservations.extend(made.id()).until())
                .isEqualTo(carrier.time().now().plus(Duration.ofHours(1)));
        carrier.time().run(Duration.ofMinutes(59));
        assertThat(reservations.fetch(made.id()).orElseThrow().status()).isEqualTo(Status.HELD);
        assertThat(reservations.fetch("reservation-9")).isEmpty();
        assertThatThrownBy(() -> reservations.extend("reservation-9")).isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName(
            "one command makes one reservation; another number under its id is a conflict, a held number unavailable")
    void once() {
        assertThat(reservations.reserve(FIRST, WANTED)).isEqualTo(reservations.reserve(FIRST, WANTED));
        assertThatThrownBy(() -> reservations.reserve(FIRST, new PhoneNumber("+18195550101")))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> reservations.reserve(new CommandId("second"), WANTED))
                .isInstanceOf(NumberUnavailable.class);
    }

    @Test
    @DisplayName("a reservation whose answer is lost is looked up; one that was never made stays in doubt")
    void lost() {
        ProviderUnavailable lost = new ProviderUnavailable(
                Failure.of(carrier.id(), "number.reserve", Effect.UNKNOWN, "the answer is lost"));
        carrier.carrier().failNext(Operation.NUMBER_RESERVE, lost);
        assertThatThrownBy(() -> reservations.reserve(FIRST, WANTED)).isSameAs(lost);
        carrier.carrier().failNextAfterDoing(Operation.NUMBER_RESERVE, lost);
        assertThat(reservations.reserve(FIRST, WANTED).status()).isEqualTo(Status.HELD);
    }

    @Test
    @DisplayName("a carrier that holds no numbers says so by name")
    void absent() {
        InMemoryProvider plain = InMemoryProvider.answeredBy(
                        event -> CallFlow.start().hangUp())
                .without(NumberReservations.class)
                .start();
        assertThat(plain.find(NumberReservations.class)).isEmpty();
        assertThatThrownBy(() -> plain.require(NumberReservations.class))
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("NumberReservations");
    }
}
