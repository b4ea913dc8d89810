package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticTrunksTest extends WireMockSip {
    private static final String NUMBERS = V2010 + "/IncomingPhoneNumbers.json";
    private static final String NUMBER_ID = "PN00000000000000000000000000000001";
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550123");
    private static final TrunkRef REF = new TrunkRef(new ProviderId("twilio"), TRUNK_ID);
    private static final Secret PASSWORD = Secret.of("Str0ng-enough-to-keep");
    private static final TrunkRequest WHOLE = TrunkRequest.trunk(new CommandId("t-1"), "clinic")
            .to(SipEndpoint.of("sip1.example.org").ranked(5, 20))
            .to(SipEndpoint.of("sip2.example.org").over(SipTransport.TLS).ranked(6, 30))
            .provenBy(new SipCredential("pbx", PASSWORD))
            .allowing(IpRange.parse("192.0.2.0/28"))
            .with(TwilioOptions.TRUNK_RECORDING, "record-from-answer-dual")
            .with(TwilioOptions.DISASTER_RECOVERY_URL, URI.create("https://spare.example.org/twiml"));

    @BeforeEach
    void arrange() {
        twilioThatMakesEverything();
    }

    @Test
    void everythingThatBelongsToATrunkIsMade() {
        SipTrunk made = trunks().create(WHOLE);

        assertThat(sent())
                .containsExactly(
                        "GET " + TRUNKS,
                        "POST " + TRUNKS,
                        "POST " + CREDENTIALS + ".json",
                        "POST " + CREDENTIALS + "/" + CL + "/Credentials.json",
                        "POST " + TRUNK + "/CredentialLists",
                        "POST " + ADDRESSES + ".json",
                        "POST " + ADDRESSES + "/" + AL + "/IpAddresses.json",
                        "POST " + TRUNK + "/IpAccessControlLists",
                        "POST " + TRUNK + "/OriginationUrls",
                        "POST " + TRUNK + "/OriginationUrls",
                        "POST " + TRUNK + "/Recording");
        assertThat(form(posted(TRUNKS)))
                .containsExactlyInAnyOrder(
                        "FriendlyName=clinic",
                        "DomainName=clinic.pstn.twilio.com",
                        "Secure=false",
                        "DisasterRecoveryUrl=https://spare.example.org/twiml",
                        "DisasterRecoveryMethod=POST");
        assertThat(form(posted(CREDENTIALS + ".json"))).containsExactly("FriendlyName=careflow-trunk-clinic");
        assertThat(form(posted(CREDENTIALS + "/" + CL + "/Credentials.json")))
                .containsExactlyInAnyOrder("Username=pbx", "Password=" + PASSWORD.reveal());
        assertThat(form(posted(TRUNK + "/CredentialLists"))).containsExactly("CredentialListSid=" + CL);
        assertThat(form(posted(ADDRESSES + ".json"))).containsExactly("FriendlyName=careflow-trunk-clinic");
        assertThat(form(posted(ADDRESSES + "/" + AL + "/IpAddresses.json")))
                .containsExactlyInAnyOrder("FriendlyName=192.0.2.0/28", "IpAddress=192.0.2.0", "CidrPrefixLength=28");
        assertThat(form(posted(TRUNK + "/IpAccessControlLists"))).containsExactly("IpAccessControlListSid=" + AL);
        assertThat(form(posted(TRUNK + "/OriginationUrls")))
                .containsExactlyInAnyOrder(
                        "Weight=20",
                        "Priority=5",
                        "Enabled=true",
                        "FriendlyName=sip1.example.org",
                        "SipUrl=sip:sip1.example.org:5060");
        assertThat(form(requests().get(9))).contains("SipUrl=sip:sip2.example.org:5061;transport=tls", "Priority=6");
        assertThat(form(posted(TRUNK + "/Recording"))).containsExactly("Mode=record-from-answer-dual");

        assertThat(made.ref()).isEqualTo(REF);
        assertThat(made.kind()).isEqualTo(TrunkKind.TRUNK);
        assertThat(made.inbound()).isEqualTo(WHOLE.inbound());
        assertThat(made.credentials()).containsExactly(new SipCredential("pbx", PASSWORD));
        assertThat(made.allowed()).containsExactly(IpRange.parse("192.0.2.0/28"));
        assertThat(made.sources()).hasSize(8).contains(IpRange.parse("54.172.60.0/30"));
        assertThat(made.outbound().get(0)).isEqualTo(SipEndpoint.of("clinic.pstn.twilio.com"));
        assertThat(made.outbound().stream().map(SipEndpoint::host))
                .hasSize(9)
                .contains("clinic.pstn.dublin.twilio.com", "clinic.pstn.sao-paulo.twilio.com");
        assertThat(made.details())
                .containsEntry("auth_type", "CREDENTIAL_LIST")
                .containsEntry("recording.mode", "do-not-record")
                .containsEntry("media", "168.86.128.0/18")
                .doesNotContainKey("disaster_recovery_url");
        assertThat(made.toString()).doesNotContain(PASSWORD.reveal()).doesNotContain("user:pass");
    }

    @Test
    void withoutAnythingToProveItselfAPasswordIsMadeUp() {
        SipTrunk made = trunks().create(TrunkRequest.trunk(new CommandId("t-1"), "clinic"));

        assertThat(made.credentials()).hasSize(1);
        assertThat(made.credentials().get(0).username()).isEqualTo("clinic");
        String password =
                Objects.requireNonNull(made.credentials().get(0).password()).reveal();
        assertThat(password)
                .hasSizeGreaterThanOrEqualTo(12)
                .matches(".*[a-z].*")
                .matches(".*[A-Z].*")
                .matches(".*[0-9].*");
        assertThat(form(posted(CREDENTIALS + "/" + CL + "/Credentials.json"))).contains("Password=" + password);
    }

    @Test
    void allowedAddressesAreProofEnough() {
        SipTrunk made = trunks().create(
                        TrunkRequest.trunk(new CommandId("t-1"), "clinic").allowing(IpRange.parse("192.0.2.1")));

        assertThat(made.credentials()).isEmpty();
        assertThat(sent()).noneMatch(request -> request.contains("Credential"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Short1Aa", "nodigitsATALL", "nouppercase12", "NOLOWERCASE12"})
    void aWeakPasswordIsRefusedBeforeAnythingIsSentAndNotQuoted(String weak) {
        TrunkRequest request =
                TrunkRequest.trunk(new CommandId("t-1"), "clinic").provenBy(new SipCredential("pbx", Secret.of(weak)));

        assertThat(failureOf(request)).isInstanceOf(InvalidRequest.class).hasMessageNotContaining(weak);
        assertThat(sent()).isEmpty();
    }

    @Test
    void limitsOfATrunkAreRefusedBeforeAnythingIsSentBecauseTwiliosHoldForTheWholeAccount() {
        TrunkRequest limited =
                TrunkRequest.trunk(new CommandId("t-1"), "clinic").within(TrunkLimits.countries("CA"));

        assertThat(failureOf(limited))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("limits of a trunk")
                .hasMessageContaining("dialing permissions");
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatATrunkOfTwilioCannotDoIsRefusedBeforeAnythingIsSent() {
        TrunkRequest plain = TrunkRequest.trunk(new CommandId("t-1"), "clinic");
        TrunkRequest manyServers = plain;
        for (int i = 0; i < 11; i++) {
            manyServers = manyServers.to(SipEndpoint.of("sip" + i + ".example.org"));
        }

        assertThat(failureOf(plain.secured(false, true)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("DOMAIN");
        assertThat(failureOf(plain.with(new Option<>("telnyx.thing", String.class), "x")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("twilio.trunk-recording");
        assertThat(failureOf(plain.with(TwilioOptions.TRUNK_RECORDING, "everything")))
                .isInstanceOf(InvalidRequest.class);
        assertThat(failureOf(plain.secured(true, false).to(SipEndpoint.of("sip.example.org"))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("TLS");
        assertThat(failureOf(manyServers)).isInstanceOf(InvalidRequest.class);
        assertThat(failureOf(plain.provenBy(new SipCredential("u".repeat(33), null))))
                .isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aNameThatIsTakenInTheAccountIsAConflictAndNothingIsMade() {
        onGet(TRUNKS, json(200, "{\"trunks\":[" + text("trunk.json") + "],\"meta\":{\"next_page_url\":null}}"));

        assertThat(failureOf(WHOLE)).isInstanceOf(Conflict.class).hasMessageContaining("clinic");
        assertThat(sent()).containsExactly("GET " + TRUNKS);
    }

    @Test
    void aNameThatIsTakenByAnotherAccountIsAConflictAndNothingIsMade() {
        failing("POST", TRUNKS, error(400, 21248));

        assertThat(failureOf(WHOLE)).isInstanceOf(Conflict.class);
        assertThat(sent("DELETE")).isEmpty();
    }

    /** The step that is refused, and what must be taken away, the latest first. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/trunks,                           ''",
        "/credentials.json,                 TRUNK",
        "/credentials/CL/Credentials.json,  CL TRUNK",
        "/trunk/CredentialLists,            CL TRUNK",
        "/addresses.json,                   TRUNK/CL CL TRUNK",
        "/addresses/AL/IpAddresses.json,    AL TRUNK/CL CL TRUNK",
        "/trunk/IpAccessControlLists,       AL TRUNK/CL CL TRUNK",
        "/trunk/OriginationUrls,            TRUNK/AL AL TRUNK/CL CL TRUNK",
        "/trunk/Recording,                  TRUNK/AL AL TRUNK/CL CL TRUNK",
    })
    void whenAStepIsRefusedWhatWasMadeIsTakenAway(String step, String expected) {
        failing("POST", path(step), error(400, 20001));

        PstnException failure = failureOf(WHOLE);

        assertThat(failure).isInstanceOf(InvalidRequest.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent("DELETE")).isEqualTo(paths(expected));
    }

    /** The step whose answer is lost, what must be taken away, and whether something may be left. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/trunks,                           '',                              UNKNOWN",
        "/credentials.json,                 TRUNK,                           UNKNOWN",
        "/credentials/CL/Credentials.json,  CL TRUNK,                        NONE",
        "/trunk/CredentialLists,            TRUNK/CL CL TRUNK,               NONE",
        "/addresses.json,                   TRUNK/CL CL TRUNK,               UNKNOWN",
        "/addresses/AL/IpAddresses.json,    AL TRUNK/CL CL TRUNK,            NONE",
        "/trunk/IpAccessControlLists,       TRUNK/AL AL TRUNK/CL CL TRUNK,   NONE",
        "/trunk/OriginationUrls,            TRUNK/AL AL TRUNK/CL CL TRUNK,   NONE",
        "/trunk/Recording,                  TRUNK/AL AL TRUNK/CL CL TRUNK,   NONE",
    })
    void whenTheAnswerOfAStepIsLostWhatWasMadeIsTakenAway(String step, String expected, Effect effect) {
        failing("POST", path(step), error(500, 20500));

        PstnException failure = failureOf(WHOLE);

        assertThat(failure).isInstanceOf(ProviderUnavailable.class);
        assertThat(failure.effect()).isEqualTo(effect);
        assertThat(failure.httpStatus()).hasValue(500);
        assertThat(sent("DELETE")).isEqualTo(paths(expected));
        assertThat(Collections.frequency(sent("POST"), path(step))).isEqualTo(1);
        if (effect == Effect.UNKNOWN) {
            assertThat(failure).hasMessageContaining("may be left behind");
        }
    }

    @Test
    void aTrunkWhoseAnswerWasLostIsFoundByItsNameAndUsed() {
        on(
                get(urlPathEqualTo(TRUNKS))
                        .inScenario("lost")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("made"),
                json(200, "{\"trunks\":[]}"));
        on(
                get(urlPathEqualTo(TRUNKS)).inScenario("lost").whenScenarioStateIs("made"),
                json(200, "{\"trunks\":[" + text("trunk.json") + "]}"));
        failing("POST", TRUNKS, error(500, 20500));

        assertThat(trunks().create(WHOLE).ref()).isEqualTo(REF);

        assertThat(sent("DELETE")).isEmpty();
        assertThat(Collections.frequency(sent("POST"), TRUNKS)).isEqualTo(1);
    }

    @Test
    void theSameCommandGivenAgainReturnsWhatItMade() {
        TrunkRequest request = TrunkRequest.trunk(new CommandId("t-1"), "clinic");
        SipTrunk made = trunks().create(request);
        int before = requests().size();

        assertThat(trunks().create(request)).isEqualTo(made);

        assertThat(requests()).hasSize(before);
        assertThat(made.credentials().get(0).password()).isNotNull();
    }

    @Test
    void anotherRequestUnderTheSameCommandIsAConflict() {
        trunks().create(WHOLE);
        int before = requests().size();

        PstnException failure = failureOf(WHOLE.to(SipEndpoint.of("sip3.example.org")));

        assertThat(failure).isInstanceOf(Conflict.class).hasMessageContaining("t-1");
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(requests()).hasSize(before);
    }

    @Test
    void aCommandInDoubtIsLookedUpAgainAndMakesNothing() {
        failing("POST", TRUNKS, error(500, 20500));
        PstnException first = failureOf(WHOLE);
        onGet(TRUNKS, json(200, "{\"trunks\":[" + text("trunk.json") + "]}"));

        PstnException again = failureOf(WHOLE);

        assertThat(first.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(again).hasMessageContaining("what is left of it");
        assertThat(sent("POST")).containsExactly(TRUNKS);
        assertThat(sent("GET")).hasSize(3).last().isEqualTo(TRUNKS);
    }

    @Test
    void aCommandGivenAgainAfterItsTrunkWasDeletedMakesOneAgain() {
        trunks().create(WHOLE);
        trunks().delete(REF);

        trunks().create(WHOLE);

        assertThat(Collections.frequency(sent("POST"), TRUNKS)).isEqualTo(2);
    }

    @Test
    void aCommandThatDidNothingMayBeGivenAgain() {
        onGet(TRUNKS, json(200, "{\"trunks\":[" + text("trunk.json") + "]}"));
        assertThat(failureOf(WHOLE)).isInstanceOf(Conflict.class);
        onGet(TRUNKS, json(200, "{\"trunks\":[]}"));

        assertThat(trunks().create(WHOLE).ref()).isEqualTo(REF);
    }

    @Test
    void aListWhoseAnswerWasLostIsFoundByItsNameAndTakenAwayWithTheTrunk() {
        onGet(
                CREDENTIALS + ".json",
                json(
                        200,
                        "{\"credential_lists\":[{\"sid\":\"" + CL + "\",\"friendly_name\":\"careflow-trunk-clinic\"},"
                                + "{\"sid\":\"CL00000000000000000000000000000009\",\"friendly_name\":\"shared\"}]}"));
        failing("POST", CREDENTIALS + ".json", error(500, 20500));

        assertThat(failureOf(WHOLE).effect()).isEqualTo(Effect.NONE);

        assertThat(sent("DELETE")).isEqualTo(paths("CL TRUNK"));
    }

    @Test
    void whatCannotBeTakenAwayIsNamed() {
        failing("POST", TRUNK + "/OriginationUrls", error(400, 20001));
        failing("DELETE", TRUNK, error(500, 20500));

        PstnException failure = failureOf(WHOLE);

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining(TRUNK_ID).hasMessageNotContaining(CL);
        assertThat(failure.code()).contains("20001");
        assertThat(failure.getCause()).isInstanceOf(InvalidRequest.class);
        assertThat(sent("DELETE")).isEqualTo(paths("TRUNK/AL AL TRUNK/CL CL TRUNK"));
    }

    @Test
    void aTrunkIsReadWithAllItsParts() {
        onGet(TRUNK, fixture(200, "trunk.json"));
        onGet(
                TRUNK + "/OriginationUrls",
                json(
                        200,
                        "{\"origination_urls\":[{\"sid\":\"OU1\",\"sip_url\":\"sip:pbx@sip1.example.org:5070;transport=tcp\","
                                + "\"priority\":5,\"weight\":20,\"enabled\":true},"
                                + "{\"sid\":\"OU2\",\"sip_url\":\"sip:off.example.org\",\"priority\":1,\"weight\":1,"
                                + "\"enabled\":false}]}"));
        onGet(TRUNK + "/CredentialLists", json(200, "{\"credential_lists\":[{\"sid\":\"" + CL + "\"}]}"));
        onGet(
                CREDENTIALS + "/" + CL + "/Credentials.json",
                json(200, "{\"credentials\":[{\"sid\":\"CR1\",\"username\":\"pbx\"}]}"));
        onGet(TRUNK + "/IpAccessControlLists", json(200, "{\"ip_access_control_lists\":[{\"sid\":\"" + AL + "\"}]}"));
        onGet(
                ADDRESSES + "/" + AL + "/IpAddresses.json",
                json(
                        200,
                        "{\"ip_addresses\":[{\"sid\":\"IP1\",\"ip_address\":\"192.0.2.1\",\"cidr_prefix_length\":30}]}"));
        onGet(
                TRUNK + "/PhoneNumbers",
                json(200, "{\"phone_numbers\":[{\"sid\":\"PN1\",\"phone_number\":\"+14165550123\"}]}"));

        SipTrunk trunk = trunks().fetch(REF).orElseThrow();

        assertThat(trunk.inbound())
                .containsExactly(SipEndpoint.of("sip1.example.org")
                        .over(SipTransport.TCP)
                        .port(5070)
                        .ranked(5, 20));
        assertThat(trunk.credentials()).containsExactly(new SipCredential("pbx", null));
        assertThat(trunk.allowed()).containsExactly(IpRange.parse("192.0.2.1/30"));
        assertThat(trunk.numbers()).containsExactly(NUMBER);
    }

    @Test
    void trunksThatTwilioDoesNotKnowAreEmpty() {
        onGet(TRUNK, error(404, 20404));

        assertThat(trunks().fetch(REF)).isEmpty();
        assertThat(trunks().fetch(new TrunkRef(new ProviderId("twilio"), "trunk-1")))
                .isEmpty();
        assertThat(trunks().fetch(new TrunkRef(new ProviderId("telnyx"), TRUNK_ID)))
                .isEmpty();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void theListFollowsAbsoluteLinksOfTwilioOnOurOwnBaseOnly() {
        on(
                get(urlPathEqualTo(TRUNKS)).atPriority(3),
                json(
                        200,
                        "{\"trunks\":[" + text("trunk.json") + "],\"meta\":{\"key\":\"trunks\",\"next_page_url\":"
                                + "\"https://trunking.twilio.com/v1/Trunks?PageSize=1&Page=1&PageToken=PT1\"}}"));
        on(
                get(urlEqualTo("/v1/Trunks?PageSize=1&Page=1&PageToken=PT1")).atPriority(2),
                json(
                        200,
                        "{\"trunks\":[" + text("trunk.json").replace(TRUNK_ID, TRUNK_ID.replace('1', '2'))
                                + "],\"meta\":{\"next_page_url\":null}}"));
        onGet(DOMAINS, json(200, "{\"domains\":[" + text("domain.json") + "]}"));

        assertThat(trunks().list().stream().map(trunk -> trunk.ref().id()))
                .containsExactly(TRUNK_ID, TRUNK_ID.replace('1', '2'), DOMAIN_ID);
    }

    @Test
    void aNumberOfOursIsAttached() {
        onGet(NUMBERS, json(200, "{\"incoming_phone_numbers\":[" + text("number.json") + "]}"));

        trunks().attach(REF, NUMBER);

        assertThat(form(posted(TRUNK + "/PhoneNumbers"))).containsExactly("PhoneNumberSid=" + NUMBER_ID);
    }

    @Test
    void aNumberThatIsAttachedAlreadyStays() {
        onGet(
                NUMBERS,
                json(
                        200,
                        "{\"incoming_phone_numbers\":["
                                + text("number.json")
                                        .replace("\"trunk_sid\": null", "\"trunk_sid\": \"" + TRUNK_ID + "\"")
                                + "]}"));

        trunks().attach(REF, NUMBER);

        assertThat(sent("POST")).isEmpty();
    }

    @Test
    void aNumberThatIsNotOursOrATrunkThatIsNotThereCannotBeAttached() {
        assertThatThrownBy(() -> trunks().attach(REF, NUMBER)).isInstanceOf(NotFound.class);
        onGet(NUMBERS, json(200, "{\"incoming_phone_numbers\":[" + text("number.json") + "]}"));
        failing("POST", TRUNK + "/PhoneNumbers", error(404, 20404));
        assertThatThrownBy(() -> trunks().attach(REF, NUMBER)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> trunks().attach(new TrunkRef(new ProviderId("twilio"), "x"), NUMBER))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aNumberIsDetachedAndOneThatIsNotAttachedIsNoError() {
        onGet(NUMBERS, json(200, "{\"incoming_phone_numbers\":[" + text("number.json") + "]}"));

        trunks().detach(REF, NUMBER);
        failing("DELETE", TRUNK + "/PhoneNumbers/" + NUMBER_ID, error(404, 20404));
        trunks().detach(REF, NUMBER);
        trunks().detach(REF, new PhoneNumber("+14165550000"));

        assertThat(sent("DELETE"))
                .containsExactly(TRUNK + "/PhoneNumbers/" + NUMBER_ID, TRUNK + "/PhoneNumbers/" + NUMBER_ID);
    }

    @Test
    void deletionTakesNumbersAndItsOwnListsAwayAndLeavesTheSharedOnes() {
        onGet(TRUNK, fixture(200, "trunk.json"));
        onGet(
                TRUNK + "/PhoneNumbers",
                json(200, "{\"phone_numbers\":[{\"sid\":\"" + NUMBER_ID + "\",\"phone_number\":\"+14165550123\"}]}"));
        onGet(
                CREDENTIALS + ".json",
                json(
                        200,
                        "{\"credential_lists\":[{\"sid\":\"" + CL + "\",\"friendly_name\":\"careflow-trunk-clinic\"},"
                                + "{\"sid\":\"CL00000000000000000000000000000009\",\"friendly_name\":\"shared\"},"
                                + "{\"sid\":\"CL00000000000000000000000000000008\",\"friendly_name\":\"careflow-domain-clinic\"}]}"));
        onGet(
                ADDRESSES + ".json",
                json(
                        200,
                        "{\"ip_access_control_lists\":[{\"sid\":\"" + AL
                                + "\",\"friendly_name\":\"careflow-trunk-clinic\"}]}"));

        trunks().delete(REF);

        assertThat(sent("DELETE"))
                .isEqualTo(Arrays.asList(
                        TRUNK + "/PhoneNumbers/" + NUMBER_ID,
                        TRUNK + "/CredentialLists/" + CL,
                        CREDENTIALS + "/" + CL + ".json",
                        TRUNK + "/IpAccessControlLists/" + AL,
                        ADDRESSES + "/" + AL + ".json",
                        TRUNK));
    }

    @Test
    void theListsOfATrunkThatAnotherOneIsNamedAfterStay() {
        onGet(
                TRUNK,
                json(
                        200,
                        "{\"sid\":\"" + TRUNK_ID
                                + "\",\"friendly_name\":\"clinic\",\"domain_name\":\"old.pstn.twilio.com\"}"));
        onGet(
                CREDENTIALS + ".json",
                json(
                        200,
                        "{\"credential_lists\":[{\"sid\":\"" + CL
                                + "\",\"friendly_name\":\"careflow-trunk-clinic\"}]}"));

        trunks().delete(REF);

        assertThat(sent("DELETE")).containsExactly(TRUNK);
    }

    @Test
    void deletingATrunkThatDoesNotExistIsNoError() {
        onGet(TRUNK, error(404, 20404));

        trunks().delete(REF);
        trunks().delete(new TrunkRef(new ProviderId("twilio"), "nothing"));

        assertThat(sent("DELETE")).isEmpty();
    }

    private static String path(String step) {
        return step.replace("/trunks", TRUNKS)
                .replace("/trunk/", TRUNK + "/")
                .replace("/credentials", CREDENTIALS)
                .replace("/addresses", ADDRESSES)
                .replace("/CL/", "/" + CL + "/")
                .replace("/AL/", "/" + AL + "/");
    }

    private static List<String> paths(String words) {
        return words.isEmpty()
                ? List.of()
                : Arrays.stream(words.split(" "))
                        .map(word -> switch (word) {
                            case "TRUNK" -> TRUNK;
                            case "CL" -> CREDENTIALS + "/" + CL + ".json";
                            case "AL" -> ADDRESSES + "/" + AL + ".json";
                            case "TRUNK/CL" -> TRUNK + "/CredentialLists/" + CL;
                            case "TRUNK/AL" -> TRUNK + "/IpAccessControlLists/" + AL;
                            default -> throw new IllegalArgumentException(word);
                        })
                        .toList();
    }
}
