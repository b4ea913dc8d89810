package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with {@code --provider voipms}, against a fake VoIP.ms on loopback. */
class VoipMsCarrierTest {
    private static final String PASSWORD = "api-password-of-voipms";
    private static final String TOKEN = "Callback-Token-4f19c2-7bd0";
    private static final String SIP_PASSWORD = "Kept-In-Clear7";

    @TempDir
    private Path folder;

    private final FakeCarrier voipms = new FakeCarrier();
    private final Map<String, String> answers = new HashMap<>();
    private Console console;

    @BeforeEach
    void start() {
        console = new Console(folder);
        console.environment.put("VOIPMS_API_USERNAME", "telephony@example.org");
        console.environment.put("VOIPMS_API_PASSWORD", PASSWORD);
        voipms.on(
                "POST",
                "/api/v1/rest.php",
                request -> FakeReply.json(
                        200,
                        answers.getOrDefault(
                                form(request).getOrDefault("method", ""), "{\"status\":\"invalid_method\"}")));
        answer("getBalance", "\"balance\":{\"current_balance\":\"25.4900\"}");
        answer(
                "getServersInfo",
                "\"servers\":[{\"server_name\":\"Toronto 1, ON\",\"server_shortname\":\"Toronto 1\",\"server_hostname\":"
                        + "\"toronto1.voip.ms\",\"server_ip\":\"208.100.60.50\",\"server_country\":\"Canada\","
                        + "\"server_pop\":\"5\",\"server_recommended\":\"yes\"}]");
        answer("getDIDsInfo", "\"dids\":[" + number("0") + "]");
        answer("getSubAccounts", "\"accounts\":[" + subAccount() + "]");
    }

    @AfterEach
    void close() {
        voipms.close();
    }

