package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.Limits;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A VoIP.ms of our own on the loopback, and a provider that believes in it. */
abstract class WireMockVoipMs {
    static final String USER = "tele+phony@example.org";
    static final Secret PASSWORD = Secret.of("api-P4ssword&test!key");
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String SCRIPT = "/api/v1/rest.php";

    final WireMockServer wire = new WireMockServer(
            wireMockConfig().bindAddress("127.0.0.1").dynamicPort().jettyAcceptors(1));
    /** How long the provider waited, each time. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    VoipMsProvider voipms;

    @BeforeEach
    void startVoipMs() {
        wire.start();
        voipms = settings().build();
    }

    @AfterEach
    void stopVoipMs() {
        voipms.close();
        wire.stop();
    }

    /** What {@link #voipms} is made of; to be overridden. */
    VoipMsBuilder settings() {
        return VoipMsProvider.with(USER, PASSWORD)
                .baseUrl(base())
                .limits(Limits.none())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .sleeper(pauses::add);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + wire.port() + SCRIPT);
    }

    /** Any request of this method of the API. */
    static MappingBuilder asking(String method) {
        return post(urlEqualTo(SCRIPT)).withRequestBody(matching("(.*&)?method=" + method + "(&.*)?"));
    }

    /** A request of this method with these parameters, {@code name=value} as they are encoded. */
    static MappingBuilder asking(String method, String... parameters) {
        MappingBuilder request = asking(method);
        for (String parameter : parameters) {
            request = request.withRequestBody(containing("&" + parameter));
        }
        return request;
    }

    void on(String method, ResponseDefinitionBuilder answer) {
        on(asking(method), answer);
    }

    void on(MappingBuilder request, ResponseDefinitionBuilder answer) {
        wire.stubFor(request.willReturn(answer));
    }

    /** Success with these fields, JSON without the braces; may be empty. */
    static ResponseDefinitionBuilder success(String fields) {
        return json("{\"status\":\"success\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    /** A status that is no success. */
    static ResponseDefinitionBuilder status(String code) {
        return json("{\"status\":\"" + code + "\"}");
    }

    /** A status that is no success, with a sentence for people. */
    static ResponseDefinitionBuilder status(String code, String message) {
        return json("{\"status\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    /** HTTP 200 with this body, under the type that VoIP.ms gives it. */
    static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "text/html; charset=UTF-8")
                .withBody(body);
    }

    static ResponseDefinitionBuilder page(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withBody("<html><body><h1>Error " + status + "</h1>Backend fetch failed</body></html>");
    }

    List<LoggedRequest> requests() {
        List<LoggedRequest> requests = new ArrayList<>();
        // The newest comes first.
        wire.getAllServeEvents().forEach(event -> requests.add(0, LoggedRequest.createFrom(event.getRequest())));
        return requests;
    }

    /** The API's methods that were asked so far, in their order. */
    List<String> sent() {
        return requests().stream().map(request -> form(request).get("method")).toList();
    }

    /** The form of the only request of this method, without who asks and what. */
    Map<String, String> sent(String method) {
        List<Map<String, String>> all = requests().stream()
                .map(WireMockVoipMs::form)
                .filter(form -> method.equals(form.get("method")))
                .toList();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " requests of " + method + " among " + sent());
        }
        Map<String, String> form = new LinkedHashMap<>(all.get(0));
        form.keySet().removeAll(List.of("api_username", "api_password", "method"));
        return form;
    }

    /** The form that a request carried, decoded, in its order. */
    static Map<String, String> form(LoggedRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : request.getBodyAsString().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
