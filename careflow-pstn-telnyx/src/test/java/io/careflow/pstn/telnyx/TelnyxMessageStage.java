package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.MessageStage;
import io.careflow.pstn.tck.VirtualTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts before a Telnyx of our own. Telnyx tells what a text cost, but has no list of prices. */
final class TelnyxMessageStage extends WireMockTelnyx implements MessageStage {
    private static final String ID = "40385f64-5717-4562-b3fc-2c963f66afa6";
    private static final String UNKNOWN = "40385f64-5717-4562-b3fc-ffffffffffff";

    private final VirtualTime time = VirtualTime.startingAt(NOW);

    TelnyxMessageStage() {
        startTelnyx();
        onPost("/messages", data(message("queued", "null")));
        onGet("/messages/" + UNKNOWN, error(404, 10005));
    }

    @Override
    public PstnProvider provider() {
        return telnyx;
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public PhoneNumber ours() {
        return new PhoneNumber("+14165550142");
    }

    @Override
    public PhoneNumber theirs() {
        return new PhoneNumber("+14165550199");
    }

    @Override
    public Optional<Money> listed() {
        return Optional.empty();
    }

    @Override
    public boolean optedOut() {
        onPost("/messages", error(400, 40300));
        return true;
    }

    @Override
    public void refuses() {
        next(error(422, 10015));
    }

    @Override
    public void losesAnswer() {
        next(error(500, 10007));
    }

    @Override
    public boolean delivered(MessageRef message, @Nullable Money price) {
        String cost = price == null
                ? "null"
                : "{\"amount\":\"" + price.amount().toPlainString() + "\",\"currency\":\""
                        + price.currency().getCurrencyCode() + "\"}";
        onGet("/messages/" + message.id(), data(message("delivered", cost)));
        return true;
    }

    @Override
    public MessageRef unknown() {
        return new MessageRef(telnyx.id(), UNKNOWN);
    }

    @Override
    public int arrived() {
        return (int) wire.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getMethod().getName().equals("POST"))
                .filter(event -> event.getResponse().getStatus() / 100 != 4)
                .count();
    }

    @Override
    public void close() {
        stopTelnyx();
    }

    private void next(ResponseDefinitionBuilder answer) {
        wire.stubFor(post(urlPathEqualTo(V2 + "/messages"))
                .inScenario("next")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over")
                .willReturn(answer));
    }

    private static String message(String status, String cost) {
        return "{\"id\":\"" + ID + "\",\"record_type\":\"message\",\"direction\":\"outbound\","
                + "\"from\":{\"phone_number\":\"+14165550142\"},"
                + "\"to\":[{\"phone_number\":\"+14165550199\",\"status\":\"" + status + "\"}],\"parts\":1,\"cost\":"
                + cost + ",\"errors\":[]}";
    }
}
