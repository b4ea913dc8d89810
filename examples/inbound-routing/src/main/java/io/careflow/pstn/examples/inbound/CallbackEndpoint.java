package io.careflow.pstn.examples.inbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.careflow.pstn.desk.CallbackAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /callbacks} with the form fields {@code command}, {@code user}, {@code to} and {@code from} calls a user back. On loopback
 * and with a token, as a call costs money; the place for your own web framework and login.
 */
final class CallbackEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallbackEndpoint.class);
    private static final int LONGEST_FORM = 4_096;

    private final Desk desk;
    private final byte[] expected;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    private CallbackEndpoint(Desk desk, String token, HttpServer server) {
        this.desk = desk;
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.server = server;
    }

    /** Who calls users back. */
    interface Desk {
        CallbackAnswer call(String command, String careFlowId, String destination, String shown);
    }

    /** Listens on this port, 0 for any, if there is a token; without one nobody can ask. */
    static CallbackEndpoint open(Desk desk, String token, int port) {
        try {
            HttpServer server = HttpServer.create();
            CallbackEndpoint endpoint = new CallbackEndpoint(desk, token, server);
            if (!token.isEmpty()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
                server.createContext("/callbacks", endpoint::answer);
                server.setExecutor(endpoint.threads);
                server.start();
                int bound = server.getAddress().getPort();
                log.info("Callbacks at http://127.0.0.1:{}/callbacks", bound);
            }
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on", e);
        }
    }

    /** The port that it listens on; empty if nobody can ask. */
    OptionalInt port() {
        InetSocketAddress at = server.getAddress();
        return at == null ? OptionalInt.empty() : OptionalInt.of(at.getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            reply(exchange, 401, "The token is missing or wrong");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            reply(exchange, 405, "Only POST");
        } else {
            callBack(exchange);
        }
    }

    private void callBack(HttpExchange exchange) throws IOException {
        try {
            Map<String, String> form = form(exchange);
            String to = field(form, "to");
            told(exchange, desk.call(field(form, "command"), field(form, "user"), to, field(form, "from")));
        } catch (IllegalArgumentException e) {
            reply(exchange, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("A callback failed", e);
            reply(exchange, 503, "Not known; the same command may be given again, and rings at most once");
        }
    }

    private static void told(HttpExchange exchange, CallbackAnswer answer) throws IOException {
        if (answer instanceof CallbackAnswer.Placed placed) {
            String talk = " set aside for up to " + placed.talk().toMinutes() + " minutes";
            reply(exchange, 202, "The phone rings; " + placed.held() + talk);
        } else if (answer instanceof CallbackAnswer.Denied denied) {
            reply(exchange, 403, "Denied by " + String.join(", ", denied.rules()) + ": " + denied.because());
        } else if (answer instanceof CallbackAnswer.NotPaid less) {
            reply(exchange, 402, "Not enough credit: " + less.available() + " of " + less.asked());
        } else if (answer instanceof CallbackAnswer.Repeated repeated) {
            reply(exchange, 200, "Asked before: " + repeated.earlier().state());
        } else if (answer instanceof CallbackAnswer.Conflicting) {
            reply(exchange, 409, "This command was given for something else");
        } else if (answer instanceof CallbackAnswer.InDoubt doubt) {
            reply(exchange, 504, "It may ring, do not ask again: " + doubt.because());
        } else if (answer instanceof CallbackAnswer.NoRoute none) {
            reply(exchange, 503, "No way: " + none.because());
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readNBytes(LONGEST_FORM + 1);
        if (sent.length > LONGEST_FORM) {
            throw new IllegalArgumentException("the form has more than " + LONGEST_FORM + " bytes");
        }
        String body = new String(sent, StandardCharsets.UTF_8);
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String field(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the field " + name + " is missing");
        }
        return value;
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
