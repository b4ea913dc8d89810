package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipDomainsTest extends WireMockSip {
    private static final TrunkRef REF = new TrunkRef(new ProviderId("twilio"), DOMAIN_ID);
    private static final String CALLS = DOMAIN + "/Auth/Calls/CredentialListMappings";
    private static final String REGISTRATIONS = DOMAIN + "/Auth/Registrations/CredentialListMappings";
    private static final String RANGES = DOMAIN + "/Auth/Calls/IpAccessControlListMappings";
    private static final Secret PASSWORD = Secret.of("Str0ng-enough-to-keep");
    private static final TrunkRequest WHOLE = TrunkRequest.domain(
                    new CommandId("d-1"), "clinic", URI.create("https://phone.example.org/voice"))
            .asking(
                    URI.create("https://phone.example.org/voice"),
                    URI.create("https://spare.example.org/voice"),
                    URI.create("https://phone.example.org/status"))
            .provenBy(new SipCredential("ward3", PASSWORD))
            .allowing(IpRange.parse("192.0.2.0/28"))
            .secured(true, true);

    @BeforeEach
    void arrange() {
        twilioThatMakesEverything();
    }

    @Test
    void everythingThatBelongsToADomainIsMade() {
        SipTrunk made = trunks().create(WHOLE);

        assertThat(sent())
                .containsExactly(
                        "GET " + DOMAINS,
                        "POST " + DOMAINS,
                        "POST " + CREDENTIALS + ".json",
                        "POST " + CREDENTIALS + "/" + CL + "/Credentials.json",
                        "POST " + CALLS + ".json",
                        "POST " + REGISTRATIONS + ".json",
                        "POST " + ADDRESSES + ".json",
                        "POST " + ADDRESSES + "/" + AL + "/IpAddresses.json",
                        "POST " + RANGES + ".json");
        assertThat(form(posted(DOMAINS)))
                .containsExactlyInAnyOrder(
                        "DomainName=clinic.sip.twilio.com",
                        "FriendlyName=clinic",
                        "Secure=true",
                        "SipRegistration=true",
                        "VoiceUrl=https://phone.example.org/voice",
                        "VoiceMethod=POST",
                        "VoiceFallbackUrl=https://spare.example.org/voice",
                        "VoiceFallbackMethod=POST",
                        "VoiceStatusCallbackUrl=https://phone.example.org/status",
                        "VoiceStatusCallbackMethod=POST");
        assertThat(form(posted(CREDENTIALS + ".json"))).containsExactly("FriendlyName=careflow-domain-clinic");
        assertThat(form(posted(CALLS + ".json"))).containsExactly("CredentialListSid=" + CL);
        assertThat(form(posted(REGISTRATIONS + ".json"))).containsExactly("CredentialListSid=" + CL);
        assertThat(form(posted(RANGES + ".json"))).containsExactly("IpAccessControlListSid=" + AL);

        assertThat(made.ref()).isEqualTo(REF);
        assertThat(made.kind()).isEqualTo(TrunkKind.DOMAIN);
        assertThat(made.outbound())
                .containsExactly(SipEndpoint.of("clinic.sip.twilio.com").over(SipTransport.TLS));
        assertThat(made.registration()).isTrue();
        assertThat(made.secure()).isTrue();
        assertThat(made.credentials()).containsExactly(new SipCredential("ward3", PASSWORD));
        assertThat(made.details()).containsEntry("voice_url", "https://phone.example.org/voice");
    }

    @Test
    void devicesThatShallRegisterGetAPasswordAlsoWhereAddressesAreAllowed() {
        SipTrunk made = trunks().create(TrunkRequest.domain(
                        new CommandId("d-1"), "clinic", URI.create("https://phone.example.org/voice"))
                .allowing(IpRange.parse("192.0.2.1"))
                .secured(false, true));

        assertThat(made.credentials()).hasSize(1);
        assertThat(sent()).contains("POST " + REGISTRATIONS + ".json");
    }

    @Test
    void withoutRegistrationNothingIsMappedForIt() {
        trunks().create(WHOLE.secured(true, false));

        assertThat(sent()).contains("POST " + CALLS + ".json").doesNotContain("POST " + REGISTRATIONS + ".json");
        assertThat(form(posted(DOMAINS))).contains("SipRegistration=false");
    }

    @Test
    void anOptionOfTrunksIsRefusedBeforeAnythingIsSent() {
        assertThat(failureOf(WHOLE.with(TwilioOptions.TRUNK_RECORDING, "do-not-record")))
                .isInstanceOf(UnsupportedFeature.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        onGet(DOMAINS, json(200, "{\"domains\":[" + text("domain.json") + "]}"));

        assertThat(failureOf(WHOLE)).isInstanceOf(Conflict.class);
        assertThat(sent("POST")).isEmpty();
    }

    @Test
    void theSameCommandGivenAgainReturnsWhatItMade() {
        SipTrunk made = trunks().create(WHOLE);
        int before = requests().size();

        assertThat(trunks().create(WHOLE)).isEqualTo(made);

        assertThat(requests()).hasSize(before);
    }

    @Test
    void aCommandInDoubtIsLookedUpAgainAndMakesNothing() {
        failing("POST", DOMAINS, error(503, 20503));
        assertThat(failureOf(WHOLE).effect()).isEqualTo(Effect.UNKNOWN);

        PstnException again = failureOf(WHOLE);

        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(again).hasMessageContaining("none of this name");
        assertThat(sent("POST")).containsExactly(DOMAINS);
        assertThat(sent("GET")).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DOMAINS,        ''",
        "CREDENTIALS,    DOMAIN",
        "USERS,          CL DOMAIN",
        "CALLS,          CL DOMAIN",
        "REGISTRATIONS,  CALLS CL DOMAIN",
        "ADDRESSES,      REGISTRATIONS CALLS CL DOMAIN",
        "IPS,            AL REGISTRATIONS CALLS CL DOMAIN",
        "RANGES,         AL REGISTRATIONS CALLS CL DOMAIN",
    })
    void whenAStepIsRefusedWhatWasMadeIsTakenAway(String step, String expected) {
        failing("POST", path(step), error(400, 21230));

        PstnException failure = failureOf(WHOLE);

        assertThat(failure).isInstanceOf(NotPermitted.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent("DELETE")).isEqualTo(paths(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DOMAINS,        '',                                       UNKNOWN",
        "CREDENTIALS,    DOMAIN,                                   UNKNOWN",
        "USERS,          CL DOMAIN,                                NONE",
        "CALLS,          CALLS CL DOMAIN,                          NONE",
        "REGISTRATIONS,  REGISTRATIONS CALLS CL DOMAIN,            NONE",
        "ADDRESSES,      REGISTRATIONS CALLS CL DOMAIN,            UNKNOWN",
        "IPS,            AL REGISTRATIONS CALLS CL DOMAIN,         NONE",
        "RANGES,         RANGES AL REGISTRATIONS CALLS CL DOMAIN,  NONE",
    })
    void whenTheAnswerOfAStepIsLostWhatWasMadeIsTakenAway(String step, String expected, Effect effect) {
        failing("POST", path(step), error(503, 20503));

        assertThat(failureOf(WHOLE).effect()).isEqualTo(effect);

        assertThat(sent("DELETE")).isEqualTo(paths(expected));
        assertThat(sent("POST")).containsOnlyOnce(path(step));
    }

    @Test
    void aDomainIsReadWithItsUsersAndAddresses() {
        onGet(DOMAIN + ".json", fixture(200, "domain.json"));
        onGet(CALLS + ".json", json(200, "{\"contents\":[{\"sid\":\"" + CL + "\",\"friendly_name\":\"x\"}]}"));
        onGet(
                CREDENTIALS + "/" + CL + "/Credentials.json",
                json(
                        200,
                        "{\"credentials\":[{\"sid\":\"CR1\",\"username\":\"ward3\"},"
                                + "{\"sid\":\"CR2\",\"username\":\"not usable by a PBX\"}]}"));
        onGet(RANGES + ".json", json(200, "{\"contents\":[{\"sid\":\"" + AL + "\"}]}"));
        onGet(
                ADDRESSES + "/" + AL + "/IpAddresses.json",
                json(200, "{\"ip_addresses\":[{\"sid\":\"IP1\",\"ip_address\":\"192.0.2.1\"}]}"));

        SipTrunk domain = trunks().fetch(REF).orElseThrow();

        assertThat(domain.name()).isEqualTo("clinic");
        assertThat(domain.credentials()).containsExactly(new SipCredential("ward3", null));
        assertThat(domain.allowed()).containsExactly(IpRange.parse("192.0.2.1"));
        assertThat(domain.sources()).hasSize(8);
    }

    @Test
    void aDomainThatTwilioDoesNotKnowIsEmpty() {
        onGet(DOMAIN + ".json", error(404, 20404));

        assertThat(trunks().fetch(REF)).isEmpty();
    }

    @Test
    void numbersCannotBeAttachedToADomain() {
        assertThatThrownBy(() -> trunks().attach(REF, new PhoneNumber("+14165550123")))
                .isInstanceOf(UnsupportedFeature.class);
        trunks().detach(REF, new PhoneNumber("+14165550123"));
        assertThat(sent()).isEmpty();
    }

    @Test
    void deletionTakesItsOwnListsAway() {
        onGet(DOMAIN + ".json", fixture(200, "domain.json"));
        onGet(
                CREDENTIALS + ".json",
                json(
                        200,
                        "{\"credential_lists\":[{\"sid\":\"" + CL + "\",\"friendly_name\":\"careflow-domain-clinic\"},"
                                + "{\"sid\":\"CL00000000000000000000000000000009\",\"friendly_name\":\"careflow-trunk-clinic\"}]}"));
        onGet(
                ADDRESSES + ".json",
                json(
                        200,
                        "{\"ip_access_control_lists\":[{\"sid\":\"" + AL
                                + "\",\"friendly_name\":\"careflow-domain-clinic\"}]}"));

        trunks().delete(REF);

        assertThat(sent("DELETE")).isEqualTo(paths("CALLS REGISTRATIONS CL RANGES AL DOMAIN"));
    }

    @Test
    void theListsOfADomainThatAnotherOneIsNamedAfterStay() {
        onGet(
                DOMAIN + ".json",
                json(
                        200,
                        "{\"sid\":\"" + DOMAIN_ID
                                + "\",\"friendly_name\":\"clinic\",\"domain_name\":\"old.sip.twilio.com\"}"));
        onGet(
                CREDENTIALS + ".json",
                json(
                        200,
                        "{\"credential_lists\":[{\"sid\":\"" + CL
                                + "\",\"friendly_name\":\"careflow-domain-clinic\"}]}"));

        trunks().delete(REF);

        assertThat(sent("DELETE")).isEqualTo(paths("DOMAIN"));
    }

    @Test
    void deletingADomainThatDoesNotExistIsNoError() {
        onGet(DOMAIN + ".json", error(404, 20404));

        trunks().delete(REF);

        assertThat(sent("DELETE")).isEmpty();
    }

    private static String path(String step) {
        return switch (step) {
            case "DOMAINS" -> DOMAINS;
            case "CREDENTIALS" -> CREDENTIALS + ".json";
            case "USERS" -> CREDENTIALS + "/" + CL + "/Credentials.json";
            case "CALLS" -> CALLS + ".json";
            case "REGISTRATIONS" -> REGISTRATIONS + ".json";
            case "ADDRESSES" -> ADDRESSES + ".json";
            case "IPS" -> ADDRESSES + "/" + AL + "/IpAddresses.json";
            case "RANGES" -> RANGES + ".json";
            default -> throw new IllegalArgumentException(step);
        };
    }

    private static List<String> paths(String words) {
        return words.isEmpty()
                ? List.of()
                : Arrays.stream(words.split(" "))
                        .map(word -> switch (word) {
                            case "DOMAIN" -> DOMAIN + ".json";
                            case "CL" -> CREDENTIALS + "/" + CL + ".json";
                            case "AL" -> ADDRESSES + "/" + AL + ".json";
                            case "CALLS" -> CALLS + "/" + CL + ".json";
                            case "REGISTRATIONS" -> REGISTRATIONS + "/" + CL + ".json";
                            case "RANGES" -> RANGES + "/" + AL + ".json";
                            default -> throw new IllegalArgumentException(word);
                        })
                        .toList();
    }
}
