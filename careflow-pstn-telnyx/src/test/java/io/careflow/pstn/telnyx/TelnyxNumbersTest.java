package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TelnyxNumbersTest extends WireMockTelnyx {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final Sample ROW = Sample.of("number.json");
    private static final String ID = "2934567890123456789";
    private static final String CONNECTION = "2812345678901234567";
    private static final URI HOOK = URI.create("https://phone.example.org/voice");

    @Test
    void aNumberIsFoundByItsDigitsAndReadWhole() {
        owned(ROW);

        assertThat(numbers().find(OURS))
                .contains(new NumberAtCarrier(
                        OURS,
                        ID,
                        "front desk",
                        NumberAtCarrier.Status.ACTIVE,
                        "active",
                        Set.of(NumberFeature.VOICE, NumberFeature.SMS, NumberFeature.FAX),
                        null,
                        null,
                        CONNECTION));

        assertThat(query(requests().get(0))).contains("filter[phone_number]=18195550100");
    }

    @Test
    void aNumberThatOnlyHoldsTheDigitsIsNotTheOne() {
        owned(ROW.with("phone_number", "+118195550100"), ROW.with("phone_number", "+181955501001"));

        assertThat(numbers().find(OURS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"deleted", "ported-out", "purchase-failed", "port-failed"})
    void aNumberThatIsGoneIsNotOurs(String status) {
        owned(ROW.with("status", status));

        assertThat(numbers().find(OURS)).isEmpty();
        assertThat(numbers().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "active, ACTIVE",
        "purchase-pending, PENDING",
        "port-pending, PENDING",
        "provision-pending, PENDING",
        "requirement-info-pending, PENDING",
        "requirement-info-under-review, PENDING",
        "requirement-info-exception, PENDING",
        "emergency-only, OTHER",
        "port-out-pending, OTHER",
        "levitating, OTHER"
    })
    void aStatusThatNobodyKnowsIsKeptAsTelnyxSaysIt(String word, NumberAtCarrier.Status status) {
        owned(ROW.with("status", word));

        NumberAtCarrier found = numbers().find(OURS).orElseThrow();

        assertThat(found.status()).isEqualTo(status);
        assertThat(found.rawStatus()).isEqualTo(word);
    }

    @Test
    void aNumberWithoutMessagingHasVoiceAlone() {
        onGet("/phone_numbers", page(ROW.with("t38_fax_gateway_enabled", false).toString()));
        onGet("/phone_numbers/" + ID + "/messaging", error(404, 10005));

        assertThat(numbers().find(OURS).orElseThrow().features()).containsExactly(NumberFeature.VOICE);
    }

    @Test
    void theReferenceThatOurOrderGaveIsNoLabel() {
        owned(ROW.with("customer_reference", "careflow-0123456789012345678901234567890123456789"));

        assertThat(numbers().find(OURS).orElseThrow().label()).isEmpty();
    }

    @Test
    void theListNeedsOneMoreListAndNotOneMoreRequestForEachNumber() {
        onGet(
                "/phone_numbers",
                page(
                        ROW.toString(),
                        ROW.with("phone_number", "+18195550101").with("id", "2").toString()));
        onGet(
                "/phone_numbers/messaging",
                page(Sample.of("messaging.json")
                        .with("phone_number", "+18195550101")
                        .with("id", "2")
                        .toString()));

        List<NumberAtCarrier> list = numbers().list();

        assertThat(list).extracting(NumberAtCarrier::id).containsExactly(ID, "2");
        assertThat(list.get(0).features()).doesNotContain(NumberFeature.SMS);
        assertThat(list.get(1).features()).contains(NumberFeature.SMS);
        assertThat(sent()).containsExactly("GET /phone_numbers", "GET /phone_numbers/messaging");
    }

    @Test
    void aShortCodeAmongTheNumbersHidesNoOther() {
        onGet(
                "/phone_numbers",
                page(
                        ROW.with("phone_number", "12345")
                                .with("phone_number_type", "shortcode")
                                .with("id", "2")
                                .toString(),
                        ROW.toString()));
        onGet("/phone_numbers/messaging", page());

        assertThat(numbers().list()).extracting(NumberAtCarrier::id).containsExactly(ID);
        assertThat(numbers().find(OURS)).isPresent();
    }

    @Test
    void callsGoToATrunk() {
        owned(ROW);
        onPatch("/phone_numbers/" + ID, data(ROW.with("connection_id", "77").toString()));

        NumberAtCarrier changed =
                numbers().configure(OURS, NumberSettings.NONE.trunk("77").labelled("ward 3"));

        assertThat(changed.trunkId()).isEqualTo("77");
        assertThat(written())
                .containsExactly(
                        "PATCH /phone_numbers/" + ID + " {\"connection_id\":\"77\",\"customer_reference\":\"ward 3\"}");
    }

    @Test
    void callsGoToAnApplicationBecauseAConnectionIsEither() {
        owned(ROW);
        onPatch("/phone_numbers/" + ID, data(ROW.toString()));

        Object unused = numbers()
                .configure(
                        OURS,
                        NumberSettings.NONE
                                .with(TelnyxOptions.APPLICATION, "88")
                                .with(TelnyxOptions.BILLING_GROUP, "group"));

        assertThat(written())
                .containsExactly(
                        "PATCH /phone_numbers/" + ID + " {\"connection_id\":\"88\",\"billing_group_id\":\"group\"}");
    }

    @Test
    void settingsOfCallsAndMessagesGoToResourcesOfTheirOwn() {
        owned(ROW);
        onPatch("/phone_numbers/" + ID + "/voice", data("{\"id\":\"" + ID + "\"}"));
        onPatch("/phone_numbers/" + ID + "/messaging", data("{\"id\":\"" + ID + "\"}"));

        NumberAtCarrier same = numbers()
                .configure(
                        OURS,
                        NumberSettings.NONE
                                .with(TelnyxOptions.FORWARD_TO, "+14165550123")
                                .with(TelnyxOptions.CNAM_LISTING, "CLINIC EAST")
                                .with(TelnyxOptions.CALLER_NAMES, true)
                                .with(TelnyxOptions.CALL_SCREENING, "flag_calls")
                                .with(TelnyxOptions.RECORD_INBOUND, true)
                                .with(TelnyxOptions.USAGE_PAYMENT, "channel")
                                .with(TelnyxOptions.MESSAGING_PROFILE, "profile"));

        assertThat(same.id()).isEqualTo(ID);
        assertThat(written())
                .containsExactly(
                        "PATCH /phone_numbers/" + ID + "/voice {\"call_forwarding\":{\"call_forwarding_enabled\":true,"
                                + "\"forwarding_type\":\"always\",\"forwards_to\":\"+14165550123\"},"
                                + "\"cnam_listing\":{\"cnam_listing_enabled\":true,"
                                + "\"cnam_listing_details\":\"CLINIC EAST\"},"
                                + "\"call_recording\":{\"inbound_call_recording_enabled\":true,"
                                + "\"inbound_call_recording_format\":\"wav\","
                                + "\"inbound_call_recording_channels\":\"dual\"},"
                                + "\"caller_id_name_enabled\":true,\"inbound_call_screening\":\"flag_calls\","
                                + "\"usage_payment_method\":\"channel\"}",
                        "PATCH /phone_numbers/" + ID + "/messaging {\"messaging_profile_id\":\"profile\"}");
    }

    @Test
    void anEmergencyAddressIsHandedInAndProvisionedLater() {
        owned(ROW);
        onPost(
                "/phone_numbers/" + ID + "/actions/enable_emergency",
                json(202, "{\"data\":{\"id\":\"" + ID + "\",\"emergency_status\":\"provisioning\"}}"));

        NumberAtCarrier number =
                numbers().configure(OURS, NumberSettings.NONE.with(TelnyxOptions.EMERGENCY_ADDRESS, "9102160989"));

        assertThat(number.features()).doesNotContain(NumberFeature.EMERGENCY);
        assertThat(written())
                .containsExactly("POST /phone_numbers/" + ID
                        + "/actions/enable_emergency {\"emergency_enabled\":true,"
                        + "\"emergency_address_id\":\"9102160989\"}");
    }

    @Test
    void aNumberWhoseEmergencyAddressIsRegisteredSaysSo() {
        owned(ROW.with("emergency_status", "active"));

        assertThat(numbers().find(OURS).orElseThrow().features()).contains(NumberFeature.EMERGENCY);
    }

    @Test
    void forwardingNamesAndMessagingCanBeTakenAway() {
        owned(ROW);
        onPatch("/phone_numbers/" + ID + "/voice", data("{\"id\":\"" + ID + "\"}"));
        onPatch("/phone_numbers/" + ID + "/messaging", data("{\"id\":\"" + ID + "\"}"));

        Object unused = numbers()
                .configure(
                        OURS,
                        NumberSettings.NONE
                                .with(TelnyxOptions.FORWARD_TO, "")
                                .with(TelnyxOptions.CNAM_LISTING, "")
                                .with(TelnyxOptions.MESSAGING_PROFILE, ""));

        assertThat(written())
                .containsExactly(
                        "PATCH /phone_numbers/" + ID
                                + "/voice {\"call_forwarding\":{\"call_forwarding_enabled\":false},"
                                + "\"cnam_listing\":{\"cnam_listing_enabled\":false}}",
                        "PATCH /phone_numbers/" + ID + "/messaging {\"messaging_profile_id\":\"\"}");
    }

    @Test
    void nothingToChangeChangesNothing() {
        owned(ROW);

        assertThat(numbers().configure(OURS, NumberSettings.NONE).id()).isEqualTo(ID);
        assertThat(written()).isEmpty();
    }

    @Test
    void aNumberThatIsNotOursCannotBeConfigured() {
        owned();

        assertThatThrownBy(() -> numbers().configure(OURS, NumberSettings.NONE.trunk("77")))
                .isInstanceOfSatisfying(
                        NotFound.class, failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
        assertThat(written()).isEmpty();
    }

    @Test
    void aConfigurationThatBrokeOffHalfWaySaysWhatWasChangedAndThatItIsInDoubt() {
        owned(ROW);
        onPatch("/phone_numbers/" + ID, data(ROW.toString()));
        onPatch("/phone_numbers/" + ID + "/voice", error(422, 10015));
        NumberSettings settings = NumberSettings.NONE.trunk("77").with(TelnyxOptions.CALLER_NAMES, true);

        assertThatThrownBy(() -> numbers().configure(OURS, settings))
                .isInstanceOfSatisfying(PstnException.class, failure -> {
                    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
                    assertThat(failure.code()).contains("10015");
                    assertThat(failure.getCause()).isInstanceOf(InvalidRequest.class);
                })
                .hasMessageContaining("its connection and label were changed");
    }

    @Test
    void aConfigurationThatIsRefusedAtOnceDidNothing() {
        owned(ROW);
        onPatch("/phone_numbers/" + ID, error(422, 85004));

        assertThatThrownBy(() -> numbers().configure(OURS, NumberSettings.NONE.trunk("77")))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
    }

    @Test
    void aReadThatFailsBeforeAWriteMeansThatNothingWasDone() {
        onGet("/phone_numbers", error(500, 10007));

        assertThatThrownBy(() -> numbers().configure(OURS, NumberSettings.NONE.trunk("77")))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
        assertThatThrownBy(() -> numbers().release(OURS))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
        assertThat(written()).isEmpty();
    }

    static Stream<NumberSettings> ofApplications() {
        return Stream.of(
                NumberSettings.NONE.voice(HOOK),
                NumberSettings.NONE.voiceFallback(HOOK),
                NumberSettings.NONE.status(HOOK),
                NumberSettings.NONE.messages(HOOK));
    }

    @ParameterizedTest
    @MethodSource("ofApplications")
    void urlsBelongToApplicationsAndAreRefusedOfANumberBeforeAnyIo(NumberSettings settings) {
        assertThatThrownBy(() -> numbers().configure(OURS, settings))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("URL of a number")
                .hasMessageContaining("telnyx.application");
        assertThat(sent()).isEmpty();
    }

    static Stream<NumberSettings> wrong() {
        return Stream.of(
                NumberSettings.NONE.trunk("77").with(TelnyxOptions.APPLICATION, "88"),
                NumberSettings.NONE.with(TelnyxOptions.FORWARD_TO, "911"),
                NumberSettings.NONE.with(TelnyxOptions.CNAM_LISTING, "more than fifteen"),
                NumberSettings.NONE.with(TelnyxOptions.CALL_SCREENING, "sometimes"),
                NumberSettings.NONE.with(TelnyxOptions.USAGE_PAYMENT, "never"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void settingsThatMakeNoSenseAreRefusedBeforeAnyIo(NumberSettings settings) {
        assertThatThrownBy(() -> numbers().configure(OURS, settings))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatOnlyAnOrderCanSayIsRefusedOfANumberThatIsThere() {
        assertThatThrownBy(() ->
                        numbers().configure(OURS, NumberSettings.NONE.with(TelnyxOptions.REQUIREMENT_GROUP, "group")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("telnyx.requirement-group");
        assertThat(sent()).isEmpty();
    }

    @Test
    void aNumberIsReleasedByItsId() {
        owned(ROW);
        onDelete("/phone_numbers/" + ID, data(ROW.with("status", "deleted").toString()));

        numbers().release(OURS);

        assertThat(sent()).containsExactly("GET /phone_numbers", "DELETE /phone_numbers/" + ID);
    }

    @Test
    void aNumberThatIsNotOursIsReleasedAlready() {
        owned();

        numbers().release(OURS);

        assertThat(written()).isEmpty();
    }

    @Test
    void aNumberThatSomebodyElseReleasedMeanwhileIsNoError() {
        owned(ROW);
        onDelete("/phone_numbers/" + ID, error(404, 10005));

        numbers().release(OURS);

        assertThat(written()).hasSize(1);
    }

    @Test
    void aNumberThatIsLockedAgainstDeletionIsNotDeleted() {
        owned(ROW.with("deletion_lock_enabled", true));

        assertThatThrownBy(() -> numbers().release(OURS))
                .isInstanceOfSatisfying(
                        Conflict.class, failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("locked");
        assertThat(written()).isEmpty();
    }

    @Test
    void aReleaseWhoseAnswerIsLostIsSentOnceAndInDoubt() {
        owned(ROW);
        onDelete("/phone_numbers/" + ID, aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThatThrownBy(() -> numbers().release(OURS))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(written()).hasSize(1);
    }

    private void owned(Sample... rows) {
        String[] elements = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            elements[i] = rows[i].toString();
        }
        onGet("/phone_numbers", page(elements));
        onGet("/phone_numbers/" + ID + "/messaging", data(text("messaging.json")));
        onGet("/phone_numbers/messaging", page(text("messaging.json")));
    }

    /** All writes so far as {@code METHOD path body}. */
    private List<String> written() {
        return requests().stream()
                .filter(request -> !request.getMethod().getName().equals("GET"))
                .map(request -> (request.getMethod() + " " + request.getUrl().substring(V2.length()) + " "
                                + request.getBodyAsString())
                        .strip())
                .toList();
    }

    private NumberInventory numbers() {
        return telnyx.require(NumberInventory.class);
    }
}
