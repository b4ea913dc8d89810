package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A cable to a server")
class CableTest {

    @Test
    @DisplayName(
            "loses the answer to one request, which the server does once, and every request after it until it is plugged in")
    void losesAnAnswer() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            done.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        URI direct = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Cable cable = Cable.to(direct)) {
            URI far = cable.through(direct);
            cable.loseAnswerTo("PUT /one HTTP");
            assertThat(send(far, "PUT", "/other")).isEqualTo(204);

            assertThatThrownBy(() -> send(far, "PUT", "/one")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> send(far, "PUT", "/two")).isInstanceOf(IOException.class);

            cable.plug();
            assertThat(send(far, "PUT", "/one")).isEqualTo(204);
            assertThat(done).containsExactly("PUT /other", "PUT /one", "PUT /one");
        } finally {
            server.stop(0);
        }
    }

    private static int send(URI server, String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
