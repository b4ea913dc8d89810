package io.careflow.pstn.http;

import static io.careflow.pstn.http.Loopback.failure;
import static io.careflow.pstn.http.RawServer.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestShapesTest {
    private static final HttpCall READ = HttpCall.of("thing.get", "GET", "things");
    private static final HttpCall WRITE = HttpCall.of("thing.make", "POST", "things");

    private final Loopback loop = new Loopback();

    @AfterEach
    void close() throws Exception {
        loop.close();
    }

    @Test
    @DisplayName("form fields arrive as HTML forms send them, in order, repeated names repeated")
    void form() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));

        loop.transport(server)
                .send(WRITE.form("To", "+15550100").form("Text", "a b&c=ü").form("To", "*~"));

        assertThat(server.requests().get(0))
                .contains("Content-Type: application/x-www-form-urlencoded\n")
                .endsWith("To=%2B15550100&Text=a+b%26c%3D%C3%BC&To=*%7E");
    }

    @Test
    @DisplayName("fields may be given at once, and add to those that are there")
    void formAtOnce() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("b", List.of("2", "3"));
        fields.put("c", List.of());
        fields.put("a", List.of("4"));

        loop.transport(server).send(WRITE.form("a", "1").form(fields));

        assertThat(server.requests().get(0)).endsWith("a=1&b=2&b=3&a=4");
    }

    @Test
    @DisplayName("a form and a body exclude each other")
    void formOrBody() {
        assertThatThrownBy(() -> WRITE.form("a", "b").body("text/plain", "x".getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thing.make");
        assertThatThrownBy(() -> WRITE.body("text/plain", "x".getBytes(UTF_8)).form("a", "b"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> WRITE.body("text/plain", "x".getBytes(UTF_8)).form(Map.of("a", List.of("b"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a header value that no header may hold is refused without quoting it")
    void badHeader() {
        assertThatThrownBy(() -> READ.header("X-Note", "line\nbreak"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Note")
                .hasMessageNotContaining("break");
    }

    @Test
    @DisplayName("what HTTP does not allow is refused before anything is sent, and observed")
    void impossible() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));

        PstnException failure = failure(loop.transport(server), READ.form("a", "b"));

        assertThat(failure).isInstanceOf(InvalidRequest.class).hasNoCause();
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(server.requests()).isEmpty();
        assertThat(loop.observed).containsExactly("start thing.get", "end InvalidRequest");
    }

    @Test
    @DisplayName("a view sends to its own host, with the same credentials and observer; closing it closes nothing")
    void view() {
        RawServer first = loop.serve(reply("200 OK", "", "{}"));
        RawServer second = loop.serve(reply("200 OK", "", "{}"));
        HttpTransport transport = loop.transport(first);

        HttpTransport view = transport.at(second.uri());
        view.send(READ);
        view.close();
        transport.send(READ);
        view.send(READ);

        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).hasSize(2).allMatch(r -> r.contains("Authorization: Basic "));
        assertThat(loop.observed).hasSize(6);
    }

    @Test
    @DisplayName("closing the original closes its views: nothing is sent any more")
    void closedView() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));
        HttpTransport transport = loop.transport(server);
        HttpTransport view = transport.at(server.uri());

        transport.close();

        PstnException failure = failure(view, WRITE);
        assertThat(failure).isInstanceOf(ProviderUnavailable.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("a next page is asked for as its link says: from the root, from the base, absolute on the same host")
    void pages() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));
        HttpTransport transport = loop.transport(server);

        transport.send(HttpCall.page("thing.list", URI.create("/v2/things?page=2&token=a%2Bb%20c")));
        transport.send(HttpCall.page("thing.list", URI.create("things?page=3")));
        transport.send(HttpCall.page("thing.list", server.uri().resolve("/v2/things?page=4")));
        transport.send(HttpCall.page("thing.list", URI.create("?page=5")));

        assertThat(server.requests())
                .extracting(request -> request.lines().findFirst().orElseThrow())
                .containsExactly(
                        "GET /v2/things?page=2&token=a%2Bb%20c HTTP/1.1",
                        "GET /base/things?page=3 HTTP/1.1",
                        "GET /v2/things?page=4 HTTP/1.1",
                        "GET /base/?page=5 HTTP/1.1");
        assertThat(server.requests()).allMatch(r -> r.contains("Authorization: Basic "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/things",
                "//127.0.0.1:%d/things",
                "http://localhost:%d/things",
                "http://user:word@127.0.0.1:%d/things",
                "ftp://127.0.0.1/things",
                "mailto:a@b"
            })
    @DisplayName("a next page elsewhere is not asked for: nothing arrives there, and no credentials")
    void strangers(String link) {
        RawServer own = loop.serve(reply("200 OK", "", "{}"));
        RawServer stranger = loop.serve(reply("200 OK", "", "{}"));
        URI next = URI.create(link.formatted(stranger.uri().getPort()));

        PstnException failure = failure(loop.transport(own), HttpCall.page("thing.list", next));

        assertThat(failure).isInstanceOf(ProtocolError.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageNotContaining("things");
        assertThat(own.requests()).isEmpty();
        assertThat(stranger.requests()).isEmpty();
        assertThat(loop.pauses).isEmpty();
    }

    @Test
    @DisplayName("each of scheme, host, port and user alone makes a stranger")
    void almostOurs() {
        RawServer own = loop.serve(reply("200 OK", "", "{}"));
        int port = own.uri().getPort();
        for (String link : new String[] {
            "https://127.0.0.1:" + port + "/base",
            "http://localhost:" + port + "/base",
            "http://127.0.0.1:" + (port - 1) + "/base",
            "http://user@127.0.0.1:" + port + "/base",
            "http://:word@127.0.0.1:" + port + "/base"
        }) {
            assertThat(failure(loop.transport(own), HttpCall.page("thing.list", URI.create(link))))
                    .as(link)
                    .isInstanceOf(ProtocolError.class)
                    .hasMessageContaining("another server");
        }
        assertThat(own.requests()).isEmpty();
    }

    @Test
    @DisplayName("a redirect to another host is not followed: nothing arrives there")
    void redirect() {
        RawServer stranger = loop.serve(reply("200 OK", "", "{}"));
        for (String status : new String[] {"301 X", "302 X", "303 X", "307 X", "308 X"}) {
            RawServer own = loop.serve(reply(status, "Location: " + stranger.uri() + "\r\n", ""));

            assertThat(failure(loop.transport(own), READ)).isInstanceOf(ProtocolError.class);
            assertThat(failure(loop.transport(own), WRITE.form("a", "b"))).isInstanceOf(ProtocolError.class);
        }
        assertThat(stranger.requests()).isEmpty();
    }

    @Test
    @DisplayName("credentials may go in the query where a carrier wants them there")
    void queryAuth() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));

        loop.transport(
                        server,
                        b -> b.queryAuth("api_user", Secret.of("me")).queryAuth("api_password", Secret.of("a&b")))
                .send(READ.query("method", "get"));

        assertThat(server.requests().get(0))
                .startsWith("GET /base/things?method=get&api_")
                .contains("api_password=a%26b");
    }

    @Test
    @DisplayName("we say who we are")
    void userAgent() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));

        loop.transport(server).send(READ);
        loop.transport(server, b -> b.userAgent("shop/1")).send(READ);

        assertThat(server.requests().get(0)).contains("User-Agent: careflow-pstn\n");
        assertThat(server.requests().get(1)).contains("User-Agent: shop/1\n");
    }
}
