package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.voipms.VoipMsStock.BackOrder;
import io.careflow.pstn.voipms.VoipMsStock.Country;
import io.careflow.pstn.voipms.VoipMsStock.Location;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VoipMsStockTest extends WireMockVoipMs {
    private static final Location HELSINKI = new Location(
            NumberKind.LOCAL, "a65", "HELSINKI", "FINLAND", "9", 2, NumberPrice.UNKNOWN, NumberPrice.UNKNOWN, 2);
    private static final CommandId COMMAND = new CommandId("o-1");

    private VoipMsStock stock;

    @BeforeEach
    void open() {
        stock = voipms.require(VoipMsStock.class);
        on("getServersInfo", json(FakeTrunks.servers()));
    }

    @Test
    @DisplayName("countries are asked for in VoIP.ms's own word for the kind")
    void countries() {
        on(
                "getInternationalTypes",
                success("\"types\":[{\"value\":\"NATIONAL\"},{\"value\":\"TOLL-FREE\"},{\"value\":\"GEOGRAPHIC\"}]"));
        on("getDIDCountries", success("\"countries\":[{\"value\":205,\"description\":\"SWEDEN (+46)\"}]"));

        assertThat(stock.countries(NumberKind.TOLL_FREE)).containsExactly(new Country("205", "SWEDEN (+46)"));
        assertThat(sent("getDIDCountries")).containsEntry("type", "TOLL-FREE");
        assertThatThrownBy(() -> stock.countries(NumberKind.MOBILE)).isInstanceOf(UnsupportedFeature.class);
    }

    @Test
    @DisplayName("places have their stock and both prices, commas behind them or not")
    void locations() {
        on(
                "getDIDsInternationalGeographic",
                success(
                        "\"locations\":[{\"location_id\":\"a65\",\"location_name\":\"HELSINKI\",\"country\":\"FINLAND\","
                                + "\"area_code\":9,\"stock\":\"2\",\"monthly\":\"5.00\",\"setup\":\"0.00\",\"minute\":\"0.00\","
                                + "\"monthly_per_minute\":\"7.00,\",\"setup_per_minute\":\"5.50,\",\"channels\":2}]"));

        Location place =
                stock.locations(NumberKind.LOCAL, new Country("71", "FINLAND")).get(0);

        assertThat(sent("getDIDsInternationalGeographic")).containsEntry("country_id", "71");
        assertThat(place.stock()).isEqualTo(2);
        assertThat(place.flat().monthly()).isEqualTo(Money.of("5", "USD"));
        assertThat(place.perMinute().monthly()).isEqualTo(Money.of("7", "USD"));
        assertThat(place.perMinute().setup()).isEqualTo(Money.of("5.5", "USD"));
    }

    @Test
    @DisplayName("which number an order brought is learned by comparing before and after")
    void order() {
        arrives(success(""));

        List<NumberAtCarrier> got = stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE.trunk("100001_clinic"));

        assertThat(got).extracting(one -> one.number().e164()).containsExactly("+358912345678");
        assertThat(sent("orderDIDInternationalGeographic"))
                .containsEntry("location_id", "a65")
                .containsEntry("quantity", "1")
                .containsEntry("routing", "account:100001_clinic")
                .containsEntry("pop", "5")
                .containsEntry("billing_type", "1");
        assertThat(stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE.trunk("100001_clinic")))
                .hasSize(1);
        assertThat(sent()).filteredOn("orderDIDInternationalGeographic"::equals).hasSize(1);
    }

    @Test
    @DisplayName("an order whose answer is lost is looked up the same way")
    void lost() {
        arrives(aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThat(stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE)).hasSize(1);
    }

    @Test
    @DisplayName("an order that brought nothing yet is in doubt, and never sent again")
    void nothingYet() {
        on("getDIDsInfo", success("\"dids\":[" + FakeNumbers.row("442071234567", "none:") + "]"));
        on("orderDIDInternationalGeographic", success(""));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE))
                    .isInstanceOfSatisfying(
                            PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                    .hasMessageContaining("VoIP.ms took the order")
                    .hasMessageContaining("0 of 1");
        }
        assertThat(sent()).filteredOn("orderDIDInternationalGeographic"::equals).hasSize(1);
    }

    @Test
    @DisplayName("while an order is in doubt none of another place is sent, as nobody could say whose number appears")
    void anotherPlace() {
        Location tampere = new Location(
                NumberKind.LOCAL, "a66", "TAMPERE", "FINLAND", "3", 2, NumberPrice.UNKNOWN, NumberPrice.UNKNOWN, 2);
        on("getDIDsInfo", status("no_did"));
        on("orderDIDInternationalGeographic", aResponse().withFault(Fault.EMPTY_RESPONSE));
        assertThatThrownBy(() -> stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE))
                .isInstanceOf(PstnException.class);
        on("orderDIDInternationalGeographic", success(""));

        assertThatThrownBy(() -> stock.order(new CommandId("o-2"), tampere, 1, NumberSettings.NONE))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("'o-1' is in doubt");
        assertThat(sent()).filteredOn("orderDIDInternationalGeographic"::equals).hasSize(1);

        on("getDIDsInfo", success("\"dids\":[" + FakeNumbers.row("358912345678", "none:") + "]"));
        assertThat(stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE)).hasSize(1);
        assertThatThrownBy(() -> stock.order(new CommandId("o-2"), tampere, 1, NumberSettings.NONE))
                .hasMessageContaining("0 of 1 are there");
    }

    @Test
    @DisplayName("an order in doubt that is given again does not take the number of the one that is under way")
    void twoOfOnePlace() {
        on("getDIDsInfo", status("no_did"));
        on("orderDIDInternationalGeographic", aResponse().withFault(Fault.EMPTY_RESPONSE));
        AtomicReference<@Nullable Thread> again = new AtomicReference<>();
        AtomicReference<@Nullable Object> outcome = new AtomicReference<>();
        try (VoipMsProvider racing = settings()
                .sleeper(pause -> {
                    Thread before = again.get();
                    if (before != null && before.getState() == Thread.State.NEW) {
                        on("getDIDsInfo", success("\"dids\":[" + FakeNumbers.row("358912345678", "none:") + "]"));
                        before.start();
                        await().until(() -> before.getState() == Thread.State.WAITING || !before.isAlive());
                    }
                })
                .build()) {
            VoipMsStock both = racing.require(VoipMsStock.class);
            assertThatThrownBy(() -> both.order(COMMAND, HELSINKI, 1, NumberSettings.NONE))
                    .isInstanceOf(PstnException.class);
            on("orderDIDInternationalGeographic", success(""));
            Thread first =
                    new Thread(() -> outcome.set(tried(() -> both.order(COMMAND, HELSINKI, 1, NumberSettings.NONE))));
            again.set(first);

            assertThat(both.order(new CommandId("o-2"), HELSINKI, 1, NumberSettings.NONE))
                    .hasSize(1);

            await().until(() -> !first.isAlive());
            assertThat(outcome.get())
                    .isInstanceOfSatisfying(
                            PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
        }
    }

    private static Object tried(Supplier<Object> task) {
        try {
            return task.get();
        } catch (PstnException e) {
            return e;
        }
    }

    @Test
    @DisplayName("an order that is refused bought nothing, and may be given again")
    void refused() {
        on("getDIDsInfo", status("no_did"));
        on("orderDIDInternationalGeographic", status("unsifficient_stock"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE))
                    .isInstanceOfSatisfying(
                            NumberUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
        }
        assertThat(sent()).filteredOn("orderDIDInternationalGeographic"::equals).hasSize(2);
    }

    @Test
    @DisplayName("what cannot be is refused before anything is asked")
    void impossible() {
        assertThatThrownBy(() -> stock.order(COMMAND, HELSINKI, 0, NumberSettings.NONE))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> stock.order(COMMAND, HELSINKI, 1, NumberSettings.NONE.with(VoipMsOptions.SMS, true)))
                .isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> stock.backOrder(COMMAND, "DE", "BE", "BERLIN", NumberSettings.NONE))
                .isInstanceOf(UnsupportedFeature.class);
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("a back order is found among the back orders")
    void backOrder() {
        wire.stubFor(asking("getBackOrders")
                .inScenario("back")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(success("\"back_orders\":[{\"id\":1,\"description\":\"TAMPA, FL\"}]")));
        wire.stubFor(asking("getBackOrders")
                .inScenario("back")
                .whenScenarioStateIs("ordered")
                .willReturn(success("\"back_orders\":[{\"id\":1},{\"id\":1234,\"description\":\"MIAMI, FL\"}]")));
        wire.stubFor(asking("backOrderDIDUSA")
                .inScenario("back")
                .willReturn(success(""))
                .willSetStateTo("ordered"));

        BackOrder order = stock.backOrder(COMMAND, "US", "FL", "MIAMI", NumberSettings.NONE);

        assertThat(order).isEqualTo(new BackOrder("1234", "MIAMI, FL"));
        assertThat(sent("backOrderDIDUSA"))
                .containsEntry("state", "FL")
                .containsEntry("ratecenter", "MIAMI")
                .containsEntry("quantity", "1");
    }

    /** A number of Finland comes with the order, beside one of the UK and one of Canada that were and that comes meanwhile. */
    private void arrives(ResponseDefinitionBuilder answer) {
        String uk = FakeNumbers.row("442071234567", "none:");
        wire.stubFor(asking("getDIDsInfo")
                .inScenario("order")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(success("\"dids\":[" + uk + "]")));
        wire.stubFor(asking("getDIDsInfo")
                .inScenario("order")
                .whenScenarioStateIs("ordered")
                .willReturn(success("\"dids\":[" + uk + "," + FakeNumbers.row("4165550199", "none:") + ","
                        + FakeNumbers.row("358912345678", "account:100001_clinic") + "]")));
        wire.stubFor(asking("orderDIDInternationalGeographic")
                .inScenario("order")
                .willReturn(answer)
                .willSetStateTo("ordered"));
    }
}
