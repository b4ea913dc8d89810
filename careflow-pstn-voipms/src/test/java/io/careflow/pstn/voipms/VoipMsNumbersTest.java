package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsNumbersTest extends WireMockVoipMs {
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550142");
    private static final String DID = "4165550142";

    private NumberInventory numbers;

    @BeforeEach
    void open() {
        numbers = voipms.require(NumberInventory.class);
        on("getServersInfo", json(FakeTrunks.servers()));
    }

    @Test
    @DisplayName("numbers are searched by area code, each with the price of the plan that is paid per minute")
    void byArea() {
        on(
                "searchDIDsCAN",
                success("\"dids\":[" + forSale("8195550100", "1") + "," + forSale("4165550100", "1") + "]"));

        List<AvailableNumber> found = numbers.search(NumberQuery.local("CA").inArea("819"));

        assertThat(sent("searchDIDsCAN")).isEqualTo(Map.of("type", "starts", "query", "819"));
        assertThat(found).hasSize(1);
        AvailableNumber one = found.get(0);
        assertThat(one.number()).isEqualTo(new PhoneNumber("+18195550100"));
        assertThat(one.locality()).isEqualTo("SHERBROOKE");
        assertThat(one.region()).isEqualTo("QC");
        assertThat(one.price().monthly()).isEqualTo(Money.of("0.85", "USD"));
        assertThat(one.price().setup()).isEqualTo(Money.of("0.40", "USD"));
        assertThat(one.features()).containsExactlyInAnyOrder(NumberFeature.VOICE, NumberFeature.SMS);
    }

    @Test
    @DisplayName("numbers are searched by rate centre and state, or by the state alone")
    void byPlace() {
        on("getDIDsUSA", success("\"dids\":{\"did\":\"3055550100\",\"ratecenter\":\"MIAMI\",\"state\":\"FL\"}"));

        assertThat(numbers.search(NumberQuery.local("US").in("Miami, FL"))).hasSize(1);
        assertThat(sent("getDIDsUSA")).containsEntry("state", "FL").containsEntry("ratecenter", "MIAMI");

        wire.resetRequests();
        assertThat(numbers.search(NumberQuery.local("US").in("FL"))).hasSize(1);
        assertThat(sent("getDIDsUSA")).containsEntry("state", "FL").doesNotContainKey("ratecenter");
    }

    @Test
    @DisplayName("a pattern with any digits in it is asked for by its longest part and applied to what comes back")
    void byPattern() {
        on(
                "searchDIDsCAN",
                success("\"dids\":[" + forSale("8195512399", "0") + "," + forSale("8195551234", "0") + "]"));

        List<AvailableNumber> found = numbers.search(NumberQuery.local("CA").matching("5**123"));

        assertThat(sent("searchDIDsCAN")).containsEntry("type", "contains").containsEntry("query", "123");
        assertThat(found).extracting(one -> one.number().e164()).containsExactly("+18195551234");
    }

    @Test
    @DisplayName("numbers without SMS are left out where SMS is wanted, and no more are given than asked for")
    void filtered() {
        on(
                "searchDIDsCAN",
                success("\"dids\":[" + forSale("8195550100", "0") + "," + forSale("8195550101", "1") + ","
                        + forSale("8195550102", "1") + "]"));

        assertThat(numbers.search(NumberQuery.local("CA")
                        .inArea("819")
                        .with(NumberFeature.SMS)
                        .atMost(1)))
                .extracting(one -> one.number().e164())
                .containsExactly("+18195550101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CA", "US"})
    @DisplayName("toll-free numbers are searched where they are sold, with their price")
    void tollFree(String country) {
        String method = country.equals("CA") ? "searchTollFreeCanUS" : "searchTollFreeUSA";
        on(method, success("\"dids\":[{\"did\":8775550100,\"monthly\":\"1.49,\",\"minute\":\"0.032\",\"setup\":0}]"));

        List<AvailableNumber> found =
                numbers.search(NumberQuery.of(country, NumberKind.TOLL_FREE).inArea("877"));

        assertThat(sent(method)).containsEntry("type", "starts").containsEntry("query", "877");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).price().monthly()).isEqualTo(Money.of("1.49", "USD"));
        assertThat(found.get(0).price().setup()).isEqualTo(Money.of("0", "USD"));
    }

    @Test
    @DisplayName("an unknown price is unknown and not zero")
    void unknownPrice() {
        on("searchDIDsCAN", success("\"dids\":[{\"did\":\"8195550100\",\"province\":\"QC\"}]"));

        AvailableNumber one =
                numbers.search(NumberQuery.local("CA").inArea("819")).get(0);

        assertThat(one.price().monthly()).isNull();
        assertThat(one.price().setup()).isNull();
    }

    @Test
    @DisplayName("a search that VoIP.ms cannot do is refused before anything is asked")
    void refusedSearches() {
        for (NumberQuery query : List.of(
                NumberQuery.local("CA"),
                NumberQuery.local("CA").in("Toronto"),
                NumberQuery.local("DE").inArea("30"),
                NumberQuery.of("US", NumberKind.MOBILE).inArea("305"),
                NumberQuery.local("US").inArea("305").with(NumberFeature.FAX),
                NumberQuery.of("US", NumberKind.TOLL_FREE).in("FL"))) {
            assertThatThrownBy(() -> numbers.search(query)).as(query.toString()).isInstanceOf(UnsupportedFeature.class);
        }
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("no_did is an empty list of numbers and an absent number")
    void noDid() {
        on("getDIDsInfo", status("no_did"));

        assertThat(numbers.list()).isEmpty();
        assertThat(numbers.find(NUMBER)).isEmpty();
    }

    @Test
    @DisplayName("invalid_did is an absent number")
    void invalidDid() {
        on("getDIDsInfo", status("invalid_did"));

        assertThat(numbers.find(NUMBER)).isEmpty();
    }

    @Test
    @DisplayName("UK and iNUM DIDs are listed, E164 ones too, with SMS keys or without; what is no number is left out")
    void list() {
        on(
                "getDIDsInfo",
                success("\"dids\":[{\"did\":\"442071234567\",\"routing\":\"account:100001_clinic\"},"
                        + "{\"did\":\"883510000000091\"},{\"did\":\"+14165550142\",\"sms_available\":1,\"e911\":\"1\","
                        + "\"note\":\"desk\"},{\"did\":\"n/a\"}]"));

        List<NumberAtCarrier> all = numbers.list();

        assertThat(all)
                .extracting(one -> one.number().e164())
                .containsExactly("+442071234567", "+883510000000091", "+14165550142");
        assertThat(all.get(0).trunkId()).isEqualTo("100001_clinic");
        assertThat(all.get(0).features()).containsExactly(NumberFeature.VOICE);
        assertThat(all.get(2).features())
                .containsExactlyInAnyOrder(NumberFeature.VOICE, NumberFeature.SMS, NumberFeature.EMERGENCY);
        assertThat(all.get(2).label()).isEqualTo("desk");
    }

    @Test
    @DisplayName("an order names routing, server, ring time and plan, and is confirmed by reading")
    void order() {
        bought(success(""));

        NumberAtCarrier got = numbers.order(order(NumberSettings.NONE
                .trunk("100001_clinic")
                .labelled("desk")
                .with(VoipMsOptions.SERVER, "montreal1.voip.ms")
                .with(VoipMsOptions.BILLING, "flat")
                .with(VoipMsOptions.RING_SECONDS, 25)
                .with(VoipMsOptions.CALLER_NAMES, true)
                .with(VoipMsOptions.WHEN_UNREACHABLE, "fwd:1026")));

        assertThat(sent("orderDID"))
                .containsEntry("did", DID)
                .containsEntry("routing", "account:100001_clinic")
                .containsEntry("pop", "33")
                .containsEntry("dialtime", "25")
                .containsEntry("cnam", "1")
                .containsEntry("billing_type", "2")
                .containsEntry("failover_unreachable", "fwd:1026")
                .containsEntry("note", "desk");
        assertThat(got.number()).isEqualTo(NUMBER);
        assertThat(got.status()).isEqualTo(NumberAtCarrier.Status.ACTIVE);
    }

    @Test
    @DisplayName(
            "an order without settings goes to the recommended server, per minute, and tells callers it is not in service")
    void orderPlain() {
        bought(success(""));

        NumberAtCarrier unused = numbers.order(order(NumberSettings.NONE));

        assertThat(sent("orderDID"))
                .containsEntry("routing", "sys:noservice")
                .containsEntry("pop", "5")
                .containsEntry("billing_type", "1")
                .containsEntry("cnam", "0");
    }

    @Test
    @DisplayName("a toll-free number is ordered as one")
    void orderTollFree() {
        PhoneNumber tollFree = new PhoneNumber("+18775550142");
        on("getDIDsInfo", status("no_did"));
        on("orderTollFree", success(""));

        NumberAtCarrier got =
                numbers.order(new NumberOrder(new CommandId("o-1"), TenantId.DEFAULT, tollFree, NumberSettings.NONE));

        assertThat(sent("orderTollFree")).containsEntry("did", "8775550142").doesNotContainKey("billing_type");
        assertThat(got.status()).isEqualTo(NumberAtCarrier.Status.PENDING);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    @DisplayName("a number that is owned already is not ordered")
    void ownedAlready() {
        on("getDIDsInfo", success("\"dids\":[" + FakeNumbers.row(DID, "none:") + "]"));

        assertThat(numbers.order(order(NumberSettings.NONE)).number()).isEqualTo(NUMBER);
        assertThat(sent()).doesNotContain("orderDID");
    }

    @Test
    @DisplayName("an order whose answer is lost is looked up: a number that is there was bought, once")
    void lostOrder() {
        bought(aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThat(numbers.order(order(NumberSettings.NONE)).number()).isEqualTo(NUMBER);
        assertThat(numbers.order(order(NumberSettings.NONE)).number()).isEqualTo(NUMBER);
        assertThat(sent()).filteredOn("orderDID"::equals).hasSize(1);
    }

    @Test
    @DisplayName("an order whose answer is lost and that cannot be found stays in doubt, and is never sent again")
    void doubtfulOrder() {
        on("getDIDsInfo", status("no_did"));
        on("orderDID", aResponse().withFault(Fault.EMPTY_RESPONSE));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> numbers.order(order(NumberSettings.NONE)))
                    .isInstanceOfSatisfying(
                            ProviderUnavailable.class,
                            e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
        }
        assertThat(sent()).filteredOn("orderDID"::equals).hasSize(1);
    }

    @Test
    @DisplayName("an order that succeeded and cannot be confirmed is in doubt and never undone by an order again")
    void unconfirmed() {
        wire.stubFor(asking("getDIDsInfo")
                .inScenario("order")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status("no_did")));
        wire.stubFor(asking("getDIDsInfo")
                .inScenario("order")
                .whenScenarioStateIs("ordered")
                .willReturn(status("invalid_credentials")));
        wire.stubFor(
                asking("orderDID").inScenario("order").willReturn(success("")).willSetStateTo("ordered"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> numbers.order(order(NumberSettings.NONE)))
                    .isInstanceOfSatisfying(
                            PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                    .hasMessageContaining("the number was bought");
        }
        assertThat(sent()).filteredOn("orderDID"::equals).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"did_in_use", "Unable_to_purchase", "order_failed", "invalid_did"})
    @DisplayName("a number that cannot be had is NumberUnavailable, after a look whether it was bought all the same")
    void unavailable(String code) {
        on("getDIDsInfo", status("no_did"));
        on("orderDID", status(code));

        assertThatThrownBy(() -> numbers.order(order(NumberSettings.NONE)))
                .isInstanceOfSatisfying(
                        NumberUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
        assertThat(sent()).containsExactly("getDIDsInfo", "getServersInfo", "orderDID", "getDIDsInfo");
    }

    @Test
    @DisplayName("order_failed that bought the number all the same gives the number")
    void failedAndBought() {
        bought(status("order_failed"));

        assertThat(numbers.order(order(NumberSettings.NONE)).number()).isEqualTo(NUMBER);
    }

    @Test
    @DisplayName("a number that cannot be chosen is refused before anything is asked")
    void abroad() {
        assertThatThrownBy(() -> numbers.order(new NumberOrder(
                        new CommandId("o-1"), TenantId.DEFAULT, new PhoneNumber("+442071234567"), NumberSettings.NONE)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("VoipMsStock");
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("SMS of a new number is switched on as soon as VoIP.ms lets us")
    void smsOfNewNumber() {
        bought(success(""));
        wire.stubFor(asking("setSMS")
                .inScenario("sms")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status("sms_wait_message"))
                .willSetStateTo("settled"));
        wire.stubFor(asking("setSMS")
                .inScenario("sms")
                .whenScenarioStateIs("settled")
                .willReturn(success("")));

        NumberAtCarrier unused = numbers.order(
                order(NumberSettings.NONE.messages(URI.create("https://app.example.org/voipms/sms/token"))));

        assertThat(pauses).containsExactly(Duration.ofMinutes(1));
        assertThat(form(requests().get(requests().size() - 1)))
                .containsEntry("enable", "1")
                .containsEntry("url_callback_enable", "1")
                .containsEntry("url_callback_retry", "1")
                .containsEntry(
                        "url_callback",
                        "https://app.example.org/voipms/sms/token"
                                + "?to={TO}&from={FROM}&id={ID}&ts={TIMESTAMP}&message={MESSAGE}");
    }

    @Test
    @DisplayName(
            "a number whose SMS could not be set up was bought: the failure says so, and the order is not sent again")
    void smsRefused() {
        bought(success(""));
        on("setSMS", status("sms_apply_regulations"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> numbers.order(order(NumberSettings.NONE.with(VoipMsOptions.SMS, true))))
                    .isInstanceOfSatisfying(
                            PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                    .hasMessageContaining("the number was bought");
        }
        assertThat(sent()).filteredOn("orderDID"::equals).hasSize(1);
    }

    @Test
    @DisplayName("a routing, a server and a plan are each changed alone")
    void changedAlone() {
        owned();
        on("setDIDRouting", success(""));
        on("setDIDPOP", success(""));
        on("setDIDBillingType", success(""));

        NumberAtCarrier changed = numbers.configure(NUMBER, NumberSettings.NONE.trunk("100001_clinic"));
        NumberAtCarrier server =
                numbers.configure(NUMBER, NumberSettings.NONE.with(VoipMsOptions.SERVER, "montreal1.voip.ms"));
        NumberAtCarrier flat = numbers.configure(NUMBER, NumberSettings.NONE.with(VoipMsOptions.BILLING, "flat"));

        assertThat(changed.trunkId()).isEqualTo("100001_clinic");
        assertThat(List.of(server.number(), flat.number())).containsOnly(NUMBER);
        assertThat(sent("setDIDRouting"))
                .containsEntry("routing", "account:100001_clinic")
                .hasSize(2);
        assertThat(sent("setDIDPOP")).containsEntry("pop", "33").hasSize(2);
        assertThat(sent("setDIDBillingType")).containsEntry("billing_type", "2").hasSize(2);
    }

    @Test
    @DisplayName("several changes write the whole number, and what nobody here knows stays as it is")
    void changedWhole() {
        on(
                "getDIDsInfo",
                success("\"dids\":[{\"did\":\"" + DID
                        + "\",\"description\":\"TORONTO, ON\",\"routing\":\"account:100001_a\","
                        + "\"failover_busy\":\"vm:101\",\"voicemail\":\"0\",\"pop\":\"5\",\"dialtime\":\"60\",\"cnam\":\"1\","
                        + "\"e911\":\"1\",\"callerid_prefix\":\"MIA\",\"note\":\"\",\"billing_type\":\"1\","
                        + "\"next_billing\":\"2026-04-01\",\"sms_available\":1,\"brand_new_setting\":\"kept\","
                        + "\"reseller_account\":\"0\"}]"));
        on("setDIDInfo", success(""));

        NumberAtCarrier changed = numbers.configure(
                NUMBER,
                NumberSettings.NONE
                        .labelled("desk")
                        .trunk("100001_b")
                        .with(VoipMsOptions.RING_SECONDS, 30)
                        .with(VoipMsOptions.CALLER_NAME_PREFIX, ""));

        assertThat(sent("setDIDInfo"))
                .containsEntry("did", DID)
                .containsEntry("routing", "account:100001_b")
                .containsEntry("failover_busy", "vm:101")
                .containsEntry("pop", "5")
                .containsEntry("dialtime", "30")
                .containsEntry("cnam", "1")
                .containsEntry("callerid_prefix", "")
                .containsEntry("note", "desk")
                .containsEntry("billing_type", "1")
                .containsEntry("brand_new_setting", "kept")
                .doesNotContainKeys(
                        "description", "e911", "next_billing", "sms_available", "voicemail", "reseller_account");
        assertThat(changed.label()).isEqualTo("desk");
    }

    @Test
    @DisplayName("a setting that VoIP.ms lacks is refused before anything is asked")
    void refusedSettings() {
        for (NumberSettings settings : List.of(
                NumberSettings.NONE.voice(URI.create("https://app.example.org/voice")),
                NumberSettings.NONE.status(URI.create("https://app.example.org/status")))) {
            assertThatThrownBy(() -> numbers.configure(NUMBER, settings)).isInstanceOf(UnsupportedFeature.class);
        }
        for (NumberSettings settings : List.of(
                NumberSettings.NONE.with(VoipMsOptions.ROUTING, "nowhere"),
                NumberSettings.NONE.with(VoipMsOptions.ROUTING, "fwd:1&pop=3"),
                NumberSettings.NONE.with(VoipMsOptions.BILLING, "free"),
                NumberSettings.NONE.with(VoipMsOptions.RING_SECONDS, 2),
                NumberSettings.NONE.labelled("x".repeat(50)),
                NumberSettings.NONE.trunk("100001_a").with(VoipMsOptions.ROUTING, "none:"),
                NumberSettings.NONE.messages(URI.create("https://app.example.org/sms?x=1")))) {
            assertThatThrownBy(() -> numbers.configure(NUMBER, settings)).isInstanceOf(InvalidRequest.class);
        }
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("a number that is not owned cannot be configured, and a server that does not exist not be chosen")
    void configureNothing() {
        on(asking("getDIDsInfo", "did=4165550199"), status("no_did"));
        assertThatThrownBy(
                        () -> numbers.configure(new PhoneNumber("+14165550199"), NumberSettings.NONE.trunk("100001_a")))
                .isInstanceOf(NotFound.class);

        owned();
        assertThatThrownBy(
                        () -> numbers.configure(NUMBER, NumberSettings.NONE.with(VoipMsOptions.SERVER, "nyc.voip.ms")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("nyc.voip.ms");
        assertThat(sent()).noneMatch(FakeVoipMs::isWrite);
    }

    @Test
    @DisplayName("SMS that is settling is refused with the time to wait; what was changed before is not called undone")
    void settling() {
        owned();
        on("setDIDRouting", success(""));
        on("setSMS", status("sms_wait_message"));

        assertThatThrownBy(() -> numbers.configure(NUMBER, NumberSettings.NONE.with(VoipMsOptions.SMS, true)))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> numbers.configure(
                        NUMBER, NumberSettings.NONE.trunk("100001_a").with(VoipMsOptions.SMS, true)))
                .isInstanceOfSatisfying(
                        PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                .hasMessageContaining("the number was changed");
        assertThat(pauses).isEmpty();
    }

    @Test
    @DisplayName("a number in E164 dial mode is found by ten digits and written with them")
    void e164DialMode() {
        on(asking("getDIDsInfo", "did=" + DID), success("\"dids\":[" + FakeNumbers.row("+1" + DID, "none:") + "]"));
        on("setDIDRouting", success(""));

        NumberAtCarrier unused = numbers.configure(NUMBER, NumberSettings.NONE.trunk("100001_clinic"));

        assertThat(sent("setDIDRouting")).containsEntry("did", DID);
    }

    @Test
    @DisplayName("a change of one SMS setting leaves the others as they are")
    void smsKept() {
        on(
                "getDIDsInfo",
                success("\"dids\":[{\"did\":\"" + DID + "\",\"sms_enabled\":\"1\",\"sms_email_enabled\":\"1\","
                        + "\"sms_email\":\"desk@example.org\",\"sms_forward_enabled\":\"0\",\"sms_forward\":\"\"}]"));
        on("setSMS", success(""));

        NumberAtCarrier unused =
                numbers.configure(NUMBER, NumberSettings.NONE.messages(URI.create("https://app.example.org/sms")));

        assertThat(sent("setSMS"))
                .containsEntry("email_enabled", "1")
                .containsEntry("email_address", "desk@example.org")
                .containsEntry("sms_forward_enable", "0")
                .containsEntry("url_callback_enable", "1")
                .containsEntry("enable", "1");
    }

    @Test
    @DisplayName("a number is released once; one that is not there is no error")
    void release() {
        owned();
        on("cancelDID", success(""));
        numbers.release(NUMBER);
        assertThat(sent("cancelDID")).containsEntry("did", DID);

        on("getDIDsInfo", status("no_did"));
        numbers.release(NUMBER);
        assertThat(sent()).filteredOn("cancelDID"::equals).hasSize(1);
    }

    private void owned() {
        on(asking("getDIDsInfo", "did=" + DID), success("\"dids\":[" + FakeNumbers.row(DID, "sys:noservice") + "]"));
    }

    /** Nothing is there until the order came, whatever it is answered. */
    private void bought(ResponseDefinitionBuilder answer) {
        wire.stubFor(asking("getDIDsInfo")
                .inScenario("order")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status("no_did")));
        wire.stubFor(asking("getDIDsInfo")
                .inScenario("order")
                .whenScenarioStateIs("ordered")
                .willReturn(success("\"dids\":[" + FakeNumbers.row(DID, "sys:noservice") + "]")));
        wire.stubFor(asking("orderDID").inScenario("order").willReturn(answer).willSetStateTo("ordered"));
    }

    private static NumberOrder order(NumberSettings settings) {
        return new NumberOrder(new CommandId("o-1"), TenantId.DEFAULT, NUMBER, settings);
    }

    private static String forSale(String did, String sms) {
        return "{\"did\":\"" + did + "\",\"ratecenter\":\"SHERBROOKE\",\"province\":\"QC\","
                + "\"perminute_monthly\":\"0.85\",\"perminute_minute\":\"0.009\",\"perminute_setup\":\"0.40\","
                + "\"flat_monthly\":\"4.25\",\"flat_minute\":\"0.00\",\"flat_setup\":\"0.40\",\"sms\":" + sms + "}";
    }
}
