package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.telnyx.TelnyxProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TelnyxEndpointTest {
    private static final String CALL = "v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg";
    private static final String INITIATED = "{\"data\":{\"record_type\":\"event\",\"event_type\":\"call.initiated\","
            + "\"id\":\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\",\"occurred_at\":\"2026-03-01T12:00:00.000000Z\","
            + "\"payload\":{\"call_control_id\":\"" + CALL
            + "\",\"call_leg_id\":\"428c31b6-7af4-4bcb-b7f5-5013ef9657c1\","
            + "\"call_session_id\":\"428c31b6-abf3-3bc1-b7f4-5013ef9657c1\",\"connection_id\":\"1293384261075731499\","
            + "\"client_state\":null,\"direction\":\"incoming\",\"state\":\"parked\",\"from\":\"+14165550100\","
            + "\"to\":\"+18195550100\"}},\"meta\":{\"attempt\":1}}";

    @Test
    void webhookIsAnsweredWithACommand() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = keys.getPublic().getEncoded();
        String publicKey =
                Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        List<PstnEvent> told = new CopyOnWriteArrayList<>();
        try (FakeCarrier fake = new FakeCarrier().on("*", "**", FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}"));
                TelnyxProvider telnyx = TelnyxProvider.with(Secret.of("KEY-for-tests"))
                        .baseUrl(fake.uri())
                        .publicKey(publicKey)
                        .voice(Locale.ENGLISH, "AWS.Polly.Joanna-Neural")
                        .keepingFlowsIn(new MemoryFlowStore())
                        .answeredBy(new OpeningHours())
                        .telling(told::add)
                        .build()) {
            // snippet: telnyx-webhooks
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/telnyx", new WebhookEndpoint(telnyx, "https://phone.example.org"));
            server.setExecutor(Executors.newCachedThreadPool()); // a handler may block, and calls come at once
            server.start();
            // end
            try {
                URI local = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/telnyx");
                assertThat(post(local, keys)).isEqualTo(204);
                assertThat(told).hasAtLeastOneElementOfType(InboundCall.class);
                assertThat(fake.requests()).anyMatch(request -> request.target().endsWith("/actions/answer"));
                told.clear();
                KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                assertThat(post(local, others)).isEqualTo(403);
                assertThat(told).isEmpty();
            } finally {
                server.stop(0);
            }
        }
    }

    private static int post(URI url, KeyPair keys) throws Exception {
        String time = Long.toString(Instant.now().getEpochSecond());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update((time + "|" + INITIATED).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("telnyx-timestamp", time)
                .header("telnyx-signature-ed25519", Base64.getEncoder().encodeToString(signature.sign()))
                .POST(HttpRequest.BodyPublishers.ofString(INITIATED))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
