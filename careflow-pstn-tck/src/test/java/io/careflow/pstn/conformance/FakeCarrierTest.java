package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FakeCarrierTest {
    private final FakeCarrier carrier = new FakeCarrier();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        carrier.close();
        carrier.close();
    }

    @Test
    @DisplayName("answers in order, the last one for ever, and keeps what it was sent")
    void inOrder() throws IOException, InterruptedException {
        carrier.on("POST", "/v1/*/x", FakeReply.json(201, "1").header("X-Id", "7"), FakeReply.empty(204));
        HttpResponse<String> first = post("/v1/a/x?q=1", "héllo");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("1");
        assertThat(first.headers().firstValue("x-id")).isEqualTo(Optional.of("7"));
        assertThat(post("/v1/b/x", "").statusCode()).isEqualTo(204);
        assertThat(post("/v1/c/x", "").statusCode()).isEqualTo(204);
        assertThat(carrier.requests())
                .extracting(SentRequest::method, SentRequest::target, SentRequest::body, SentRequest::write)
                .startsWith(tuple("POST", "/v1/a/x?q=1", "héllo", true))
                .hasSize(3);
    }

    @Test
    @DisplayName("what no rule fits is 404, and the rule that was added last wins")
    void rules() throws IOException, InterruptedException {
        carrier.on("*", "**", FakeReply.json(200, "all")).on("POST", "/one", request -> FakeReply.json(200, "one"));
        assertThat(post("/one", "").body()).isEqualTo("one");
        assertThat(post("/two", "").body()).isEqualTo("all");
        carrier.reset();
        assertThat(post("/one", "").statusCode()).isEqualTo(404);
        assertThat(carrier.requests()).hasSize(1);
    }

    @Test
    @DisplayName("a body in chunks is read whole")
    void chunks() throws IOException, InterruptedException {
        carrier.on("POST", "/", FakeReply.empty(200));
        HttpRequest request = HttpRequest.newBuilder(carrier.uri().resolve("/"))
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("in chunks")))
                .build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(carrier.requests())
                .singleElement()
                .extracting(SentRequest::body)
                .isEqualTo("in chunks");
    }

    @Test
    @DisplayName("loses answers, breaks them off, and keeps silent; the request arrived each time")
    void faults() {
        carrier.on("POST", "/lost", FakeReply.lost());
        carrier.on("POST", "/half", FakeReply.json(200, "0123456789").brokenOff());
        carrier.on("POST", "/mute", FakeReply.silence());
        assertThatThrownBy(() -> post("/lost", "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post("/half", "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post("/mute", "")).isInstanceOf(HttpTimeoutException.class);
        assertThat(carrier.requests()).extracting(SentRequest::target).contains("/lost", "/half", "/mute");
    }

    @Test
    @DisplayName("refuses at once, and listens again on the same port")
    void refuses() throws IOException, InterruptedException {
        URI before = carrier.uri();
        for (int i = 0; i < 20; i++) {
            carrier.refuse();
            assertThatThrownBy(() -> post("/", "")).isInstanceOf(ConnectException.class);
            carrier.reset().on("POST", "/", FakeReply.empty(200));
            assertThat(post("/", "").statusCode()).isEqualTo(200);
        }
        assertThat(carrier.uri()).isEqualTo(before);
    }

    private HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(carrier.uri() + target))
                .timeout(Duration.ofSeconds(1))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
