package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Twilio of our own on the loopback, and a provider that believes in it. */
abstract class WireMockTwilio {
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final Secret TOKEN = Secret.of("0123456789abcdef-token");
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String V2010 = "/2010-04-01/Accounts/" + ACCOUNT;

    final WireMockServer wire = new WireMockServer(
            wireMockConfig().bindAddress("127.0.0.1").dynamicPort().jettyAcceptors(1));
    TwilioProvider twilio;

    @BeforeEach
    void startTwilio() {
        wire.start();
        twilio = settings().build();
    }

    @AfterEach
    void stopTwilio() {
        twilio.close();
        wire.stop();
    }

    /** What {@link #twilio} is made of; to be overridden. */
    TwilioBuilder settings() {
        return TwilioProvider.at(ACCOUNT, TOKEN)
                .baseUrl(base())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .sleeper(pause -> {});
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + wire.port());
    }

    void onGet(String path, ResponseDefinitionBuilder answer) {
        on(get(urlPathEqualTo(path)), answer);
    }

    void on(MappingBuilder request, ResponseDefinitionBuilder answer) {
        wire.stubFor(request.willReturn(answer));
    }

    /** An answer of this status with a file of {@code src/test/resources/twilio}. */
    static ResponseDefinitionBuilder fixture(int status, String file) {
        return json(status, text(file));
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json;charset=utf-8")
                .withHeader("Twilio-Request-Id", "RQ0123456789abcdef0123456789abcdef")
                .withBody(body);
    }

    /** An error as Twilio says it. */
    static ResponseDefinitionBuilder error(int status, int code) {
        return json(
                status,
                "{\"code\":" + code
                        + ",\"message\":\"Twilio says no\",\"more_info\":\"https://www.twilio.com/docs/errors/" + code
                        + "\",\"status\":" + status + "}");
    }

    static String text(String file) {
        try (InputStream in = WireMockTwilio.class.getResourceAsStream("/twilio/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All requests so far as {@code METHOD path}, in their order. */
    List<String> sent() {
        return requests().stream()
                .map(request ->
                        request.getMethod() + " " + URI.create(request.getUrl()).getPath())
                .toList();
    }

    List<LoggedRequest> requests() {
        List<LoggedRequest> requests = new ArrayList<>();
        // The newest comes first.
        wire.getAllServeEvents().forEach(event -> requests.add(0, LoggedRequest.createFrom(event.getRequest())));
        return requests;
    }

    /** The form of a request as {@code Name=value}, decoded, in its order. */
    static List<String> form(LoggedRequest request) {
        String body = request.getBodyAsString();
        if (body.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(body.split("&"))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                .toList();
    }
}
