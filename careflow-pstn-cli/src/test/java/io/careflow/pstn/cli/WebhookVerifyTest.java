package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.webhook.WebhookRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookVerifyTest {
    private static final String URL = "https://pbx.example.org/texts?token=t0psecret";

    @TempDir
    private Path folder;

    private Shell shell;
    private WebhookRequest signed;

    @BeforeEach
    void sign() {
        shell = Shell.in(folder);
        signed = shell.provider
                .carrier()
                .webhook(URL, shell.provider.carrier().texts(Shell.THEIRS, Shell.OURS, "Grüße\u001b[31m"));
    }

    @Test
    void whatTheCarrierSentIsVerifiedWithItsEvents() throws IOException {
        capture("\r\n", signed.body());
        Ran ran = shell.run("webhook", "verify", "request.http", "--url", URL);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith("Verified: POST https://pbx.example.org/texts?...")
                .contains("MessageReceived")
                .contains("+14165550199")
                .contains("Grüße?[31m");
        JsonNode json = shell.run("webhook", "verify", "request.http", "--url", URL, "--json")
                .json();
        assertThat(json.at("/verified").asBoolean()).isTrue();
        assertThat(json.at("/events/0/event").asText()).isEqualTo("MessageReceived");
        assertThat(json.at("/events/0/text").asText()).isEqualTo("Grüße\u001b[31m");
        assertThat(json.toString()).doesNotContain("t0psecret");
    }

    @Test
    void linesOfTheHeadMayEndWithLineFeedsAlone() throws IOException {
        capture("\n", signed.body());
        assertThat(shell.run("webhook", "verify", "request.http").exit()).isZero();
    }

    @Test
    void oneByteMoreIsRefusedAndTheEditorIsSuspected() throws IOException {
        capture("\r\n", (signed.text() + "\n").getBytes(StandardCharsets.UTF_8));
        Ran ran = shell.run("webhook", "verify", "request.http", "--url", URL, "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.NO);
        assertThat(ran.json().at("/verified").asBoolean()).isFalse();
        assertThat(ran.json().at("/reason").asText()).isEqualTo("FORGED");
        assertThat(ran.json().has("events")).isFalse();
        assertThat(ran.err()).contains("an editor may have changed the file");
    }

    @Test
    void anotherUrlIsRefusedAndSaid() throws IOException {
        capture("\r\n", signed.body());
        Ran ran = shell.run("webhook", "verify", "request.http", "--url", "https://internal.example.org/texts");
        assertThat(ran.exit()).isEqualTo(ExitCode.NO);
        assertThat(ran.out())
                .startsWith("Refused, FORGED: the signature does not fit")
                .contains("Checked as POST https://internal.example.org/texts");
    }

    @Test
    void anotherKeyAndAnotherDayAreRefused() throws IOException {
        capture("\r\n", signed.body());
        shell.provider.time().after(java.time.Duration.ofHours(2), () -> {});
        shell.provider.time().runUntilIdle();
        assertThat(shell.run("webhook", "verify", "request.http", "--url", URL).out())
                .startsWith("Refused, STALE");
    }

    @Test
    void whatIsNoRequestIsNotRead() throws IOException {
        Files.writeString(folder.resolve("request.http"), "{\"event\":1}");
        assertThat(shell.run("webhook", "verify", "request.http").err())
                .contains("line 1 is no HTTP request line; expected one like 'POST /voice HTTP/1.1'");
        Files.writeString(folder.resolve("request.http"), "POST / HTTP/1.1\r\nno header\r\n\r\n");
        assertThat(shell.run("webhook", "verify", "request.http").err()).contains("line 2 is no HTTP header");
        Files.writeString(folder.resolve("request.http"), "POST / HTTP/1.1\r\n\r\n");
        assertThat(shell.run("webhook", "verify", "request.http").err()).contains("no Host header; give --url");
        assertThat(shell.run("webhook", "verify", "nowhere").exit()).isEqualTo(ExitCode.USAGE);
    }

    private void capture(String end, byte[] body) throws IOException {
        StringBuilder head =
                new StringBuilder("POST /texts?token=t0psecret HTTP/1.1" + end + "Host: pbx.example.org" + end);
        signed.headers()
                .forEach(header -> head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append(end));
        head.append("Content-Length: ").append(signed.body().length).append(end).append(end);
        byte[] begin = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[begin.length + body.length];
        System.arraycopy(begin, 0, whole, 0, begin.length);
        System.arraycopy(body, 0, whole, begin.length, body.length);
        Files.write(folder.resolve("request.http"), whole);
    }
}
