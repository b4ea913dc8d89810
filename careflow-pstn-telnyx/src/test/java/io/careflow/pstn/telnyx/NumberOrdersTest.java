package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NumberOrdersTest extends WireMockTelnyx {
    private static final PhoneNumber WANTED = new PhoneNumber("+18195550100");
    private static final CommandId COMMAND = new CommandId("clinic-42/main");
    private static final String REFERENCE = References.of(COMMAND);
    private static final String ID = "2934567890123456789";
    private static final String ORDER_ID = "7f3c1a52-6f0b-4a0e-9c55-2f4a1b7e9d10";
    private static final Sample ROW = Sample.of("number.json").with("customer_reference", REFERENCE);
    private static final Sample ORDER = Sample.of("order.json").with("customer_reference", REFERENCE);
    private static final Sample DONE = ORDER.with("status", "success").with("phone_numbers.0.status", "success");
    private static final String ORDERS = "/number_orders";
    private static final String ONE_ORDER = "/number_orders/" + ORDER_ID;
    private static final String POST = "POST /number_orders";

    @Test
    void anOrderIsOnePostAndIsAskedAfterWithLongerAndLongerPausesUntilTheNumberIsThere() {
        onPost(ORDERS, data(ORDER.toString()));
        inTurn(ONE_ORDER, data(ORDER.toString()), data(ORDER.toString()), data(DONE.toString()));
        there(ROW);

        NumberAtCarrier number = numbers().order(order(NumberSettings.NONE));

        assertThat(number.number()).isEqualTo(WANTED);
        assertThat(number.id()).isEqualTo(ID);
        assertThat(number.status()).isEqualTo(NumberAtCarrier.Status.ACTIVE);
        assertThat(number.label()).isEmpty();
        assertThat(number.features()).contains(NumberFeature.SMS);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(sent())
                .containsExactly(
                        POST,
                        "GET " + ONE_ORDER,
                        "GET " + ONE_ORDER,
                        "GET " + ONE_ORDER,
                        "GET /phone_numbers",
                        "GET /phone_numbers/" + ID + "/messaging");
    }

    @Test
    void theOrderCarriesItsReferenceAndWhatItCanSetUp() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW);

        Object unused = numbers()
                .order(order(NumberSettings.NONE
                        .trunk("2812345678901234567")
                        .with(TelnyxOptions.MESSAGING_PROFILE, "profile")
                        .with(TelnyxOptions.BILLING_GROUP, "group")
                        .with(TelnyxOptions.REQUIREMENT_GROUP, "papers")
                        .with(TelnyxOptions.BUNDLE, "bundle")));

        assertThat(body(requests().get(0)))
                .isEqualTo(tree("{\"phone_numbers\":[{\"phone_number\":\"+18195550100\","
                        + "\"requirement_group_id\":\"papers\",\"bundle_id\":\"bundle\"}],"
                        + "\"connection_id\":\"2812345678901234567\",\"messaging_profile_id\":\"profile\","
                        + "\"billing_group_id\":\"group\",\"customer_reference\":\"" + REFERENCE + "\"}"));
    }

    @Test
    void whatTheOrderCannotCarryIsSetUpOnceTheNumberIsThere() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW);
        onPatch(
                "/phone_numbers/" + ID,
                data(ROW.with("customer_reference", "front desk").toString()));
        onPatch("/phone_numbers/" + ID + "/voice", data("{\"id\":\"" + ID + "\"}"));
        NumberOrder order = order(NumberSettings.NONE.labelled("front desk").with(TelnyxOptions.CALLER_NAMES, true));

        assertThat(numbers().order(order).label()).isEqualTo("front desk");
        assertThat(numbers().order(order).label()).isEqualTo("front desk");

        assertThat(writes())
                .containsExactly(POST, "PATCH /phone_numbers/" + ID, "PATCH /phone_numbers/" + ID + "/voice");
    }

    @Test
    void aNumberThatIsBoughtAndCannotBeSetUpIsInDoubtAndNotBoughtAgain() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW);
        inTurnPatch(
                error(422, 10015),
                data(ROW.with("customer_reference", "front desk").toString()));
        NumberOrder order = order(NumberSettings.NONE.labelled("front desk"));

        assertThatThrownBy(() -> numbers().order(order))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN))
                .hasMessageContaining("the number was bought");
        assertThat(numbers().order(order).label()).isEqualTo("front desk");
        assertThat(writes()).containsOnlyOnce(POST);
    }

    @Test
    void theRowOfANumberMayAppearLaterThanTheSuccessOfItsOrder() {
        onPost(ORDERS, data(DONE.toString()));
        inTurn("/phone_numbers", page(), page(), page(ROW.toString()));
        onGet("/phone_numbers/" + ID + "/messaging", data(text("messaging.json")));

        assertThat(numbers().order(order(NumberSettings.NONE)).id()).isEqualTo(ID);

        assertThat(pauses).hasSize(2);
    }

    @Test
    void anOrderThatTakesLongIsPendingAndGivenAgainItIsAskedAfterAndNotOrderedAgain() {
        onPost(ORDERS, data(ORDER.toString()));
        onGet(ONE_ORDER, data(ORDER.toString()));

        NumberAtCarrier pending = numbers().order(order(NumberSettings.NONE.trunk("1")));

        assertThat(pending.status()).isEqualTo(NumberAtCarrier.Status.PENDING);
        assertThat(pending.rawStatus()).isEqualTo("pending");
        assertThat(pending.id()).isEqualTo(ORDER_ID);
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(15));

        onGet(ONE_ORDER, data(DONE.toString()));
        there(ROW);
        assertThat(numbers().order(order(NumberSettings.NONE.trunk("1"))).status())
                .isEqualTo(NumberAtCarrier.Status.ACTIVE);
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void aNumberWhosePurchaseIsPendingIsReadAgainWhenTheCommandIsAndSetUpOnce() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW.with("status", "purchase-pending"));
        onPatch("/phone_numbers/" + ID + "/voice", data("{\"id\":\"" + ID + "\"}"));
        NumberOrder order = order(NumberSettings.NONE.with(TelnyxOptions.CALLER_NAMES, true));

        assertThat(numbers().order(order).status()).isEqualTo(NumberAtCarrier.Status.PENDING);
        there(ROW);
        assertThat(numbers().order(order).status()).isEqualTo(NumberAtCarrier.Status.ACTIVE);

        assertThat(writes()).containsExactly(POST, "PATCH /phone_numbers/" + ID + "/voice");
    }

    @Test
    void anOrderThatNeedsPapersIsPendingAtOnceAndSaysWhatIsMissing() {
        onPost(
                ORDERS,
                data(ORDER.with("requirements_met", false)
                        .with("phone_numbers.0.requirements_met", false)
                        .with("phone_numbers.0.requirements_status", "requirement-info-pending")
                        .toString()));

        NumberAtCarrier pending = numbers().order(order(NumberSettings.NONE));

        assertThat(pending.status()).isEqualTo(NumberAtCarrier.Status.PENDING);
        assertThat(pending.rawStatus()).isEqualTo("requirement-info-pending");
        assertThat(pauses).isEmpty();
        assertThat(sent()).containsExactly(POST);
    }

    @ParameterizedTest
    @CsvSource({"failure", "failed", "cancelled", "deleted"})
    void anOrderThatTelnyxGivesUpBoughtNothingAndMayBeGivenAgain(String status) {
        onPost(ORDERS, data(ORDER.toString()));
        onGet(ONE_ORDER, data(ORDER.with("status", status).toString()));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE)))
                    .isInstanceOfSatisfying(
                            NumberUnavailable.class,
                            failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE))
                    .hasMessageContaining(status);
        }

        assertThat(writes()).containsExactly(POST, POST);
    }

    @Test
    void anOrderThatIsGivenUpForWantOfPapersIsAMatterOfTheLaw() {
        onPost(
                ORDERS,
                data(ORDER.with("status", "cancelled")
                        .with("requirements_met", false)
                        .with("phone_numbers.0.requirements_status", "requirement-info-exception")
                        .toString()));

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE)))
                .isInstanceOfSatisfying(NotPermitted.class, failure -> {
                    assertThat(failure.why()).isEqualTo(NotPermitted.Why.REGULATORY);
                    assertThat(failure.effect()).isEqualTo(Effect.NONE);
                })
                .hasMessageContaining("requirement-info-exception");
    }

    @Test
    void aStatusOfAnOrderThatNobodyKnowsIsKept() {
        onPost(ORDERS, data(ORDER.with("status", "levitating").toString()));
        onGet("/phone_numbers", page());

        NumberAtCarrier number = numbers().order(order(NumberSettings.NONE));

        assertThat(number.status()).isEqualTo(NumberAtCarrier.Status.OTHER);
        assertThat(number.rawStatus()).isEqualTo("levitating");
    }

    @Test
    void anOrderThatStandsIsPendingWhenAskingAfterItFails() {
        onPost(ORDERS, data(ORDER.toString()));
        onGet(ONE_ORDER, error(401, 10009));

        assertThat(numbers().order(order(NumberSettings.NONE)).status()).isEqualTo(NumberAtCarrier.Status.PENDING);
        assertThat(writes()).containsExactly(POST);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void anOrderWhoseAnswerIsLostIsFoundByItsReferenceAndNotOrderedAgain(Fault fault) {
        onPost(ORDERS, aResponse().withFault(fault));
        onGet(ORDERS, page(DONE.toString()));
        there(ROW);

        NumberAtCarrier number = numbers().order(order(NumberSettings.NONE));

        assertThat(number.id()).isEqualTo(ID);
        assertThat(writes()).containsExactly(POST);
        assertThat(requests().stream()
                        .filter(request -> request.getUrl().contains("number_orders?"))
                        .map(WireMockTelnyx::query)
                        .findFirst()
                        .orElseThrow())
                .contains("filter[customer_reference]=" + REFERENCE);
    }

    @Test
    void ordersThatAFilterLetThroughByMistakeAreNotTakenForOurs() {
        onPost(ORDERS, error(500, 10007));
        onGet(
                ORDERS,
                page(
                        DONE.with("customer_reference", "somebody else's").toString(),
                        DONE.with("id", "2")
                                .with("phone_numbers.0.phone_number", "+18195550199")
                                .toString()));
        onGet("/phone_numbers", page());

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE)))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
    }

    @Test
    void anOrderInDoubtThatIsNowhereStaysInDoubtAndIsNeverOrderedTwice() {
        onPost(ORDERS, error(503, 10037));
        onGet(ORDERS, page());
        onGet("/phone_numbers", page());

        for (int i = 0; i < 3; i++) {
            assertThat(failureOf(order(NumberSettings.NONE)).effect()).isEqualTo(Effect.UNKNOWN);
        }
        assertThat(writes()).containsExactly(POST);

        onGet(ORDERS, page(DONE.toString()));
        there(ROW);
        assertThat(numbers().order(order(NumberSettings.NONE)).id()).isEqualTo(ID);
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void anOrderOfLastWeekThatFailedSaysNothingAboutTheOneThatIsLost() {
        onPost(ORDERS, error(500, 10007));
        onGet(
                ORDERS,
                page(ORDER.with("status", "failure")
                        .with("created_at", "2026-02-20T12:00:00Z")
                        .toString()));
        onGet("/phone_numbers", page());

        assertThat(failureOf(order(NumberSettings.NONE)).effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void anOrderThatIsLostAndFailedIsKnownToHaveFailed() {
        onPost(ORDERS, error(500, 10007));
        onGet(ORDERS, page(ORDER.with("status", "failure").toString()));

        assertThat(failureOf(order(NumberSettings.NONE)))
                .isInstanceOf(NumberUnavailable.class)
                .satisfies(failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
    }

    @Test
    void aSuccessThatCannotBeReadIsLookedUp() {
        onPost(ORDERS, json(200, "{\"data\":"));
        onGet(ORDERS, page());
        onGet("/phone_numbers", page());

        assertThat(failureOf(order(NumberSettings.NONE)))
                .isInstanceOf(ProtocolError.class)
                .satisfies(failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(sent()).contains("GET /number_orders", "GET /phone_numbers");
    }

    @Test
    void givenAgainItIsTheSameNumberAndNothingIsSent() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW);
        NumberAtCarrier first = numbers().order(order(NumberSettings.NONE));
        int sent = sent().size();

        assertThat(numbers().order(order(NumberSettings.NONE))).isEqualTo(first);
        assertThat(sent()).hasSize(sent);
    }

    @Test
    void anotherRequestUnderTheSameIdIsAConflict() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW);
        Object unused = numbers().order(order(NumberSettings.NONE));

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE).forTenant(new TenantId("other"))))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aNumberThatWasReleasedIsOrderedAgainByItsCommand() {
        onPost(ORDERS, data(DONE.toString()));
        there(ROW);
        onDelete("/phone_numbers/" + ID, data(ROW.toString()));
        Object bought = numbers().order(order(NumberSettings.NONE));
        numbers().release(WANTED);

        Object again = numbers().order(order(NumberSettings.NONE));

        assertThat(again).isEqualTo(bought);
        assertThat(writes()).containsExactly(POST, "DELETE /phone_numbers/" + ID, POST);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "85000, NumberUnavailable",
        "85001, NumberUnavailable",
        "85006, NumberUnavailable",
        "85003, Conflict",
        "85004, InvalidRequest",
        "85005, InvalidRequest",
        "85007, NotPermitted",
        "20100, InsufficientFunds"
    })
    void whatTelnyxRefusesBoughtNothing(int code, String expected) {
        onPost(ORDERS, error(422, code));
        onGet(ORDERS, page());
        onGet("/phone_numbers", page());

        PstnException failure = failureOf(order(NumberSettings.NONE));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure.code()).contains(String.valueOf(code));
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void afterARefusalTheSameCommandMayBeGivenAgain() {
        onPost(ORDERS, error(402, 20100));
        assertThat(failureOf(order(NumberSettings.NONE))).isInstanceOf(InsufficientFunds.class);

        onPost(ORDERS, data(DONE.toString()));
        there(ROW);
        assertThat(numbers().order(order(NumberSettings.NONE)).id()).isEqualTo(ID);
    }

    @Test
    void aThrottledOrderIsNotRepeated() {
        onPost(ORDERS, throttled(3));

        assertThat(failureOf(order(NumberSettings.NONE)))
                .isInstanceOf(Throttled.class)
                .satisfies(failure -> assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3)));
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void aNumberThatTheAccountHasAlreadyIsReturnedAsItIsAndCostsNothing() {
        onPost(ORDERS, error(422, 85001));
        onGet(ORDERS, page());
        there(ROW.with("customer_reference", "an older label"));

        NumberAtCarrier number = numbers().order(order(NumberSettings.NONE.labelled("new label")));

        assertThat(number.label()).isEqualTo("an older label");
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void aNumberThatAnotherNodeOrderedUnderTheSameCommandIsFoundByTheReference() {
        onPost(ORDERS, error(422, 85006));
        onGet(ORDERS, page(ORDER.toString()));
        onGet(ONE_ORDER, data(DONE.toString()));
        there(ROW);

        assertThat(numbers().order(order(NumberSettings.NONE)).id()).isEqualTo(ID);
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void aNumberThatIsTakenIsInDoubtWhileNobodyCanSayWhetherThisCommandTookIt() {
        onPost(ORDERS, error(422, 85001));
        onGet(ORDERS, error(500, 10007));

        PstnException failure = failureOf(order(NumberSettings.NONE));

        assertThat(failure.effect())
                .as("else another number is ordered instead")
                .isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining("taken");
        onGet(ORDERS, page());
        onGet("/phone_numbers", page());
        assertThat(failureOf(order(NumberSettings.NONE))).isInstanceOf(NumberUnavailable.class);
        onGet(ORDERS, page(DONE.toString()));
        there(ROW);
        assertThat(numbers().order(order(NumberSettings.NONE)).id()).isEqualTo(ID);
        assertThat(writes()).containsExactly(POST);
    }

    @Test
    void aLostOrderThatIsFoundByItsNumberIsSetUpIfTheNumberBearsItsReference() {
        onPost(ORDERS, error(500, 10007));
        onGet(ORDERS, page());
        there(ROW);
        onPatch(
                "/phone_numbers/" + ID,
                data(ROW.with("customer_reference", "front desk").toString()));

        assertThat(numbers()
                        .order(order(NumberSettings.NONE.labelled("front desk")))
                        .label())
                .isEqualTo("front desk");
        assertThat(writes()).containsExactly(POST, "PATCH /phone_numbers/" + ID);
    }

    @Test
    void theReferenceIsTheSameForTheSameCommandAndDoesNotShowIt() {
        assertThat(References.of(COMMAND))
                .isEqualTo(References.of(new CommandId(COMMAND.value())))
                .isNotEqualTo(References.of(new CommandId("clinic-42/side")))
                .hasSize(49)
                .doesNotContain("clinic");
        assertThat(References.isOurs(REFERENCE)).isTrue();
        assertThat(References.isOurs("careflow-front-desk")).isFalse();
    }

    @Test
    void anInterruptedWaitEndsAsPendingAndStaysInterrupted() {
        onPost(ORDERS, data(ORDER.toString()));
        try (TelnyxProvider hurried = settings()
                .sleeper(pause -> {
                    throw new InterruptedException();
                })
                .build()) {
            NumberAtCarrier pending = hurried.require(NumberInventory.class).order(order(NumberSettings.NONE));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(pending.status()).isEqualTo(NumberAtCarrier.Status.PENDING);
        }
    }

    @Test
    void settingsThatCannotBeHonouredAreRefusedBeforeAnythingIsBought() {
        NumberOrder url = order(NumberSettings.NONE.voice(URI.create("https://phone.example.org/voice")));
        NumberOrder both = order(NumberSettings.NONE.trunk("1").with(TelnyxOptions.APPLICATION, "2"));

        assertThatThrownBy(() -> numbers().order(url)).isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> numbers().order(both)).isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    private static NumberOrder order(NumberSettings settings) {
        return new NumberOrder(COMMAND, TenantId.DEFAULT, WANTED, settings);
    }

    private void there(Sample row) {
        onGet("/phone_numbers", page(row.toString()));
        onGet("/phone_numbers/" + ID + "/messaging", data(text("messaging.json")));
    }

    /** These answers, one after the other. */
    private void inTurn(String path, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            on(
                    get(urlPathEqualTo(V2 + path))
                            .inScenario(path)
                            .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "step " + i)
                            .willSetStateTo("step " + (i + 1)),
                    answers[i]);
        }
    }

    private void inTurnPatch(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        onPatch("/phone_numbers/" + ID, then);
        on(
                patch(urlPathEqualTo(V2 + "/phone_numbers/" + ID))
                        .inScenario("patch")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("again"),
                first);
    }

    private List<String> writes() {
        return sent().stream().filter(request -> !request.startsWith("GET ")).toList();
    }

    private PstnException failureOf(NumberOrder order) {
        return catchThrowableOfType(PstnException.class, () -> numbers().order(order));
    }

    private NumberInventory numbers() {
        return telnyx.require(NumberInventory.class);
    }
}
