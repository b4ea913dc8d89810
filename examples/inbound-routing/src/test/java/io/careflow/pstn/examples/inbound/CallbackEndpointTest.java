package io.careflow.pstn.examples.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.money.Money;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallbackEndpointTest {
    private static final String FORM = "command=wish-1&user=0001&to=613-555-0142&from=%2B14165550100";

    private final List<String> asked = new ArrayList<>();
    private CallbackAnswer next = new CallbackAnswer.Placed(
            new CallRef(new ProviderId("asterisk"), "1"), false, Duration.ofHours(1), Money.of("1.08", "USD"));
    private final CallbackEndpoint endpoint = CallbackEndpoint.open(this::call, "right", 0);

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    @DisplayName("a form with the token calls the user back, and tells how long and for how much")
    void places() throws IOException, InterruptedException {
        HttpResponse<String> reply = post("right", FORM);
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(reply.body()).isEqualTo("The phone rings; 1.08 USD set aside for up to 60 minutes\n");
        assertThat(asked).containsExactly("wish-1 0001 613-555-0142 +14165550100");
    }

    @Test
    @DisplayName("without the token nobody is called, and what it would be is not told")
    void refusesStrangers() throws IOException, InterruptedException {
        assertThat(post("wrong", FORM).statusCode()).isEqualTo(401);
        assertThat(post("", FORM).body()).doesNotContain("right");
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("an application without a token does not listen at all")
    void withoutToken() {
        try (CallbackEndpoint closed = CallbackEndpoint.open(this::call, "", 0)) {
            assertThat(closed.port()).isEmpty();
        }
        assertThat(endpoint.port()).isPresent();
    }

    @Test
    @DisplayName("only a POST with all fields is a wish")
    void refusesHalfWishes() throws IOException, InterruptedException {
        assertThat(post("right", "command=wish-1&user=0001&to=613-555-0142").body())
                .isEqualTo("the field from is missing\n");
        assertThat(post("right", "%zz=1").statusCode()).isEqualTo(400);
        assertThat(post("right", "command=" + "9".repeat(4_096) + "&" + FORM).body())
                .contains("more than 4096 bytes");
        assertThat(post("right", FORM + "&more=" + "9".repeat(4_096)).statusCode())
                .isEqualTo(400);
        assertThat(send(request("right").GET()).statusCode()).isEqualTo(405);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("each answer of the desk has a status of its own")
    void answers() throws IOException, InterruptedException {
        next = new CallbackAnswer.Denied(List.of("number-type"), "premium");
        assertThat(post("right", FORM).statusCode()).isEqualTo(403);
        next = new CallbackAnswer.NotPaid(Money.of("0.001", "USD"), Money.of("0.009", "USD"));
        assertThat(post("right", FORM).statusCode()).isEqualTo(402);
        next = new CallbackAnswer.InDoubt(new CommandId("wish-1"), "no answer in time");
        assertThat(post("right", FORM).statusCode()).isEqualTo(504);
        next = new CallbackAnswer.Conflicting(new CommandId("wish-1"));
        assertThat(post("right", FORM).statusCode()).isEqualTo(409);
    }

    private CallbackAnswer call(String command, String careFlowId, String destination, String shown) {
        asked.add(String.join(" ", command, careFlowId, destination, shown));
        return next;
    }

    private HttpResponse<String> post(String token, String form) throws IOException, InterruptedException {
        return send(request(token).POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String token) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + endpoint.port().orElseThrow() + "/callbacks"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
