package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.twilio.TwilioProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TwilioEndpointTest {
    private static final String TOKEN = "auth-token";
    private static final String URL = "https://phone.example.org/twilio/voice";

    @Test
    void webhookIsAnsweredWithTwiml() throws Exception {
        List<PstnEvent> told = new CopyOnWriteArrayList<>();
        // snippet: twilio-webhooks
        PstnProvider twilio = TwilioProvider.at("AC0123456789abcdef0123456789abcdef", Secret.of(TOKEN))
                .publicUrl(URI.create("https://phone.example.org/twilio"))
                .sipDomain("acme.sip.twilio.com") // where sip:1001 is registered
                .voice(Locale.ENGLISH, "Polly.Joanna-Neural")
                .answeredBy(new OpeningHours())
                .telling(told::add)
                .build();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/twilio/", new WebhookEndpoint(twilio, "https://phone.example.org"));
        server.setExecutor(Executors.newCachedThreadPool()); // a handler may block, and calls come at once
        server.start();
        // end
        try (twilio) {
            String local = "http://127.0.0.1:" + server.getAddress().getPort() + "/twilio/voice";
            HttpResponse<String> answer = post(local, signature());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
            assertThat(answer.body()).contains("<Response>");
            assertThat(told).hasAtLeastOneElementOfType(InboundCall.class);
            told.clear();
            assertThat(post(local, "forged").statusCode()).isEqualTo(403);
            assertThat(told).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static HttpResponse<String> post(String url, String signature) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "CallSid=CA1&CallStatus=ringing&Direction=inbound&From=%2B14165550100&To=%2B18195550100"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String signature() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signed = URL + "CallSidCA1CallStatusringingDirectioninboundFrom+14165550100To+18195550100";
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
