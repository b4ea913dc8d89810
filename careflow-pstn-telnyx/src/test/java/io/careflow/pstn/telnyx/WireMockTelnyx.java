package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.http.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Telnyx of our own on the loopback, and a provider that believes in it. Paths are those below {@code /v2}. */
abstract class WireMockTelnyx {
    static final Secret KEY = Secret.of("KEY0123456789abcdef_test-key");
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String V2 = "/v2";
    /** What the account's webhooks are signed with; the private half is the seed of bytes 0 to 31. */
    static final String PUBLIC_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

    static final String REQUEST_ID = "0a1b2c3d-request";
    private static final Json JSON = new Json();

    final WireMockServer wire = new WireMockServer(
            wireMockConfig().bindAddress("127.0.0.1").dynamicPort().jettyAcceptors(1));
    /** How long the provider waited, each time. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    TelnyxProvider telnyx;

    @BeforeEach
    void startTelnyx() {
        wire.start();
        telnyx = settings().build();
    }

    @AfterEach
    void stopTelnyx() {
        telnyx.close();
        wire.stop();
    }

    /** What {@link #telnyx} is made of; to be overridden. */
    TelnyxBuilder settings() {
        return TelnyxProvider.with(KEY)
                .baseUrl(base())
                .limits(Limits.none())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .sleeper(pauses::add);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + wire.port() + V2);
    }

    void onGet(String path, ResponseDefinitionBuilder answer) {
        on(get(urlPathEqualTo(V2 + path)), answer);
    }

    void onPost(String path, ResponseDefinitionBuilder answer) {
        on(post(urlPathEqualTo(V2 + path)), answer);
    }

    void onPatch(String path, ResponseDefinitionBuilder answer) {
        on(patch(urlPathEqualTo(V2 + path)), answer);
    }

    void onDelete(String path, ResponseDefinitionBuilder answer) {
        on(delete(urlPathEqualTo(V2 + path)), answer);
    }

    void on(MappingBuilder request, ResponseDefinitionBuilder answer) {
        wire.stubFor(request.willReturn(answer));
    }

    /** An answer of this status with a file of {@code src/test/resources/telnyx}. */
    static ResponseDefinitionBuilder fixture(int status, String file) {
        return json(status, text(file));
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withHeader("x-request-id", REQUEST_ID)
                .withBody(body);
    }

    /** Status 200 with this inside {@code data}. */
    static ResponseDefinitionBuilder data(String object) {
        return json(200, "{\"data\":" + object + "}");
    }

    /** The only page of a list. */
    static ResponseDefinitionBuilder page(String... elements) {
        return page(1, 1, elements.length, elements);
    }

    /** One page of a list. */
    static ResponseDefinitionBuilder page(int number, int of, int total, String... elements) {
        return json(
                200,
                "{\"data\":[" + String.join(",", elements) + "],\"meta\":{\"page_number\":" + number
                        + ",\"page_size\":20,\"total_pages\":" + of + ",\"total_results\":" + total + "}}");
    }

    /** An error as Telnyx says it. */
    static ResponseDefinitionBuilder error(int status, int code) {
        return json(
                status,
                "{\"errors\":[{\"code\":\"" + code
                        + "\",\"title\":\"Telnyx says no\",\"detail\":\"It has its reasons.\","
                        + "\"meta\":{\"url\":\"https://developers.telnyx.com/docs/overview/errors/" + code + "\"}}]}");
    }

    /** 429 as Telnyx says it: without {@code Retry-After}, but with the seconds to the next window. */
    static ResponseDefinitionBuilder throttled(int seconds) {
        return error(429, 10011)
                .withHeader("x-ratelimit-limit", "40, 40;w=60")
                .withHeader("x-ratelimit-remaining", "0")
                .withHeader("x-ratelimit-reset", Integer.toString(seconds));
    }

    static String text(String file) {
        try (InputStream in = WireMockTelnyx.class.getResourceAsStream("/telnyx/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All requests so far as {@code METHOD path}, decoded and below {@code /v2}, in their order. */
    List<String> sent() {
        return requests().stream()
                .map(request -> request.getMethod() + " "
                        + URI.create(request.getUrl()).getPath().substring(V2.length()))
                .toList();
    }

    List<LoggedRequest> requests() {
        List<LoggedRequest> requests = new ArrayList<>();
        // The newest comes first.
        wire.getAllServeEvents().forEach(event -> requests.add(0, LoggedRequest.createFrom(event.getRequest())));
        return requests;
    }

    /** The body that was sent. */
    static JsonNode body(LoggedRequest request) {
        return tree(request.getBodyAsString());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.read(json);
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** The query of a request as {@code name=value}, decoded, in its order. */
    static List<String> query(LoggedRequest request) {
        String query = URI.create(request.getUrl()).getRawQuery();
        return query == null
                ? List.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                        .toList();
    }
}
