package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnyxTrunksTest extends WireMockTelnyx {
    private static final String PROFILE = "1293384261075731400";
    private static final String TRUNK = "1293384261075731499";
    private static final TrunkRef REF = new TrunkRef(new ProviderId("telnyx"), TRUNK);
    private static final Secret PASSWORD = Secret.of("Str0ng-enough-to-keep");
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550123");
    private static final String NUMBERS = "/phone_numbers";
    private static final TrunkLimits LIMITS = TrunkLimits.countries("CA", "FR")
            .spendingDaily(Money.of("25.50", "USD"))
            .payingPerMinute(Money.of("0.05", "USD"))
            .callsAtOnce(4);
    private static final TrunkRequest BARE = TrunkRequest.trunk(new CommandId("t-1"), "clinic");
    private static final TrunkRequest BY_ADDRESS = BARE.to(
                    SipEndpoint.of("192.0.2.10").port(5070).ranked(20, 10))
            .to(SipEndpoint.of("192.0.2.11").ranked(10, 10))
            .allowing(IpRange.parse("192.0.2.12"));
    private static final TrunkRequest BY_NAME =
            BARE.to(SipEndpoint.of("sip.example.org").over(SipTransport.TLS));

    @BeforeEach
    void telnyxThatMakesEverything() {
        onGet("/connections", page());
        onPost("/outbound_voice_profiles", data(profile("CA", "US")));
        onPost("/ip_connections", created("ip_connection", ""));
        onPost("/credential_connections", created("credential_connection", ""));
        onPost("/fqdn_connections", created("fqdn_connection", ",\"user_name\":\"pbx1\""));
        onPost("/ips", json(201, "{\"data\":{\"id\":\"71\",\"ip_address\":\"192.0.2.11\",\"port\":5060}}"));
        onPost("/fqdns", json(201, "{\"data\":{\"id\":\"81\",\"fqdn\":\"sip.example.org\",\"port\":5061}}"));
        on(
                request("PATCH", urlPathMatching(V2 + "/(ip|fqdn)_connections/" + TRUNK)),
                data("{\"id\":\"" + TRUNK + "\"}"));
        on(any(urlPathMatching(".*")).atPriority(9), error(404, 10005));
        on(request("DELETE", urlPathMatching(".*")), data("{}"));
    }

    @Test
    void aTrunkWithAddressesIsMadeOfProfileConnectionAndItsServers() {
        onPost("/outbound_voice_profiles", data(profile("CA", "FR")));

        SipTrunk made = trunks().create(BY_ADDRESS.within(LIMITS));

        assertThat(sent())
                .containsExactly(
                        "GET /connections",
                        "POST /outbound_voice_profiles",
                        "POST /ip_connections",
                        "POST /ips",
                        "POST /ips",
                        "POST /ips",
                        "PATCH /ip_connections/" + TRUNK);
        assertThat(query(requests().get(0))).contains("filter[connection_name][contains]=clinic", "page[number]=1");
        assertThat(requests())
                .allSatisfy(request ->
                        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal()));
        JsonNode profile = body(requests().get(1));
        assertThat(profile.path("name").asText()).startsWith("careflow-trunk-clinic-");
        assertThat(without(profile, "name"))
                .isEqualTo(tree("{\"traffic_type\":\"conversational\",\"service_plan\":\"global\","
                        + "\"usage_payment_method\":\"rate-deck\",\"enabled\":true,"
                        + "\"whitelisted_destinations\":[\"CA\",\"FR\"],\"daily_spend_limit_enabled\":true,"
                        + "\"daily_spend_limit\":\"25.5\",\"max_destination_rate\":0.05,"
                        + "\"concurrent_call_limit\":4}"));
        assertThat(body(requests().get(2)))
                .isEqualTo(tree("{\"connection_name\":\"clinic\",\"active\":true,\"webhook_api_version\":\"2\","
                        + "\"transport_protocol\":\"UDP\",\"inbound\":{\"ani_number_format\":\"+E.164\","
                        + "\"dnis_number_format\":\"+e164\",\"default_routing_method\":\"sequential\"},"
                        + "\"outbound\":{\"outbound_voice_profile_id\":\"" + PROFILE
                        + "\",\"call_parking_enabled\":false}}"));
        assertThat(body(requests().get(3)))
                .isEqualTo(tree("{\"connection_id\":\"" + TRUNK + "\",\"ip_address\":\"192.0.2.11\",\"port\":5060}"));
        assertThat(body(requests().get(4)).path("port").asInt()).isEqualTo(5070);
        assertThat(body(requests().get(5)).path("ip_address").asText()).isEqualTo("192.0.2.12");
        assertThat(body(requests().get(6)))
                .isEqualTo(tree("{\"inbound\":{\"ani_number_format\":\"+E.164\",\"dnis_number_format\":\"+e164\","
                        + "\"default_routing_method\":\"sequential\",\"default_primary_ip_id\":\"71\","
                        + "\"default_secondary_ip_id\":\"71\"}}"));

        assertThat(made.ref()).isEqualTo(REF);
        assertThat(made.inbound()).isEqualTo(BY_ADDRESS.inbound());
        assertThat(made.allowed())
                .extracting(IpRange::address)
                .containsExactly("192.0.2.11", "192.0.2.10", "192.0.2.12");
        assertThat(made.credentials()).isEmpty();
        assertThat(made.limits()).isEqualTo(TrunkLimits.countries("CA", "FR"));
        assertThat(made.sources()).contains(IpRange.parse("192.76.120.10"), IpRange.parse("185.246.41.140"));
    }

    @Test
    void withoutServersDevicesRegisterWithACredentialThatIsMadeUp() {
        SipTrunk made = trunks().create(BARE.secured(true, true));

        assertThat(sent())
                .containsExactly("GET /connections", "POST /outbound_voice_profiles", "POST /credential_connections");
        JsonNode body = body(requests().get(2));
        SipCredential credential = made.credentials().get(0);
        assertThat(credential.username()).matches("clinic[0-9]{8}");
        assertThat(body.path("user_name").asText()).isEqualTo(credential.username());
        assertThat(body.path("password").asText()).hasSize(32).isEqualTo(password(credential));
        assertThat(body.path("sip_uri_calling_preference").asText()).isEqualTo("disabled");
        assertThat(body.path("encrypted_media").asText()).isEqualTo("SRTP");
        assertThat(body.has("transport_protocol")).isFalse();
        assertThat(made.registration()).isTrue();
        assertThat(made.outbound().get(0).host()).isEqualTo("sip.telnyx.com");
    }

    @Test
    void theDevicesOfOneUserMayHaveTheirCallsParked() {
        trunks().create(BARE.with(TelnyxOptions.PARKED_CALLS, "https://phone.example.org/telnyx"));

        JsonNode body = body(requests().get(2));
        assertThat(body.path("webhook_event_url").asText()).isEqualTo("https://phone.example.org/telnyx");
        assertThat(body.path("webhook_api_version").asText()).isEqualTo("2");
        assertThat(body.path("webhook_timeout_secs").asInt()).isEqualTo(30);
        assertThat(body.path("outbound").path("call_parking_enabled").asBoolean())
                .isTrue();
        assertThat(body.path("sip_uri_calling_preference").asText()).isEqualTo("internal");
    }

    @Test
    void callsOfServersAreNotParkedNorToldToWhatIsNoUrl() {
        assertThatThrownBy(() -> trunks().create(BY_NAME.with(TelnyxOptions.PARKED_CALLS, "https://phone.example.org")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("telnyx.parked-calls");
        assertThatThrownBy(() -> trunks().create(BARE.with(TelnyxOptions.PARKED_CALLS, "phone.example.org")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("telnyx.parked-calls");
        assertThat(sent()).isEmpty();
    }

    @Test
    void aTrunkWithNamesProvesItselfByCredential() {
        SipTrunk made = trunks().create(BY_NAME.provenBy(new SipCredential("pbx1", PASSWORD)));

        assertThat(sent())
                .containsExactly(
                        "GET /connections",
                        "POST /outbound_voice_profiles",
                        "POST /fqdn_connections",
                        "POST /fqdns",
                        "PATCH /fqdn_connections/" + TRUNK);
        JsonNode body = body(requests().get(2));
        assertThat(body.path("user_name").asText()).isEqualTo("pbx1");
        assertThat(body.path("password").asText()).isEqualTo(PASSWORD.reveal());
        assertThat(body.path("transport_protocol").asText()).isEqualTo("TLS");
        assertThat(body.path("outbound").path("ip_authentication_method").asText())
                .isEqualTo("credential-authentication");
        assertThat(body(requests().get(3)))
                .isEqualTo(tree("{\"connection_id\":\"" + TRUNK
                        + "\",\"fqdn\":\"sip.example.org\",\"dns_record_type\":\"a\",\"port\":5061}"));
        assertThat(body(requests().get(4))
                        .path("inbound")
                        .path("default_primary_fqdn_id")
                        .asText())
                .isEqualTo("81");
        assertThat(made.credentials()).containsExactly(new SipCredential("pbx1", PASSWORD));
        assertThat(made.toString()).doesNotContain(PASSWORD.reveal());
    }

    @Test
    void aTrunkWithNamesProvesItselfByAddresses() {
        SipTrunk made = trunks().create(BY_NAME.allowing(IpRange.parse("192.0.2.12")));

        assertThat(sent()).contains("POST /fqdns", "POST /ips");
        JsonNode body = body(requests().get(2));
        assertThat(body.has("user_name")).isFalse();
        assertThat(body.path("outbound").path("ip_authentication_method").asText())
                .isEqualTo("ip-authentication");
        assertThat(made.credentials()).isEmpty();
        assertThat(made.allowed()).containsExactly(IpRange.parse("192.0.2.12"));
    }

    @Test
    void aCredentialThatTelnyxDoesNotTakeForNamesUndoesEverything() {
        onPost("/fqdn_connections", created("fqdn_connection", ""));

        PstnException failure = failureOf(BY_NAME.provenBy(new SipCredential("pbx1", PASSWORD)));

        assertThat(failure).hasMessageContaining("allow addresses").hasMessageNotContaining(PASSWORD.reveal());
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent("DELETE")).containsExactly("/fqdn_connections/" + TRUNK, "/outbound_voice_profiles/" + PROFILE);
    }

    @Test
    void optionsBecomeSettingsOfTheConnection() {
        SipTrunk unused = trunks().create(BY_NAME.allowing(IpRange.parse("192.0.2.12"))
                .with(TelnyxOptions.ANCHORSITE, "Frankfurt, Germany")
                .with(TelnyxOptions.CODECS, "G711U, OPUS")
                .with(TelnyxOptions.SIP_REGION, "Europe"));

        JsonNode body = body(requests().get(2));
        assertThat(body.path("anchorsite_override").asText()).isEqualTo("Frankfurt, Germany");
        assertThat(body.path("inbound").path("codecs")).isEqualTo(tree("[\"G711U\",\"OPUS\"]"));
        assertThat(body.path("inbound").path("sip_region").asText()).isEqualTo("Europe");
    }

    @Test
    void withoutLimitsTheUsualCountriesAreWrittenOutAndWhatIsMissingIsAWarning() {
        SipTrunk made = trunks().create(BY_ADDRESS);

        assertThat(body(requests().get(1)).path("whitelisted_destinations")).isEqualTo(tree("[\"CA\",\"US\"]"));
        assertThat(body(requests().get(1)).path("daily_spend_limit_enabled").asBoolean(true))
                .isFalse();
        assertThat(made.details()).containsKeys("warning.daily-spend", "warning.highest-rate");
        assertThat(made.details()).doesNotContainKey("warning.countries");
    }

    @Test
    void aNameThatIsTakenIsAConflictAndOneThatOnlyContainsItIsNot() {
        onGet("/connections", page("{\"id\":\"1\",\"connection_name\":\"clinic\"}"));
        assertThat(failureOf(BARE)).isInstanceOf(Conflict.class).hasMessageContaining("clinic");
        assertThat(sent()).containsExactly("GET /connections");

        onGet("/connections", page("{\"id\":\"1\",\"connection_name\":\"clinic-2\"}"));
        assertThat(trunks().create(BARE).ref()).isEqualTo(REF);
    }

    /** The step that is refused, and what must be taken away, the latest first. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "POST,  /outbound_voice_profiles, ''",
        "POST,  /ip_connections,          PROFILE",
        "POST,  /ips,                     CONNECTION PROFILE",
        "PATCH, /ip_connections/ID,       IP IP IP CONNECTION PROFILE"
    })
    void whenAStepIsRefusedWhatWasMadeIsTakenAway(String method, String step, String expected) {
        failing(method, path(step), error(422, 10015));

        PstnException failure = failureOf(BY_ADDRESS);

        assertThat(failure).isInstanceOf(InvalidRequest.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent("DELETE")).isEqualTo(paths(expected));
    }

    /** The step whose answer is lost and that cannot be found: what is taken away, and that it may be left. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "POST,  /outbound_voice_profiles, '',                           UNKNOWN",
        "POST,  /ip_connections,          PROFILE,                      UNKNOWN",
        "POST,  /ips,                     CONNECTION PROFILE,           UNKNOWN",
        "PATCH, /ip_connections/ID,       IP IP IP CONNECTION PROFILE,  NONE"
    })
    void whenTheAnswerOfAStepIsLostItIsSentOnceAndTold(String method, String step, String expected, Effect effect) {
        onGet("/outbound_voice_profiles", page());
        onGet("/ip_connections", page());
        onGet("/ips", page());
        failing(method, path(step), error(500, 10007));

        PstnException failure = failureOf(BY_ADDRESS);

        assertThat(failure).isInstanceOf(ProviderUnavailable.class);
        assertThat(failure.effect()).isEqualTo(effect);
        assertThat(sent("DELETE")).isEqualTo(paths(expected));
        assertThat(Collections.frequency(sent(method), path(step))).isEqualTo(1);
        if (effect == Effect.UNKNOWN) {
            assertThat(failure).hasMessageContaining("may be left behind");
        }
    }

    @Test
    void aConnectionWhoseAnswerWasLostIsFoundByItsNameAndUsed() {
        onGet(
                "/ip_connections",
                page(
                        "{\"id\":\"" + TRUNK + "\",\"connection_name\":\"clinic\"}",
                        "{\"id\":\"5\",\"connection_name\":\"clinic-2\"}"));
        failing("POST", "/ip_connections", error(500, 10007));

        assertThat(trunks().create(BY_ADDRESS).ref()).isEqualTo(REF);

        assertThat(sent("DELETE")).isEmpty();
        assertThat(Collections.frequency(sent("POST"), "/ip_connections")).isEqualTo(1);
    }

    @Test
    void theSameCommandGivenAgainReturnsWhatItMadeAndAnotherRequestUnderItIsAConflict() {
        SipTrunk made = trunks().create(BARE);
        int before = requests().size();

        assertThat(trunks().create(BARE)).isEqualTo(made);
        assertThat(failureOf(BY_ADDRESS)).isInstanceOf(Conflict.class);

        assertThat(requests()).hasSize(before);
    }

    @Test
    void aCommandInDoubtIsLookedUpAgainAndMakesNothing() {
        onGet("/outbound_voice_profiles", page());
        failing("POST", "/outbound_voice_profiles", error(500, 10007));
        assertThat(failureOf(BARE).effect()).isEqualTo(Effect.UNKNOWN);

        PstnException again = failureOf(BARE);

        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(again).hasMessageContaining("given again");
        assertThat(sent("POST")).containsExactly("/outbound_voice_profiles");
    }

    @Test
    void aTrunkIsReadWithAllItsParts() {
        aTrunkOfAddresses();

        SipTrunk trunk = trunks().fetch(REF).orElseThrow();

        assertThat(trunk.name()).isEqualTo("clinic");
        assertThat(trunk.inbound())
                .containsExactly(
                        SipEndpoint.of("192.0.2.11").over(SipTransport.TCP).ranked(10, 10),
                        SipEndpoint.of("192.0.2.10")
                                .over(SipTransport.TCP)
                                .port(5070)
                                .ranked(20, 10));
        assertThat(trunk.allowed()).extracting(IpRange::address).containsExactly("192.0.2.10", "192.0.2.11");
        assertThat(trunk.numbers()).containsExactly(NUMBER);
        assertThat(trunk.limits()).isEqualTo(LIMITS);
        assertThat(trunk.outbound().get(0))
                .isEqualTo(
                        SipEndpoint.of("sip.telnyx.eu").over(SipTransport.TCP).ranked(10, 10));
        assertThat(trunk.details())
                .containsEntry("record_type", "ip_connection")
                .containsEntry("inbound.sip_region", "Europe")
                .doesNotContainKey("warning.daily-spend");
        assertThat(sent())
                .containsExactly(
                        "GET /connections/" + TRUNK,
                        "GET /ip_connections/" + TRUNK,
                        "GET /outbound_voice_profiles/" + PROFILE,
                        "GET /ips",
                        "GET /phone_numbers");
        assertThat(query(requests().get(3))).contains("filter[connection_id]=" + TRUNK);
        assertThat(query(requests().get(4))).contains("filter[connection_id]=" + TRUNK);
    }

    @Test
    void allKindsOfTrunksAreListed() {
        onGet("/outbound_voice_profiles", page(profile("CA", "US")));
        onGet("/fqdns", page("{\"id\":\"81\",\"connection_id\":\"3\",\"fqdn\":\"sip.example.org\",\"port\":5060}"));
        onGet("/ips", page());
        onGet(NUMBERS, page(number("2")));
        onGet("/ip_connections", page("{\"id\":\"1\",\"record_type\":\"ip_connection\",\"connection_name\":\"a\"}"));
        onGet(
                "/credential_connections",
                page("{\"id\":\"2\",\"record_type\":\"credential_connection\",\"connection_name\":\"b\","
                        + "\"user_name\":\"pbx1\",\"password\":\"" + PASSWORD.reveal() + "\"}"));
        onGet(
                "/fqdn_connections",
                page("{\"id\":\"3\",\"record_type\":\"fqdn_connection\",\"connection_name\":\"c\","
                        + "\"inbound\":{\"default_primary_fqdn_id\":\"81\"},"
                        + "\"outbound\":{\"outbound_voice_profile_id\":\"" + PROFILE + "\"}}"));

        List<SipTrunk> trunks = trunks().list();

        assertThat(trunks).extracting(SipTrunk::name).containsExactly("a", "b", "c");
        assertThat(trunks.get(0).details()).containsKey("warning.outbound");
        assertThat(trunks.get(1).credentials()).containsExactly(new SipCredential("pbx1", PASSWORD));
        assertThat(trunks.get(1).numbers()).containsExactly(NUMBER);
        assertThat(trunks.get(2).inbound()).containsExactly(SipEndpoint.of("sip.example.org"));
        assertThat(trunks.get(2).limits()).isEqualTo(TrunkLimits.countries("CA", "US"));
        assertThat(trunks.toString()).doesNotContain(PASSWORD.reveal());
    }

    @Test
    void aServerThatNobodyHereCouldHaveWrittenHidesNoTrunkAndIsAWarning() {
        aTrunkOfAddresses();
        onGet("/ips", page(address("70", "2001:db8::1", 5060), address("71", "192.0.2.11", 5060)));

        SipTrunk trunk = trunks().fetch(REF).orElseThrow();

        assertThat(trunk.inbound()).extracting(SipEndpoint::host).containsExactly("192.0.2.11");
        assertThat(trunk.allowed()).extracting(IpRange::address).containsExactly("192.0.2.11");
        assertThat(trunk.details()).containsKey("warning.servers");
    }

    @Test
    void anApplicationHasAnIdOfTheSameSpaceButIsNoTrunk() {
        onGet("/connections/" + TRUNK, data("{\"id\":\"" + TRUNK + "\",\"record_type\":\"call_control_application\"}"));

        assertThat(trunks().fetch(REF)).isEmpty();
        trunks().delete(REF);

        assertThat(sent()).containsOnly("GET /connections/" + TRUNK);
    }

    @Test
    void trunksThatTelnyxDoesNotKnowAreEmpty() {
        assertThat(trunks().fetch(REF)).isEmpty();
        assertThat(trunks().fetch(new TrunkRef(new ProviderId("twilio"), TRUNK)))
                .isEmpty();
        trunks().delete(REF);
        assertThat(catchThrowableOfType(PstnException.class, () -> trunks().attach(REF, NUMBER)))
                .isInstanceOf(NotFound.class);
        assertThat(sent()).containsOnly("GET /connections/" + TRUNK);
    }

    @Test
    void aNumberIsAttachedByItsIdAndOnlyIfItIsNotYet() {
        aTrunkOfAddresses();
        onGet(NUMBERS, page("{\"id\":\"12\",\"phone_number\":\"+114165550123\"}", number("9")));
        onPatch(NUMBERS + "/11", data(number(TRUNK)));

        trunks().attach(REF, NUMBER);

        assertThat(sent())
                .containsExactly("GET /connections/" + TRUNK, "GET /phone_numbers", "PATCH /phone_numbers/11");
        assertThat(query(requests().get(1))).contains("filter[phone_number]=14165550123");
        assertThat(body(requests().get(2))).isEqualTo(tree("{\"connection_id\":\"" + TRUNK + "\"}"));

        onGet(NUMBERS, page(number(TRUNK)));
        trunks().attach(REF, NUMBER);
        assertThat(sent("PATCH")).hasSize(1);
    }

    @Test
    void aNumberThatIsNotOursCannotBeAttached() {
        aTrunkOfAddresses();
        onGet(NUMBERS, page("{\"id\":\"12\",\"phone_number\":\"+114165550123\"}"));

        PstnException failure = catchThrowableOfType(PstnException.class, () -> trunks().attach(REF, NUMBER));

        assertThat(failure).isInstanceOf(NotFound.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent("PATCH")).isEmpty();
    }

    @Test
    void aNumberThatWasOursAndWentElsewhereCannotBeAttached() {
        aTrunkOfAddresses();
        onGet(NUMBERS, page("{\"id\":\"12\",\"phone_number\":\"+14165550123\",\"status\":\"ported-out\"}"));
        onPatch(NUMBERS + "/12", data("{\"id\":\"12\",\"connection_id\":\"" + TRUNK + "\"}"));

        PstnException failure = catchThrowableOfType(PstnException.class, () -> trunks().attach(REF, NUMBER));

        assertThat(failure).isInstanceOf(NotFound.class);
        assertThat(sent("PATCH")).isEmpty();
    }

    @Test
    void anAttachmentThatTelnyxDoesNotConfirmIsInDoubt() {
        aTrunkOfAddresses();
        onGet(NUMBERS, page(number("9")));
        onPatch(NUMBERS + "/11", data(number("9")));

        PstnException failure = catchThrowableOfType(PstnException.class, () -> trunks().attach(REF, NUMBER));

        assertThat(failure).isInstanceOf(ProtocolError.class);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void aNumberIsDetachedOnlyFromItsOwnTrunk() {
        onGet(NUMBERS, page(number("9")));
        trunks().detach(REF, NUMBER);
        assertThat(sent("PATCH")).isEmpty();

        onGet(NUMBERS, page(number(TRUNK)));
        onPatch(NUMBERS + "/11", data(number("")));
        trunks().detach(REF, NUMBER);
        assertThat(body(requests().get(2))).isEqualTo(tree("{\"connection_id\":\"\"}"));
    }

    @Test
    void limitsAreSetAnewInTheProfile() {
        aTrunkOfAddresses();
        onPatch("/outbound_voice_profiles/" + PROFILE, data(profile("CA")));

        trunks().limit(REF, LIMITS);
        trunks().limit(REF, TrunkLimits.countries("CA"));

        assertThat(body(requests().get(2)))
                .isEqualTo(tree("{\"whitelisted_destinations\":[\"CA\",\"FR\"],\"daily_spend_limit_enabled\":true,"
                        + "\"daily_spend_limit\":\"25.5\",\"max_destination_rate\":0.05,\"concurrent_call_limit\":4}"));
        assertThat(body(requests().get(5)))
                .isEqualTo(tree("{\"whitelisted_destinations\":[\"CA\"],\"daily_spend_limit_enabled\":false,"
                        + "\"max_destination_rate\":null,\"concurrent_call_limit\":null}"));
        assertThat(sent("POST")).isEmpty();
    }

    @Test
    void limitsOfAProfileThatOthersUseTooAreNotChanged() {
        aTrunkOfAddresses();
        onGet(
                "/outbound_voice_profiles/" + PROFILE,
                data("{\"id\":\"" + PROFILE + "\",\"name\":\"office\",\"connections_count\":2}"));

        PstnException failure = catchThrowableOfType(PstnException.class, () -> trunks().limit(REF, LIMITS));

        assertThat(failure).isInstanceOf(Conflict.class).hasMessageContaining("other connections");
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent("PATCH")).isEmpty();
    }

    @Test
    void aTrunkIsDeletedWithAllThatBelongsToIt() {
        aTrunkOfAddresses();
        onPatch(NUMBERS + "/11", data(number("")));

        trunks().delete(REF);

        assertThat(writes())
                .containsExactly(
                        "PATCH /phone_numbers/11",
                        "DELETE /ips/70",
                        "DELETE /ips/71",
                        "DELETE /ip_connections/" + TRUNK,
                        "DELETE /outbound_voice_profiles/" + PROFILE);
    }

    @Test
    void aProfileThatWeDidNotMakeIsLeft() {
        aTrunkOfAddresses();
        onPatch(NUMBERS + "/11", data(number("")));
        onGet(
                "/outbound_voice_profiles/" + PROFILE,
                data("{\"id\":\"" + PROFILE + "\",\"name\":\"office\",\"connections_count\":1}"));

        trunks().delete(REF);

        assertThat(sent("DELETE"))
                .contains("/ip_connections/" + TRUNK)
                .doesNotContain(paths("PROFILE").get(0));
    }

    /** Telnyx answers everything where it does not understand a filter; the servers of other trunks must live. */
    @Test
    void filtersThatAreIgnoredSilentlyDoNotDeleteWhatBelongsToOthers() {
        aTrunkOfAddresses();
        onGet("/ips", page(address("70", "192.0.2.10", 5070), "{\"id\":\"99\",\"connection_id\":\"5\"}"));
        onGet(NUMBERS, page("{\"id\":\"98\",\"phone_number\":\"+14165550199\",\"connection_id\":\"5\"}"));

        trunks().delete(REF);

        assertThat(writes()).noneMatch(write -> write.endsWith("/99") || write.endsWith("/98"));
        assertThat(sent("DELETE")).contains("/ips/70");
    }

    @Test
    void aDeletionThatBreaksOffHalfWayIsInDoubtAndSaysWhatToDo() {
        aTrunkOfAddresses();
        onPatch(NUMBERS + "/11", data(number("")));
        failing("DELETE", "/ip_connections/" + TRUNK, error(409, 10021));

        PstnException failure = catchThrowableOfType(PstnException.class, () -> trunks().delete(REF));

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining("delete it again");
        assertThat(sent("DELETE")).doesNotContain("/outbound_voice_profiles/" + PROFILE);
    }

    @Test
    void aCommandGivenAgainAfterItsTrunkWasDeletedMakesOneAgain() {
        SipTrunk unused = trunks().create(BARE);
        trunks().delete(REF);

        SipTrunk again = trunks().create(BARE);

        assertThat(again.ref()).isEqualTo(REF);
        assertThat(Collections.frequency(sent("POST"), "/credential_connections"))
                .isEqualTo(2);
    }

    @Test
    void aProfileWhoseAnswerWasLostIsFoundByItsNameAndUsed() {
        String name = VoiceProfiles.name("trunk", "clinic", "t-1");
        onGet("/outbound_voice_profiles", page("{\"id\":\"5\",\"name\":\"" + name + "-2\"}"));
        failing("POST", "/outbound_voice_profiles", error(500, 10007));
        assertThat(failureOf(BARE)).as("another's name is not ours").isInstanceOf(ProviderUnavailable.class);

        TrunkRequest other = TrunkRequest.trunk(new CommandId("t-2"), "clinic");
        onGet(
                "/outbound_voice_profiles",
                page("{\"id\":\"6\",\"name\":\"" + VoiceProfiles.name("trunk", "clinic", "t-2") + "\"}"));

        assertThat(trunks().create(other).ref()).isEqualTo(REF);
        LoggedRequest made = requests().get(requests().size() - 1);
        assertThat(body(made).path("outbound").path("outbound_voice_profile_id").asText())
                .isEqualTo("6");
        assertThat(query(requests().get(2))).contains("filter[name][contains]=" + name);
    }

    private TrunkControl trunks() {
        return telnyx.require(TrunkControl.class);
    }

    private PstnException failureOf(TrunkRequest request) {
        return catchThrowableOfType(PstnException.class, () -> trunks().create(request));
    }

    private void aTrunkOfAddresses() {
        onGet(
                "/connections/" + TRUNK,
                data("{\"id\":\"" + TRUNK + "\",\"record_type\":\"ip_connection\",\"outbound_voice_profile_id\":\""
                        + PROFILE + "\"}"));
        onGet(
                "/ip_connections/" + TRUNK,
                data("{\"id\":\"" + TRUNK + "\",\"record_type\":\"ip_connection\",\"connection_name\":\"clinic\","
                        + "\"transport_protocol\":\"TCP\",\"inbound\":{\"default_primary_ip_id\":\"71\","
                        + "\"default_secondary_ip_id\":\"70\",\"sip_region\":\"Europe\"},"
                        + "\"outbound\":{\"outbound_voice_profile_id\":\"" + PROFILE + "\"},\"novelty\":{\"a\":1}}"));
        onGet(
                "/outbound_voice_profiles/" + PROFILE,
                data("{\"id\":\"" + PROFILE + "\",\"name\":\"careflow-trunk-clinic-1\",\"connections_count\":1,"
                        + "\"whitelisted_destinations\":[\"FR\",\"CA\"],\"daily_spend_limit\":\"25.50\","
                        + "\"daily_spend_limit_enabled\":true,\"max_destination_rate\":0.05,"
                        + "\"concurrent_call_limit\":4}"));
        onGet("/ips", page(address("70", "192.0.2.10", 5070), address("71", "192.0.2.11", 5060)));
        onGet(NUMBERS, page(number(TRUNK)));
    }

    private static String profile(String... countries) {
        return "{\"id\":\"" + PROFILE + "\",\"name\":\"some\",\"connections_count\":1,\"whitelisted_destinations\":[\""
                + String.join("\",\"", countries)
                + "\"],\"daily_spend_limit_enabled\":false,\"daily_spend_limit\":\"100.00\"}";
    }

    private static ResponseDefinitionBuilder created(String type, String more) {
        return json(
                201,
                "{\"data\":{\"id\":\"" + TRUNK + "\",\"record_type\":\"" + type
                        + "\",\"connection_name\":\"clinic\",\"webhook_api_version\":\"2\"" + more + "}}");
    }

    private static String address(String id, String ip, int port) {
        return "{\"id\":\"" + id + "\",\"connection_id\":\"" + TRUNK + "\",\"ip_address\":\"" + ip + "\",\"port\":"
                + port + "}";
    }

    private static String number(String connection) {
        return "{\"id\":\"11\",\"phone_number\":\"" + NUMBER + "\",\"connection_id\":\"" + connection + "\"}";
    }

    private static JsonNode without(JsonNode tree, String field) {
        com.fasterxml.jackson.databind.node.ObjectNode copy = tree.deepCopy();
        copy.remove(field);
        return copy;
    }

    private static String password(SipCredential credential) {
        Secret password = credential.password();
        return password == null ? "" : password.reveal();
    }

    private void failing(String method, String path, ResponseDefinitionBuilder answer) {
        on(request(method, urlPathEqualTo(V2 + path)).atPriority(1), answer);
    }

    private List<String> sent(String method) {
        return requests().stream()
                .filter(request -> request.getMethod().getName().equals(method))
                .map(TelnyxTrunksTest::path)
                .toList();
    }

    private List<String> writes() {
        return sent().stream().filter(line -> !line.startsWith("GET")).toList();
    }

    private static String path(LoggedRequest request) {
        return URI.create(request.getUrl()).getPath().substring(V2.length());
    }

    private static String path(String step) {
        return step.replace("ID", TRUNK);
    }

    private static List<String> paths(String names) {
        return names.isEmpty()
                ? List.of()
                : List.of(names.split(" ")).stream()
                        .map(name -> switch (name) {
                            case "PROFILE" -> "/outbound_voice_profiles/" + PROFILE;
                            case "CONNECTION" -> "/ip_connections/" + TRUNK;
                            default -> "/ips/71";
                        })
                        .toList();
    }
}
