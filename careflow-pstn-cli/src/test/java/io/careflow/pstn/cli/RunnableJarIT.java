package io.careflow.pstn.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.lab.LabPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The jar as operators run it: a process without a terminal, against a Twilio of our own on the loopback. */
class RunnableJarIT {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "t0ken-that-nobody-may-see";
    private static final String V2010 = "/2010-04-01/Accounts/" + ACCOUNT;
    private static final String NUMBERS = V2010 + "/IncomingPhoneNumbers.json";
    private static final String NUMBER = """
            {"sid": "PN00000000000000000000000000000001", "phone_number": "+14165550123", "friendly_name": "Reception",
             "status": "in-use", "capabilities": {"voice": true, "sms": true, "mms": false, "fax": false},
             "voice_url": "https://phone.example.org/voice", "sms_url": "", "trunk_sid": null}
            """;

    private final WireMockServer wire = new WireMockServer(
            wireMockConfig().bindAddress("127.0.0.1").dynamicPort().jettyAcceptors(1));

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        wire.start();
        on("/2010-04-01/Accounts/" + ACCOUNT + "/Balance.json", 200, "{\"balance\": \"-1.5\", \"currency\": \"USD\"}");
    }

    @AfterEach
    void stop() {
        wire.stop();
    }

    @Test
    void balanceInBothForms() throws Exception {
        Ran text = pstn("balance");
        assertThat(text.err()).isEmpty();
        assertThat(text.out()).isEqualToIgnoringNewLines("-1.5 USD");
        assertThat(text.exit()).isZero();
        assertThat(pstn("balance", "--json").json().at("/amount").asText()).isEqualTo("-1.5");
    }

    @Test
    void helpAndVersionAskNobody() throws Exception {
        assertThat(pstn("--help").out()).startsWith("Usage: pstn").contains("Exit codes:");
        assertThat(pstn("--version").out()).matches("pstn [0-9.]+(-SNAPSHOT)?\\s+");
        assertThat(pstn().exit()).isEqualTo(ExitCode.USAGE);
        assertThat(wire.getAllServeEvents()).isEmpty();
    }

    @Test
    void anOrderNeedsAYesAndIsSentOnce() throws Exception {
        wire.stubFor(post(urlPathEqualTo(NUMBERS)).willReturn(json(201, NUMBER)));
        Ran refused = pstn("number", "order", "+14165550123");
        assertThat(refused.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(refused.err()).contains("there is no terminal to ask on");
        assertThat(pstn("number", "order", "+14165550123", "--dry-run").exit()).isZero();
        wire.verify(0, postRequestedFor(anyUrl()));
        Ran done = pstn("number", "order", "+14165550123", "--yes", "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.json().at("/label").asText()).isEqualTo("Reception");
        assertThat(done.json().at("/commandId").asText()).startsWith("cli-");
        wire.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void aDryRunRefusesWhatWouldBeRefused() throws Exception {
        Ran ran = pstn(
                "call",
                "place",
                "--from",
                "+14165550123",
                "--to",
                "+14165550199",
                "--say",
                "qo'",
                "--language",
                "tlh",
                "--dry-run");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("tlh", "not supported").doesNotContain("Dry run");
    }

    @Test
    void anOrderWhoseAnswerIsLostIsInDoubtAndNotRepeated() throws Exception {
        wire.stubFor(post(urlPathEqualTo(NUMBERS)).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        on(NUMBERS, 200, "{\"incoming_phone_numbers\": []}");
        Ran ran = pstn("number", "order", "+14165550123", "--yes", "--json", "--command-id", "order-7");
        assertThat(ran.exit()).isEqualTo(ExitCode.IN_DOUBT);
        assertThat(ran.json().at("/error/effect").asText()).isEqualTo("UNKNOWN");
        assertThat(ran.err())
                .contains("'pstn number list' shows whether it was bought")
                .contains("order-7");
        wire.verify(1, postRequestedFor(urlPathEqualTo(NUMBERS)));
    }

    @Test
    void aCallIsPlacedWithItsFlow() throws Exception {
        wire.stubFor(
                post(urlPathEqualTo(V2010 + "/Calls.json"))
                        .willReturn(
                                json(
                                        201,
                                        "{\"sid\": \"CA000000000000000000000000000000a1\", \"status\": \"queued\", \"to\": \"+14165550199\"}")));
        Ran ran = pstn(
                "call", "place", "--from", "+14165550123", "--to", "+14165550199", "--say", "Hello", "--yes", "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/ref").asText()).isEqualTo("CA000000000000000000000000000000a1");
        assertThat(ran.json().at("/status").asText()).isEqualTo("QUEUED");
    }

    @Test
    void aWebhookIsVerifiedWithTheTokenAlone() throws Exception {
        Map<String, String> form = Map.of(
                "MessageSid",
                "SM000000000000000000000000000000b1",
                "From",
                "%2B14165550199",
                "To",
                "%2B14165550123",
                "Body",
                "Hi",
                "NumMedia",
                "0",
                "AccountSid",
                ACCOUNT);
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();
        String url = "https://phone.example.org/texts";
        Files.writeString(
                folder.resolve("request.http"),
                "POST /texts HTTP/1.1\r\nHost: phone.example.org\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: "
                        + signature(url, form)
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        Ran ran = pstn("webhook", "verify", "request.http", "--json");
        assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
        assertThat(ran.json().at("/verified").asBoolean()).isTrue();
        Ran elsewhere = pstn("webhook", "verify", "request.http", "--url", "https://other.example.org/texts");
        assertThat(elsewhere.exit()).isEqualTo(ExitCode.NO);
        assertThat(elsewhere.out()).startsWith("Refused, FORGED");
        assertThat(wire.getAllServeEvents()).isEmpty();
    }

    @Test
    void refusedCredentialsAreOneLineAndADoctorsFinding() throws Exception {
        wire.stubFor(any(anyUrl())
                .willReturn(json(401, "{\"code\": 20003, \"message\": \"Authenticate\", \"status\": 401}")));
        Ran ran = pstn("balance");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).singleElement().asString().startsWith("pstn: twilio account.balance: ");
        Ran doctor = pstn("doctor");
        assertThat(doctor.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out()).containsPattern("FAILED +credentials");
    }

    @Test
    void recordsThatBreakOffLeaveTheArrayOpen() throws Exception {
        String cdr = """
                {"sid": "CA000000000000000000000000000000a1", "status": "completed", "direction": "inbound",
                 "from": "+14165550199", "to": "+14165550123", "start_time": "Mon, 02 Mar 2026 10:00:00 +0000",
                 "end_time": "Mon, 02 Mar 2026 10:01:00 +0000", "duration": "60", "price": "-0.0085", "price_unit": "USD"}
                """;
        String next = V2010 + "/Calls.json?Page=1&PageToken=x";
        on(V2010 + "/Calls.json", 200, "{\"calls\": [" + cdr + "], \"next_page_uri\": \"" + next + "\"}");
        wire.stubFor(get(urlPathEqualTo(V2010 + "/Calls.json"))
                .withQueryParam("Page", equalTo("1"))
                .willReturn(json(404, "{\"code\": 20404, \"message\": \"gone\", \"status\": 404}")));
        Ran ran = pstn("cdr", "pull", "--from", "2026-03-01", "--to", "2026-04-01", "--json");
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.err()).contains("It broke off after 1 records");
        assertThat(ran.out())
                .startsWith("[{\"call\":\"CA000000000000000000000000000000a1\"")
                .doesNotContain("]\n");
        assertThat(ran.out().strip()).endsWith("}");
    }

    @Test
    void onATerminalItAsks() throws Exception {
        wire.stubFor(post(urlPathEqualTo(NUMBERS)).willReturn(json(201, NUMBER)));
        assertThat(onTerminal("n", "number", "order", "+14165550123")).contains("Go ahead? [y/N]", "was not confirmed");
        wire.verify(0, postRequestedFor(anyUrl()));
        assertThat(onTerminal("y", "number", "order", "+14165550123")).contains("price unknown", "Reception");
        wire.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void aSiteIsRenderedAndCompared() throws Exception {
        ExampleSite.in(folder);
        String[] render = {"config", "render", "kamailio", "--site", "office.properties", "--out", "kamailio"};
        Ran made = pstn(render);
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(Files.readString(folder.resolve("kamailio/kamailio.cfg"))).contains("listen=udp:192.0.2.10:5060");
        String[] diff = Arrays.copyOf(render, render.length + 1);
        diff[render.length] = "--diff";
        assertThat(pstn(diff).exit()).isZero();
        Files.writeString(folder.resolve("kamailio/dispatcher.list"), "");
        Ran changed = pstn(diff);
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(changed.out()).contains("+1 sip:10.0.0.11:5060");
        for (String secret : ExampleSite.SECRETS.values()) {
            assertThat(made.out() + made.err() + changed.out() + changed.err()).doesNotContain(secret);
        }
        assertThat(wire.getAllServeEvents()).isEmpty();
    }

    @Test
    void aPriceListGoesIntoADatabase() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "prefix,price\n1,0.012\n44,0.02\n");
        try (LabPostgres postgres = LabPostgres.start()) {
            LabPostgres.Database lab = postgres.newDatabase();
            Files.writeString(
                    folder.resolve("db.properties"),
                    "database.url = " + lab.jdbcUrl() + "\ndatabase.user = " + lab.user() + "\n");
            String[] typed = {"rates", "import", "a.csv", "--carrier", "telnyx", "--config", "db.properties", "--yes"};
            Ran none = pstn(typed);
            assertThat(none.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(none.err()).contains("schema.check failed");

            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(lab.jdbcUrl());
            source.setUser(lab.user());
            PstnDatabase database = PstnDatabase.open(source, DatabaseSettings.defaults());
            Ran done = pstn(typed);
            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(database.rates()
                            .sheet("telnyx", Direction.OUTBOUND)
                            .orElseThrow()
                            .rates())
                    .hasSize(2);
        }
    }

    @Test
    void nobodyIsThere() throws Exception {
        wire.stop();
        Ran ran = pstn("number", "list", "--json", "--verbose");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/error/kind").asText()).isEqualTo("ProviderUnavailable");
    }

    private void on(String path, int status, String body) {
        wire.stubFor(get(urlPathEqualTo(path)).willReturn(json(status, body)));
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json;charset=utf-8")
                .withBody(body);
    }

    /** Runs the jar on a terminal of its own, which the program script of util-linux makes, and types one line. */
    private String onTerminal(String typed, String... arguments) throws IOException, InterruptedException {
        String command =
                String.join(" ", command(arguments)) + " --provider twilio --base-url http://127.0.0.1:" + port();
        return run(List.of("script", "--quiet", "--command", command, "/dev/null"), typed + "\n")
                .out();
    }

    private Ran pstn(String... arguments) throws IOException, InterruptedException {
        List<String> command = command(arguments);
        if (arguments.length > 0) {
            command.addAll(List.of("--provider", "twilio", "--base-url", "http://127.0.0.1:" + port()));
        }
        return run(command, "");
    }

    private static List<String> command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a process with the token in its environment, and looks for it in everything that is said. */
    private Ran run(List<String> command, String input) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TWILIO") || name.startsWith("PSTN"));
        builder.environment().putAll(ExampleSite.SECRETS);
        builder.environment().putAll(Map.of("TWILIO_ACCOUNT_SID", ACCOUNT, "TWILIO_AUTH_TOKEN", TOKEN));
        Process process = builder.start();
        try {
            try (OutputStream typing = process.getOutputStream()) {
                typing.write(input.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        Ran ran = new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        assertThat(ran.out() + ran.err())
                .doesNotContain(TOKEN)
                .doesNotContain(
                        Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8)));
        return ran;
    }

    private int port() {
        return wire.isRunning() ? wire.port() : 9;
    }

    private static Path jar() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("target"))) {
            return found.filter(file -> file.toString().endsWith("-all.jar"))
                    .map(Path::toAbsolutePath)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no runnable jar; 'mvn package' makes it"));
        }
    }

    /** As Twilio documents it: the URL, then names and values of the form in the order of the names. */
    private static String signature(String url, Map<String, String> form) throws GeneralSecurityException {
        StringBuilder signed = new StringBuilder(url);
        form.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(field ->
                        signed.append(field.getKey()).append(field.getValue().replace("%2B", "+")));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
