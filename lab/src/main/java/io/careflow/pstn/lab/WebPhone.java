package io.careflow.pstn.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a browser says to its SIP server (RFC 7118), without voice: registers over a WebSocket with digest, says 180 to a call and
 * is busy.
 *
 * <p>Safe for use by several threads.
 */
public final class WebPhone implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final KamailioServer server;
    private final String user;
    private final String host = UUID.randomUUID().toString().substring(0, 12) + ".invalid";
    private final List<SipMessage> messages = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private WebPhone(KamailioServer server, String user, String origin) {
        this.server = server;
        this.user = user;
        try {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("sip")
                    .header("Origin", origin)
                    .connectTimeout(LIMIT)
                    .buildAsync(URI.create("ws://" + server.address() + ":" + server.webPort() + "/"), new Ear())
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw LabException.interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LabException("no WebSocket: " + e.getMessage(), e);
        }
    }

    /** Opens the WebSocket as a page of this origin would; nobody is registered yet. */
    public static WebPhone open(KamailioServer server, String user, String origin) {
        return new WebPhone(server, user, origin);
    }

    /** Registers, and returns the status it ends with. */
    public int register(String password) {
        send(registration(1, ""));
        SipMessage first = await(message -> message.isResponseTo("REGISTER"));
        String challenge = first.header("WWW-Authenticate").orElse("");
        if (challenge.isEmpty()) {
            return first.status();
        }
        String answer = Digest.answer(challenge, "REGISTER", "sip:" + server.userHost(), user, password);
        send(registration(2, "Authorization: " + answer + "\r\n"));
        return await(message -> message.header("CSeq").orElse("").equals("2 REGISTER"))
                .status();
    }

    /** Waits for a call. */
    public SipMessage awaitInvite() {
        return await(message -> message.isRequest("INVITE"));
    }

    private String registration(int number, String authorization) {
        return "REGISTER sip:" + server.userHost() + " SIP/2.0\r\nVia: SIP/2.0/WS " + host + ";branch=z9hG4bK" + host
                + number + "\r\nFrom: <sip:" + user + "@" + server.userHost() + ">;tag=" + host + "\r\nTo: <sip:"
                + user + "@" + server.userHost() + ">\r\nCall-ID: " + host + "\r\nCSeq: " + number
                + " REGISTER\r\nContact: <sip:" + user + "@" + host + ";transport=ws>;expires=300\r\n"
                + "Max-Forwards: 70\r\nAllow: INVITE,ACK,CANCEL,BYE,OPTIONS\r\n" + authorization
                + "Content-Length: 0\r\n\r\n";
    }

    private void heard(String text) {
        SipMessage message = new SipMessage(Instant.now(), false, text);
        messages.add(message);
        if (message.isRequest("INVITE")) {
            send(reply(message, "180 Ringing"));
            send(reply(message, "486 Busy Here"));
        } else if (message.isRequest("OPTIONS")) {
            send(reply(message, "200 OK"));
        }
    }

    private static String reply(SipMessage request, String status) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        request.headers("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        request.headers("Record-Route")
                .forEach(route -> text.append("Record-Route: ").append(route).append("\r\n"));
        for (String name : List.of("From", "Call-ID", "CSeq")) {
            text.append(name)
                    .append(": ")
                    .append(request.header(name).orElse(""))
                    .append("\r\n");
        }
        String to = request.header("To").orElse("");
        text.append("To: ")
                .append(to)
                .append(to.contains("tag=") ? "" : ";tag=web")
                .append("\r\n");
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    private void send(String text) {
        socket.sendText(text, true).join();
    }

    private SipMessage await(Predicate<SipMessage> wanted) {
        if (!Await.until(LIMIT, () -> messages.stream().anyMatch(wanted))) {
            throw new LabException(user + " did not hear it; heard " + messages);
        }
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket web, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> heard(message));
            }
            web.request(1);
            return null;
        }
    }
}
