package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRegistrations;
import io.careflow.pstn.trunk.TrunkRegistrations.Registration;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsTrunksTest extends WireMockVoipMs {
    private static final String ACCOUNT = "100001_clinic";
    private static final Secret SIP = Secret.of("Sip-Passw0rd.in-clear");
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550142");

    private TrunkControl trunks;
    private TrunkRef clinic;

    @BeforeEach
    void open() {
        trunks = voipms.require(TrunkControl.class);
        clinic = new TrunkRef(voipms.id(), ACCOUNT);
        on("getServersInfo", json(FakeTrunks.servers()));
        on("getDIDsInfo", status("no_did"));
    }

    @Test
    @DisplayName("a sub-account is made for a PBX, closed to calls abroad, and its password is told")
    void create() {
        made(created(), row(Map.of()));

        SipTrunk trunk = trunks.create(request());

        assertThat(sent("createSubAccount"))
                .containsEntry("username", "clinic")
                .containsEntry("description", "clinic")
                .containsEntry("password", SIP.reveal())
                .containsEntry("protocol", "1")
                .containsEntry("auth_type", "1")
                .containsEntry("device_type", "1")
                .containsEntry("lock_international", "1")
                .containsEntry("international_route", "1")
                .containsEntry("music_on_hold", "default")
                .containsEntry("allowed_codecs", "ulaw;g722")
                .containsEntry("dtmf_mode", "auto")
                .containsEntry("nat", "yes")
                .containsEntry("sip_traffic", "0")
                .doesNotContainKeys("ip", "ip_restriction");
        assertThat(trunk.ref()).isEqualTo(clinic);
        assertThat(trunk.name()).isEqualTo("clinic");
        assertThat(trunk.credentials()).containsExactly(new SipCredential(ACCOUNT, SIP));
        assertThat(trunk.toString()).doesNotContain(SIP.reveal());
    }

    @Test
    @DisplayName("servers and POPs are the trunk's endpoints, the recommended one first, and the sources of its calls")
    void endpoints() {
        made(created(), row(Map.of()));

        SipTrunk trunk = trunks.create(request());

        assertThat(trunk.outbound())
                .extracting(SipEndpoint::host)
                .containsExactly("toronto1.voip.ms", "montreal1.voip.ms");
        assertThat(trunk.outbound().get(0).priority())
                .isLessThan(trunk.outbound().get(1).priority());
        assertThat(trunk.sources())
                .containsExactlyInAnyOrder(IpRange.parse("208.100.60.19"), IpRange.parse("208.100.60.50"));
        assertThat(trunk.registration()).isTrue();
    }

    @Test
    @DisplayName("the server of the settings comes first")
    void homeServer() {
        made(created(), row(Map.of()));
        try (VoipMsProvider other = settings().server("montreal1.voip.ms").build()) {
            assertThat(other.require(TrunkControl.class)
                            .create(request())
                            .outbound()
                            .get(0))
                    .isEqualTo(SipEndpoint.of("montreal1.voip.ms").ranked(10, 10));
        }
    }

    @Test
    @DisplayName("TLS and SRTP, addresses, and what VoIP.ms alone has are asked for")
    void allSettings() {
        made(
                created(),
                row(Map.of(
                        "sip_traffic", "1",
                        "enable_ip_restriction", "1",
                        "ip_restriction", "192.0.2.10,198.51.100.0/24",
                        "lock_international", "0")));

        SipTrunk trunk = trunks.create(request()
                .secured(true, true)
                .allowing(IpRange.parse("192.0.2.10"))
                .allowing(IpRange.parse("198.51.100.0/24"))
                .with(VoipMsOptions.INTERNATIONAL, true)
                .with(VoipMsOptions.CODECS, "ulaw;g729")
                .with(VoipMsOptions.DTMF, "rfc2833")
                .with(VoipMsOptions.CALLER_ID, "+14165550142")
                .with(VoipMsOptions.ROUTE, "premium")
                .with(VoipMsOptions.RECORD, true)
                .with(VoipMsOptions.REGISTRATION_SECONDS, 300));

        assertThat(sent("createSubAccount"))
                .containsEntry("sip_traffic", "1")
                .containsEntry("enable_ip_restriction", "1")
                .containsEntry("ip_restriction", "192.0.2.10,198.51.100.0/24")
                .containsEntry("lock_international", "0")
                .containsEntry("allowed_codecs", "ulaw;g729")
                .containsEntry("dtmf_mode", "rfc2833")
                .containsEntry("callerid_number", "4165550142")
                .containsEntry("international_route", "2")
                .containsEntry("canada_routing", "2")
                .containsEntry("record_calls", "1")
                .containsEntry("max_expiry", "300");
        assertThat(trunk.secure()).isTrue();
        assertThat(trunk.allowed()).hasSize(2);
        assertThat(trunk.outbound())
                .allMatch(server -> server.transport() == SipTransport.TLS && server.port() == 5061);
    }

    @Test
    @DisplayName("a trunk that is known by its address has no password")
    void byAddress() {
        made(created(), row(Map.of("auth_type", "2", "ip", "192.0.2.10", "password", "")));

        SipTrunk trunk =
                trunks.create(TrunkRequest.trunk(new CommandId("t-1"), "clinic").allowing(IpRange.parse("192.0.2.10")));

        assertThat(sent("createSubAccount"))
                .containsEntry("auth_type", "2")
                .containsEntry("ip", "192.0.2.10")
                .doesNotContainKeys("password", "ip_restriction");
        assertThat(trunk.credentials()).isEmpty();
        assertThat(trunk.allowed()).containsExactly(IpRange.parse("192.0.2.10"));
        assertThat(trunk.registration()).isFalse();
    }

    @Test
    @DisplayName("what VoIP.ms cannot do is refused before anything is asked")
    void refused() {
        TrunkRequest plain = TrunkRequest.trunk(new CommandId("t-1"), "clinic");
        for (TrunkRequest request : List.of(
                TrunkRequest.domain(new CommandId("t-1"), "clinic", URI.create("https://app.example.org/voice")),
                plain.to(SipEndpoint.of("pbx.example.org")),
                plain.within(TrunkLimits.countries("CA")),
                plain.provenBy(new SipCredential("a", null)).provenBy(new SipCredential("b", null)),
                plain.allowing(IpRange.parse("192.0.2.0/24")),
                plain.allowing(IpRange.parse("192.0.2.10")).secured(false, true))) {
            assertThatThrownBy(() -> trunks.create(request))
                    .as(request.toString())
                    .isInstanceOf(UnsupportedFeature.class);
        }
        for (TrunkRequest request : List.of(
                TrunkRequest.trunk(new CommandId("t-1"), "a-name-that-is-too-long"),
                plain.provenBy(new SipCredential("with-dash", null)),
                plain.with(VoipMsOptions.CODECS, "ulaw,g722"),
                plain.with(VoipMsOptions.DTMF, "loud"),
                plain.with(VoipMsOptions.ROUTE, "free"),
                plain.with(VoipMsOptions.CALLER_ID, "4165550142"),
                plain.with(VoipMsOptions.REGISTRATION_SECONDS, 30))) {
            assertThatThrownBy(() -> trunks.create(request))
                    .as(request.toString())
                    .isInstanceOf(InvalidRequest.class);
        }
        assertThat(requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sh0rt", "nouppercase1", "NOLOWERCASE1", "NoDigitsHere", "Hash#1inside", "Blank 1inside"})
    @DisplayName("a password that breaks the rules is refused before anything is asked, and not shown")
    void passwordRules(String password) {
        TrunkRequest request = TrunkRequest.trunk(new CommandId("t-1"), "clinic")
                .provenBy(new SipCredential("clinic", Secret.of(password)));

        assertThatThrownBy(() -> trunks.create(request))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageNotContaining(password);
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("a generated password keeps the rules")
    void generated() {
        SipPasswords passwords = new SipPasswords(voipms.id(), new Random(7));
        for (int i = 0; i < 200; i++) {
            Secret password = passwords.of("trunk.create", null);
            assertThat(password.reveal()).hasSize(24);
            assertThat(passwords.of("trunk.create", password)).isEqualTo(password);
        }
    }

    @Test
    @DisplayName("a name that is there already is a Conflict, and nothing is made")
    void nameTaken() {
        on("getSubAccounts", accounts(row(Map.of())));

        assertThatThrownBy(() -> trunks.create(request())).isInstanceOf(Conflict.class);
        assertThat(sent()).doesNotContain("createSubAccount");
    }

    @Test
    @DisplayName("a creation whose answer is lost is looked up: the sub-account with our password is the one")
    void lostCreation() {
        made(aResponse().withFault(Fault.EMPTY_RESPONSE), row(Map.of()));

        assertThat(trunks.create(request()).ref()).isEqualTo(clinic);
        assertThat(trunks.create(request()).ref()).isEqualTo(clinic);
        assertThat(sent()).filteredOn("createSubAccount"::equals).hasSize(1);
    }

    @Test
    @DisplayName("used_username after a lost answer is looked up, and is ours by its password")
    void usedByUs() {
        made(status("used_username"), row(Map.of()));

        assertThat(trunks.create(request()).ref()).isEqualTo(clinic);
    }

    @Test
    @DisplayName("used_username by somebody else is a Conflict, and theirs is left alone")
    void usedByOthers() {
        made(status("used_username"), row(Map.of("password", "Somebody-else5")));

        assertThatThrownBy(() -> trunks.create(request()))
                .isInstanceOf(Conflict.class)
                .hasMessageNotContaining("Somebody-else5");
        assertThat(sent()).doesNotContain("delSubAccount");
    }

    @Test
    @DisplayName("a creation that stays in doubt is not sent again, and says what is there now")
    void doubtfulCreation() {
        on("getSubAccounts", status("no_subaccount"));
        on("createSubAccount", aResponse().withFault(Fault.EMPTY_RESPONSE));

        for (String said : List.of("connection lost", "no sub-account of this name")) {
            assertThatThrownBy(() -> trunks.create(request()))
                    .isInstanceOfSatisfying(
                            PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                    .hasMessageContaining(said);
        }
        assertThat(sent()).filteredOn("createSubAccount"::equals).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock_international", "sip_traffic", "password"})
    @DisplayName("a sub-account that VoIP.ms made differently than asked is taken away again")
    void rollback(String guard) {
        made(created(), row(Map.of(guard, guard.equals("password") ? "An0ther-password" : "0")));
        on("delSubAccount", success(""));

        assertThatThrownBy(() -> trunks.create(request().secured(true, true)))
                .isInstanceOfSatisfying(
                        PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("taken away again")
                .hasMessageNotContaining("An0ther-password");
        assertThat(sent("delSubAccount")).containsEntry("id", "99785");
    }

    @Test
    @DisplayName("what VoIP.ms writes otherwise, or tells no more, is no difference, and the password is ours")
    void sameInOtherWords() {
        made(
                created(),
                row(Map.of(
                        "lock_international", "",
                        "password", "",
                        "enable_ip_restriction", "1",
                        "ip_restriction", "198.51.100.0/24, 192.0.2.10/32")));

        SipTrunk trunk = trunks.create(
                request().allowing(IpRange.parse("192.0.2.10")).allowing(IpRange.parse("198.51.100.0/24")));

        assertThat(trunk.credentials()).containsExactly(new SipCredential(ACCOUNT, SIP));
        assertThat(sent()).doesNotContain("delSubAccount");
    }

    @Test
    @DisplayName("what could not be taken away again may be left behind, and the failure says so")
    void leftBehind() {
        made(created(), row(Map.of("lock_international", "0")));
        on("delSubAccount", page(503));

        assertThatThrownBy(() -> trunks.create(request()))
                .isInstanceOfSatisfying(
                        PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                .hasMessageContaining("may be left behind");
    }

    @Test
    @DisplayName(
            "trunks are read with the numbers that go to them; their passwords are secrets, and not among the details")
    void list() {
        on("getSubAccounts", accounts(row(Map.of())));
        on(
                "getDIDsInfo",
                success("\"dids\":[" + FakeNumbers.row("4165550142", "account:" + ACCOUNT) + ","
                        + FakeNumbers.row("4165550143", "account:100001_other") + "]"));

        SipTrunk trunk = trunks.list().get(0);

        assertThat(trunk.numbers()).containsExactly(NUMBER);
        assertThat(Objects.requireNonNull(trunk.credentials().get(0).password()))
                .isEqualTo(SIP);
        assertThat(trunk.details())
                .containsEntry("lock_international", "1")
                .containsEntry("allowed_codecs", "ulaw;g722")
                .doesNotContainKeys("password", "callerid_number");
        assertThat(trunk.toString()).doesNotContain(SIP.reveal());
    }

    @Test
    @DisplayName("no_subaccount is an empty list, and an absent trunk by its id")
    void none() {
        on("getSubAccounts", status("no_subaccount"));

        assertThat(trunks.list()).isEmpty();
        assertThat(trunks.fetch(clinic)).isEmpty();
        assertThat(trunks.fetch(new TrunkRef(voipms.id(), "no account"))).isEmpty();
        trunks.delete(clinic);
        assertThat(sent()).doesNotContain("delSubAccount");
    }

    @Test
    @DisplayName("a number is attached by its routing, and detached only from the trunk that it goes to")
    void attach() {
        on("getSubAccounts", accounts(row(Map.of())));
        on("getDIDsInfo", success("\"dids\":[" + FakeNumbers.row("4165550142", "account:100001_other") + "]"));
        on("setDIDRouting", success(""));

        trunks.detach(clinic, NUMBER);
        assertThat(sent()).doesNotContain("setDIDRouting");
        trunks.attach(clinic, NUMBER);
        assertThat(sent("setDIDRouting")).containsEntry("routing", "account:" + ACCOUNT);
        assertThatThrownBy(() -> trunks.attach(clinic, new PhoneNumber("+14165550199")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("a trunk is deleted by its number in the list, after the numbers that go to it go elsewhere")
    void delete() {
        on("getSubAccounts", accounts(row(Map.of())));
        on("getDIDsInfo", success("\"dids\":[" + FakeNumbers.row("4165550142", "account:" + ACCOUNT) + "]"));
        on("setDIDRouting", success(""));
        on("delSubAccount", success(""));

        trunks.delete(clinic);

        assertThat(sent("setDIDRouting")).containsEntry("routing", "sys:noservice");
        assertThat(sent("delSubAccount")).containsEntry("id", "99785");
    }

    @Test
    @DisplayName("a change writes the whole sub-account: setSubAccount round-trip keeps unknown fields")
    void roundTrip() {
        on("getSubAccounts", accounts(row(Map.of("brand_new_setting", "kept", "default_e911", "4165550142"))));
        on("setSubAccount", success(""));

        SipTrunk changed = voipms.require(VoipMsSubAccounts.class)
                .change(clinic, Map.<Option<?>, Object>of(VoipMsOptions.CALLER_ID, "+14165550199"));

        Map<String, String> written = sent("setSubAccount");
        assertThat(written)
                .containsEntry("id", "99785")
                .containsEntry("callerid_number", "4165550199")
                .containsEntry("password", SIP.reveal())
                .containsEntry("lock_international", "1")
                .containsEntry("brand_new_setting", "kept")
                .containsEntry("default_e911", "4165550142")
                .containsEntry("description", "clinic")
                .doesNotContainKeys("account", "username", "protocol");
        assertThat(changed.ref()).isEqualTo(clinic);
    }

    @Test
    @DisplayName("a password is changed with everything else left as it is")
    void password() {
        on("getSubAccounts", accounts(row(Map.of())));
        on("setSubAccount", success(""));
        VoipMsSubAccounts accounts = voipms.require(VoipMsSubAccounts.class);

        SipTrunk unused = accounts.password(clinic, Secret.of("An0ther-password"));

        assertThat(sent("setSubAccount"))
                .containsEntry("password", "An0ther-password")
                .containsEntry("allowed_codecs", "ulaw;g722");
        assertThatThrownBy(() -> accounts.password(clinic, Secret.of("weak"))).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() ->
                        accounts.change(clinic, Map.<Option<?>, Object>of(VoipMsOptions.SERVER, "toronto1.voip.ms")))
                .isInstanceOf(UnsupportedFeature.class);
    }

    @Test
    @DisplayName("registrations are told with server, address and transport")
    void registrations() {
        on(
                "getRegistrationStatus",
                success(
                        "\"registered\":\"yes\",\"rerouted\":\"0\",\"registrations\":{\"server_name\":\"Toronto 1, ON\","
                                + "\"server_hostname\":\"toronto1.voip.ms\",\"register_ip\":\"192.0.2.10\",\"register_port\":5061,"
                                + "\"register_next\":\"2026-03-01 07:05:00\",\"register_transport\":\"TLS\"}"));

        List<Registration> all = voipms.require(TrunkRegistrations.class).registrations(clinic);

        assertThat(all)
                .containsExactly(new Registration(
                        "toronto1.voip.ms",
                        "192.0.2.10",
                        5061,
                        SipTransport.TLS,
                        "TLS",
                        Instant.parse("2026-03-01T12:05:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"registered\":\"no\"", "\"registered\":\"no\",\"registrations\":[]", "\"registrations\":\"\""})
    @DisplayName("nobody registered is an empty list, whatever VoIP.ms leaves out")
    void notRegistered(String fields) {
        on("getRegistrationStatus", success(fields));

        assertThat(voipms.require(TrunkRegistrations.class).registrations(clinic))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"register_next\":\"0000-00-00 00:00:00\"", ",\"register_next\":null"})
    @DisplayName("a registration of which little is told is a registration, dates 0000-00-00 are none")
    void littleTold(String next) {
        on(
                "getRegistrationStatus",
                success("\"registrations\":[{\"register_ip\":\"192.0.2.10\",\"register_transport\":\"QUIC\"" + next
                        + "}]"));

        assertThat(voipms.require(TrunkRegistrations.class).registrations(clinic))
                .containsExactly(new Registration("", "192.0.2.10", 0, null, "QUIC", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_account", "no_account", "no_subaccount"})
    @DisplayName("registrations of a trunk that does not exist are NotFound")
    void unknownTrunk(String code) {
        on("getRegistrationStatus", status(code));

        assertThatThrownBy(() -> voipms.require(TrunkRegistrations.class).registrations(clinic))
                .isInstanceOf(NotFound.class);
    }

    private static TrunkRequest request() {
        return TrunkRequest.trunk(new CommandId("t-1"), "clinic").provenBy(new SipCredential("clinic", SIP));
    }

    private static ResponseDefinitionBuilder created() {
        return success("\"id\":99785,\"account\":\"" + ACCOUNT + "\"");
    }

    private static ResponseDefinitionBuilder accounts(String... rows) {
        return success("\"accounts\":[" + String.join(",", rows) + "]");
    }

    /** Nothing is there until the creation came, whatever it is answered. */
    private void made(ResponseDefinitionBuilder answer, String row) {
        wire.stubFor(asking("getSubAccounts")
                .inScenario("trunk")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status("no_subaccount")));
        wire.stubFor(asking("getSubAccounts")
                .inScenario("trunk")
                .whenScenarioStateIs("made")
                .willReturn(accounts(row)));
        wire.stubFor(asking("createSubAccount")
                .inScenario("trunk")
                .willReturn(answer)
                .willSetStateTo("made"));
    }

    /** The sub-account as VoIP.ms keeps it, with these differences. */
    private static String row(Map<String, String> differences) {
        StringBuilder more = new StringBuilder();
        differences.forEach((name, value) -> more.append(",\"" + name + "\":\"" + value + "\""));
        String plain = FakeTrunks.row(ACCOUNT, SIP.reveal(), "clinic");
        // The later of two equal names wins.
        return plain.substring(0, plain.length() - 1) + more + "}";
    }
}