    @Test
    void balanceIsAskedInAFormSoThatNoUrlHoldsThePassword() {
        Ran ran = run("balance");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("25.49 USD");
        assertThat(voipms.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).doesNotContain(PASSWORD);
            assertThat(form(request)).containsEntry("api_password", PASSWORD);
        });
    }

    @Test
    void withoutItsPasswordNothingIsAsked() {
        console.environment.remove("VOIPMS_API_PASSWORD");
        Ran ran = run("balance");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("settings of provider 'voipms' are missing", "VOIPMS_API_PASSWORD");
        assertThat(voipms.requests()).isEmpty();
    }

    @Test
    void numbersAndTrunksAreListedWithoutPasswords() {
        assertThat(run("number list").out()).contains("+14165550142");
        Ran trunks = run("trunk list");
        assertThat(trunks.exit()).as(trunks.err()).isZero();
        assertThat(trunks.out()).contains("100001_clinic", "toronto1.voip.ms:5060");
        for (String option : List.of("", " --json", " --verbose")) {
            Ran shown = run("trunk show 100001_clinic" + option);
            assertThat(shown.exit()).as(shown.err()).isZero();
            assertThat(shown.out() + shown.err()).contains("clinic").doesNotContain(SIP_PASSWORD, PASSWORD);
        }
    }

    @Test
    void registrationsAreListedAndNobodyIsNoFailure() {
        answer(
                "getRegistrationStatus",
                "\"registered\":\"yes\",\"registrations\":[{\"server_name\":\"Toronto 1\",\"server_hostname\":"
                        + "\"toronto1.voip.ms\",\"server_country\":\"Canada\",\"server_pop\":\"5\",\"register_ip\":"
                        + "\"203.0.113.9\",\"register_port\":\"5060\",\"register_transport\":\"udp\","
                        + "\"register_next\":\"2026-03-01 07:10:00\"}]");
        Ran ran = run("trunk registrations 100001_clinic");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("203.0.113.9:5060", "udp");
        answer("getRegistrationStatus", "\"registered\":\"no\",\"registrations\":[]");
        Ran nobody = run("trunk registrations 100001_clinic");
        assertThat(nobody.exit()).as(nobody.err()).isZero();
        assertThat(nobody.err() + nobody.out()).contains("Nobody is registered at trunk 100001_clinic");
    }

    @Test
    void anOrderNeedsAYesAndADryRunOrdersNothing() {
        answers.put("searchDIDsCAN", "{\"status\":\"no_did\"}");
        answers.put("getDIDsCAN", "{\"status\":\"no_did\"}");
        assertThat(run("number order +14165550177 --dry-run").exit()).isZero();
        assertThat(run("number order +14165550177").exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(methods()).doesNotContain("orderDID");
        answers.put("orderDID", "{\"status\":\"non_sufficient_funds\"}");
        Ran refused = run("number order +14165550177 --yes --json");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("InsufficientFunds");
        assertThat(methods().filter("orderDID"::equals)).hasSize(1);
    }

    @Test
    void aMinuteCostsWhatVoipMsSaysOfTheRouteAndATextNobodyKnows() {
        answer(
                "getTerminationRates",
                "\"rates\":[{\"destination\":\"Canada\",\"prefix\":\"1\",\"increment\":\"6\",\"rate\":\"0.0090\"}]");
        console.environment.put("VOIPMS_ROUTE", "premium");
        Ran ran = run("price call --from +14165550142 --to +15145550199 --json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/pricePerMinute/amount").asText()).isEqualTo("0.009");
        assertThat(ran.json().at("/explanation").asText()).contains("premium");
        assertThat(voipms.requests())
                .last()
                .satisfies(request -> assertThat(form(request)).containsEntry("route", "2"));
        assertThat(run("price message --from +14165550142 --to +15145550199").out())
                .contains("price unknown");
    }

    @Test
    void callsAreRefusedWithWhatToDoInstead() {
        for (String option : List.of("--dry-run", "--yes")) {
            Ran ran = run("call place --from +14165550142 --to +14165550199 --say Hello " + option);
            assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err())
                    .contains("the API of VoIP.ms starts no calls", "pstn trunk create", "your application");
        }
        Ran shown = run("call show 7");
        assertThat(shown.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(shown.err()).contains("provider 'voipms' has no capability CallControl");
        assertThat(voipms.requests()).isEmpty();
    }

    @Test
    void longTextsAreRefusedUnlessTheSettingSaysOtherwise() {
        String text = "x".repeat(161);
        Ran ran = console.run(
                "message",
                "send",
                "--from",
                "+14165550142",
                "--to",
                "+14165550199",
                text,
                "--yes",
                "--provider",
                "voipms",
                "--base-url",
                base());
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(methods()).doesNotContain("sendSMS", "sendMMS");
        console.environment.put("VOIPMS_LONG_TEXTS", "shorten");
        assertThat(run("balance").err())
                .contains("setting voipms.long-texts is 'shorten'; allowed are [refuse, split, mms]");
        console.environment.put("VOIPMS_LONG_TEXTS", "split");
        assertThat(run("balance").exit()).isZero();
    }

    @Test
    void doctorSaysWhatVoipMsCanDoAndWhichNumbersHaveNoEmergencyAddress() {
        Ran ran = run("doctor --json");
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(finding(ran, "credentials")).startsWith("accepted; balance 25.49 USD");
        assertThat(finding(ran, "can CallControl")).startsWith("no");
        assertThat(finding(ran, "can TrunkRegistrations")).startsWith("yes");
        assertThat(finding(ran, "can Webhooks")).startsWith("no");
        assertThat(finding(ran, "emergency addresses")).contains("+14165550142", "who calls 911 from it is not found");
        answer("getDIDsInfo", "\"dids\":[" + number("1") + "]");
        assertThat(finding(run("doctor --json"), "emergency addresses")).isEqualTo("every number has one");
    }

    @Test
    void doctorTellsTheAddressToBeListedWhereOursIsNot() {
        answers.keySet().clear();
        answers.put("getBalance", "{\"status\":\"ip_not_enabled\"}");
        answers.put("getIP", "{\"status\":\"success\",\"ip\":\"203.0.113.77\"}");
        Ran ran = run("doctor --json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(finding(ran, "credentials")).contains("listed addresses only", "they come from 203.0.113.77");
        assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
    }

    @Test
    void doctorSaysThatAPasswordIsBad() {
        answers.put("getBalance", "{\"status\":\"invalid_credentials\"}");
        Ran ran = run("doctor --json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(finding(ran, "credentials")).contains("invalid_credentials");
        assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
    }

    @Test
    void aCallbackIsTrustedByItsTokenAloneAndTheTokenIsNotPrinted() throws IOException {
        console.environment.put("PSTN_VOIPMS_WEBHOOK_TOKEN", TOKEN);
        capture(TOKEN);
        Ran ran = run("webhook verify request.http --json");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.json().at("/events/0/text").asText()).isEqualTo("Hello");
        capture("Another-Token-0123456789-abc");
        Ran forged = run("webhook verify request.http --json");
        assertThat(forged.exit()).isEqualTo(ExitCode.NO);
        assertThat(ran.out() + ran.err() + forged.out() + forged.err()).doesNotContain(TOKEN);
        console.environment.remove("PSTN_VOIPMS_WEBHOOK_TOKEN");
        assertThat(run("webhook verify request.http").err()).contains("has no capability Webhooks");
        assertThat(voipms.requests()).isEmpty();
    }

    private void capture(String token) throws IOException {
        Files.writeString(
                folder.resolve("request.http"),
                "GET /voipms?token=" + token + "&to=4165550142&from=4165550199&id=90210&message=Hello HTTP/1.1\r\n"
                        + "Host: phone.example.org\r\n\r\n");
    }

    private Ran run(String typed) {
        return console.run(Stream.concat(
                        Arrays.stream(typed.split(" ", -1)), Stream.of("--provider", "voipms", "--base-url", base()))
                .toArray(String[]::new));
    }

    private String base() {
        return voipms.uri() + "/api/v1/rest.php";
    }

    private void answer(String method, String fields) {
        answers.put(method, "{\"status\":\"success\"," + fields + "}");
    }

    private Stream<String> methods() {
        return voipms.requests().stream().map(request -> form(request).getOrDefault("method", ""));
    }

    private static Map<String, String> form(SentRequest request) {
        return Arrays.stream(request.body().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, other) -> one));
    }

    private static String finding(Ran ran, String check) {
        return StreamSupport.stream(ran.json().path("findings").spliterator(), false)
                .filter(one -> one.path("check").asText().equals(check))
                .map(one -> one.path("text"))
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }

    private static String number(String emergency) {
        return "{\"did\":\"4165550142\",\"description\":\"TORONTO, ON\",\"routing\":\"account:100001_clinic\","
                + "\"failover_busy\":\"none:\",\"failover_unreachable\":\"none:\",\"failover_noanswer\":\"none:\","
                + "\"voicemail\":\"0\",\"pop\":\"5\",\"dialtime\":\"60\",\"cnam\":\"0\",\"e911\":\"" + emergency
                + "\",\"callerid_prefix\":\"\",\"note\":\"\",\"billing_type\":\"1\",\"next_billing\":\"2026-04-01\","
                + "\"order_date\":\"2026-03-01 07:00:00\",\"sms_available\":1,\"sms_enabled\":\"1\"}";
    }

    private static String subAccount() {
        return "{\"id\":\"99785\",\"account\":\"100001_clinic\",\"username\":\"clinic\",\"description\":\"clinic\","
                + "\"protocol\":\"1\",\"auth_type\":\"1\",\"password\":\"" + SIP_PASSWORD
                + "\",\"ip\":\"\",\"device_type\":\"1\",\"callerid_number\":\"-1\",\"canada_routing\":\"1\","
                + "\"lock_international\":\"1\",\"international_route\":\"1\",\"music_on_hold\":\"default\","
                + "\"language\":\"en\",\"allowed_codecs\":\"ulaw;g722\",\"dtmf_mode\":\"auto\",\"nat\":\"yes\","
                + "\"sip_traffic\":\"0\",\"max_expiry\":\"3600\",\"rtp_timeout\":\"60\",\"rtp_hold_timeout\":\"600\","
                + "\"ip_restriction\":\"\",\"enable_ip_restriction\":\"0\",\"pop_restriction\":\"\","
                + "\"enable_pop_restriction\":\"0\",\"send_bye\":\"1\",\"record_calls\":\"0\","
                + "\"internal_extension\":\"\",\"default_e911\":\"\"}";
    }
}
