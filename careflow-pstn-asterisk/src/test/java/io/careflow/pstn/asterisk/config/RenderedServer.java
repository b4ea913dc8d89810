package io.careflow.pstn.asterisk.config;

import static org.awaitility.Awaitility.await;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.asterisk.AsteriskProvider;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.AsteriskServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Asterisk with nothing but rendered files, and an application on it that remembers who called. */
final class RenderedServer implements AutoCloseable {
    final AsteriskServer server;
    final List<InboundCall> calls = new CopyOnWriteArrayList<>();
    private @Nullable AsteriskProvider application;

    RenderedServer(AsteriskInstall install, BiConsumer<AsteriskConfig, AsteriskServer> content) {
        server = AsteriskServer.builder()
                .install(install)
                .rendered(lab -> {
                    AsteriskConfig config = Samples.on(lab);
                    content.accept(config, lab);
                    return Samples.files(config.render());
                })
                .start();
        server.addTone("sorry", 500, Duration.ofMillis(300));
    }

    /** The application answers every call by hanging up, or by dialling this number over this trunk. */
    RenderedServer application(String trunk, @Nullable PhoneNumber number) {
        AsteriskProvider started = AsteriskBuilder.of(
                        server.ariUri(), server.ariUser(), Secret.of(server.ariPassword()))
                .trunk(trunk)
                .promptFolder(server.runDirectory().resolve("prompts"))
                .handler(event -> answer(event, number))
                .start();
        application = started;
        try {
            if (!started.awaitConnected(Duration.ofSeconds(30))) {
                throw new IllegalStateException("not connected: " + started.health());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    private CallFlow answer(FlowEvent event, @Nullable PhoneNumber number) {
        if (event instanceof InboundCall call) {
            calls.add(call);
            if (number != null) {
                return CallFlow.start()
                        .dial(Dial.to(List.of(Destination.number(number)), Continuation.named("after"))
                                .showing(Samples.CLINIC));
            }
        }
        return CallFlow.start().hangUp();
    }

    InboundCall awaitCall() {
        await("a call for the application").atMost(Duration.ofSeconds(10)).until(() -> !calls.isEmpty());
        return calls.get(0);
    }

    /** Calls out; who answers is hung up. */
    void originate(String endpoint, String callerId) throws IOException, InterruptedException {
        String user = server.ariUser() + ":" + server.ariPassword();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.ariUri() + "/channels?endpoint="
                        + endpoint.replace("+", "%2B").replace("/", "%2F") + "&callerId="
                        + callerId.replace("+", "%2B") + "&extension=123&context=careflow-denied&priority=1"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> reply = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.statusCode() + " " + reply.body());
        }
    }

    /** Warnings and errors so far. */
    List<String> complaints() {
        return Stream.concat(server.errors().stream(), server.warnings().stream())
                .toList();
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
        server.close();
    }
}
