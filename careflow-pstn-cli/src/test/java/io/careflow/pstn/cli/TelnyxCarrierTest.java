package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands with {@code --provider telnyx}, against a fake Telnyx on loopback. */
class TelnyxCarrierTest {
    private static final String KEY = "KEY0123456789abcdef-sekrit";
    private static final String TRUNK = "1293384261075731499";

    private static final String APPLICATION = "{\"id\":\"" + TRUNK + "\",\"application_name\":\"clinic\","
            + "\"webhook_event_url\":\"https://phone.example.org/telnyx\",\"webhook_api_version\":\"2\",\"active\":true}";

    @TempDir
    private Path folder;

    private final FakeCarrier telnyx = new FakeCarrier();
    private final KeyPair signing = keys();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void settings() {
        environment.put("TELNYX_API_KEY", KEY);
        environment.put("TELNYX_PUBLIC_KEY", publicKey(signing));
        telnyx.on("GET", "/balance", data("{\"available_credit\":\"290.2751\",\"currency\":\"USD\"}"));
    }

    @AfterEach
    void close() {
        telnyx.close();
    }

    @Test
    void balanceIsWhatCanBeSpent() {
        Ran ran = run("balance", "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().findValuesAsText("amount")).containsExactly("290.2751");
        assertThat(telnyx.requests()).extracting(SentRequest::target).containsExactly("/balance");
    }

    @Test
    void withoutItsKeyNothingIsAsked() {
        environment.remove("TELNYX_API_KEY");
        Ran ran = run("balance");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("settings of provider 'telnyx' are missing", "TELNYX_API_KEY");
        assertThat(telnyx.requests()).isEmpty();
    }

    @Test
    void numbersAreListedWithTheConnectionThatTakesTheirCalls() {
        telnyx.on(
                "GET",
                "/phone_numbers",
                page("{\"id\":\"2934567890123456789\",\"phone_number\":\"+18195550100\",\"status\":\"active\","
                        + "\"phone_number_type\":\"local\",\"customer_reference\":\"front desk\",\"connection_id\":\""
                        + TRUNK + "\"}"));
        telnyx.on("GET", "/phone_numbers/messaging", page());
        Ran ran = run("number", "list");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("+18195550100", "ACTIVE", "front desk", TRUNK);
    }

    @Test
    void thePriceOfAnOrderIsLookedForWithoutTheCountryCode() {
        telnyx.on("GET", "/available_phone_numbers", request -> {
            boolean found = URLDecoder.decode(request.target(), StandardCharsets.UTF_8)
                    .contains("filter[phone_number][contains]=8195550100&");
            return found
                    ? FakeReply.json(
                            200,
                            "{\"data\":[{\"phone_number\":\"+18195550100\",\"region_information\":[{\"region_type\":"
                                    + "\"country_code\",\"region_name\":\"CA\"}],\"cost_information\":{\"upfront_cost\":"
                                    + "\"1.00\",\"monthly_cost\":\"1.10\",\"currency\":\"USD\"},\"features\":[]}]}")
                    : FakeReply.json(200, "{\"data\":[]}");
        });
        telnyx.on("GET", "/requirements", page());
        Ran ran = run("number", "order", "+18195550100", "--dry-run");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Order the number +18195550100 (1 USD once, 1.1 USD a month)");
        assertThat(telnyx.requests()).extracting(SentRequest::method).containsOnly("GET");
    }

    @Test
    void trunksAreListedWithTheirServers() {
        telnyx.on("GET", "/outbound_voice_profiles", page());
        telnyx.on("GET", "/fqdns", page());
        telnyx.on("GET", "/phone_numbers", page());
        telnyx.on(
                "GET",
                "/ips",
                page("{\"id\":\"71\",\"connection_id\":\"" + TRUNK
                        + "\",\"ip_address\":\"192.0.2.11\",\"port\":5060}"));
        telnyx.on(
                "GET",
                "/ip_connections",
                page("{\"id\":\"" + TRUNK + "\",\"record_type\":\"ip_connection\",\"connection_name\":\"clinic\","
                        + "\"active\":true,\"transport_protocol\":\"UDP\",\"inbound\":"
                        + "{\"default_routing_method\":\"sequential\",\"default_primary_ip_id\":\"71\"}}"));
        telnyx.on("GET", "/credential_connections", page());
        telnyx.on("GET", "/fqdn_connections", page());
        Ran ran = run("trunk", "list");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(TRUNK, "clinic", "192.0.2.11");
    }

    @Test
    void applicationsAreListedWithWhatIsAmiss() {
        telnyx.on("GET", "/outbound_voice_profiles", page());
        telnyx.on("GET", "/call_control_applications", page(APPLICATION));
        Ran ran = run("application", "list");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(TRUNK, "clinic", "https://phone.example.org/telnyx", "no outbound voice profile");
    }

    @Test
    void anApplicationIsMadeOnceWithItsLimitsAfterAYes() {
        telnyx.on("GET", "/call_control_applications", page());
        telnyx.on("POST", "/outbound_voice_profiles", data("{\"id\":\"77\",\"name\":\"careflow-x\"}"));
        telnyx.on("POST", "/call_control_applications", data(APPLICATION));
        String typed = "application create clinic --webhook-url https://phone.example.org/telnyx --country CA"
                + " --daily-spend 50USD";
        Ran unasked = run(typed.split(" ", -1));
        assertThat(unasked.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        Ran dry = run((typed + " --dry-run --json").split(" ", -1));
        assertThat(dry.json().at("/request/limits/dailySpend/amount").asText()).isEqualTo("50");
        assertThat(telnyx.requests()).isEmpty();

        Ran made = run((typed + " --yes --json").split(" ", -1));
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.json().at("/id").asText()).isEqualTo(TRUNK);
        assertThat(telnyx.requests())
                .filteredOn(SentRequest::write)
                .extracting(SentRequest::target)
                .containsExactly("/outbound_voice_profiles", "/call_control_applications");
        assertThat(telnyx.requests())
                .last()
                .extracting(SentRequest::body)
                .asString()
                .contains("\"77\"");
    }

    @Test
    void anApplicationIsDeletedAfterAYesAndOneThatIsNotThereIsNot() {
        telnyx.on("GET", "/call_control_applications/" + TRUNK, data(APPLICATION));
        telnyx.on("DELETE", "/call_control_applications/" + TRUNK, data(APPLICATION));
        assertThat(run("application", "delete", TRUNK).exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(telnyx.requests()).noneMatch(SentRequest::write);
        Ran gone = run("application", "delete", TRUNK, "--yes");
        assertThat(gone.exit()).as(gone.err()).isZero();
        assertThat(telnyx.requests()).filteredOn(SentRequest::write).hasSize(1);
        assertThat(run("application", "delete", "7", "--yes").exit()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aCallIsNotPlacedBecauseNobodyWouldRunItsFlow() {
        environment.put("TELNYX_CONNECTION", TRUNK);
        String typed = "call place --from +18195550100 --to +14165550199 --say Hello";
        for (String option : List.of("--dry-run", "--yes")) {
            Ran ran = run((typed + " " + option).split(" ", -1));
            assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err()).contains("place the call from your application");
        }
        assertThat(telnyx.requests()).isEmpty();
    }

    @Test
    void doctorSaysWhatTelnyxCanDoAndThatTheKeyIsGood() {
        telnyx.on("*", "/*", page());
        telnyx.on("GET", "/balance", data("{\"available_credit\":\"290.2751\",\"currency\":\"USD\"}"));
        Ran ran = run("doctor", "--json");
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(finding(ran, "credentials")).startsWith("accepted; balance 290.2751 USD");
        assertThat(finding(ran, "can NumberReservations")).startsWith("yes");
        assertThat(finding(ran, "can TrunkControl")).startsWith("yes; kinds: TRUNK");
        assertThat(finding(ran, "can Webhooks")).startsWith("yes");
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
    }

    @Test
    void doctorSaysThatAKeyIsBadAndWhatIsMissingWithoutThePublicOne() {
        environment.remove("TELNYX_PUBLIC_KEY");
        telnyx.on(
                "GET",
                "/balance",
                FakeReply.json(
                        401, "{\"errors\":[{\"code\":\"10009\",\"title\":\"Authentication failed " + KEY + "\"}]}"));
        Ran ran = run("doctor", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(finding(ran, "credentials")).contains("10009");
        assertThat(finding(ran, "can Webhooks")).startsWith("no");
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
    }

    @Test
    void aWebhookThatTelnyxSignedIsVerifiedWithoutAskingIt() throws Exception {
        capture(signing, Instant.now());
        Ran ran = run("webhook", "verify", "request.http", "--json");
        assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
        assertThat(ran.json().at("/events/0/event").asText()).isEqualTo("MessageReceived");
        assertThat(ran.json().at("/events/0/text").asText()).isEqualTo("Hello");
        assertThat(telnyx.requests()).isEmpty();
    }

    @Test
    void aWebhookOfAnotherKeyAndOneOfAnotherDayAreRefused() throws Exception {
        capture(keys(), Instant.now());
        Ran forged = run("webhook", "verify", "request.http", "--json");
        assertThat(forged.exit()).isEqualTo(ExitCode.NO);
        assertThat(forged.json().at("/reason").asText()).isEqualTo("FORGED");
        capture(signing, Instant.now().minusSeconds(86_400));
        assertThat(run("webhook", "verify", "request.http", "--json")
                        .json()
                        .at("/reason")
                        .asText())
                .isEqualTo("STALE");
    }

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.line(new Surroundings(
                environment, folder, Clock.systemUTC(), () -> "made-up", new ConsoleOperator(), Carriers.all()));
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--provider", "telnyx", "--base-url", telnyx.uri().toString()));
        int exit =
                line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    private static String finding(Ran ran, String check) {
        return Stream.of(ran.json().path("findings"))
                .flatMap(all -> {
                    List<JsonNode> each = new ArrayList<>();
                    all.forEach(each::add);
                    return each.stream();
                })
                .filter(one -> one.path("check").asText().equals(check))
                .map(one -> one.path("text").asText())
                .findFirst()
                .orElse("");
    }

    private void capture(KeyPair by, Instant at) throws GeneralSecurityException, IOException {
        String body = "{\"data\":{\"event_type\":\"message.received\",\"id\":\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\","
                + "\"occurred_at\":\"2026-03-01T12:00:00.000Z\",\"record_type\":\"event\",\"payload\":{\"id\":"
                + "\"84cca175-9755-4859-b67f-4730d7f58aa3\",\"direction\":\"inbound\",\"type\":\"SMS\",\"text\":\"Hello\","
                + "\"from\":{\"phone_number\":\"+14165550199\"},\"to\":[{\"phone_number\":\"+18195550100\"}],"
                + "\"media\":[]}},\"meta\":{\"attempt\":1}}";
        String time = Long.toString(at.getEpochSecond());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(by.getPrivate());
        signature.update((time + "|" + body).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("request.http"),
                "POST /telnyx HTTP/1.1\r\nHost: phone.example.org\r\nContent-Type: application/json\r\n"
                        + "telnyx-timestamp: " + time + "\r\ntelnyx-signature-ed25519: "
                        + Base64.getEncoder().encodeToString(signature.sign()) + "\r\n\r\n" + body);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The last 32 bytes of its encoding are the key itself. */
    private static String publicKey(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    private static FakeReply data(String object) {
        return FakeReply.json(200, "{\"data\":" + object + "}");
    }

    private static FakeReply page(String... elements) {
        return FakeReply.json(
                200,
                "{\"data\":[" + String.join(",", elements)
                        + "],\"meta\":{\"page_number\":1,\"page_size\":250,\"total_pages\":1,\"total_results\":"
                        + elements.length + "}}");
    }
}
