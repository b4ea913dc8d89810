package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.careflow.pstn.twilio.Resource.message;

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

/** Texts before a Twilio of our own. */
final class TwilioMessageStage extends WireMockTwilio implements MessageStage {
    private static final String MESSAGES = V2010 + "/Messages.json";
    private static final String UNKNOWN = "SM000000000000000000000000000000ff";

    private final VirtualTime time = VirtualTime.startingAt(NOW);

    TwilioMessageStage() {
        startTwilio();
        on(post(urlPathEqualTo(MESSAGES)), message().answer(201));
        onGet("/v1/Messaging/Countries/CA", fixture(200, "price-messages-ca.json"));
        onGet(V2010 + "/Messages/" + UNKNOWN + ".json", error(404, 20404));
    }

    @Override
    public PstnProvider provider() {
        return twilio;
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
        return Optional.of(Money.of("0.0083", "USD"));
    }

    @Override
    public boolean optedOut() {
        on(post(urlPathEqualTo(MESSAGES)), error(400, 21610));
        return true;
    }

    @Override
    public void refuses() {
        next(error(400, 21606));
    }

    @Override
    public void losesAnswer() {
        next(error(500, 20500));
        onGet(MESSAGES, Resource.page("messages"));
    }

    @Override
    public boolean delivered(MessageRef message, @Nullable Money price) {
        Resource end = message().with("status", "delivered").with("price_unit", "USD");
        onGet(
                V2010 + "/Messages/" + message.id() + ".json",
                (price == null ? end : end.with("price", "-" + price.amount().toPlainString())).answer(200));
        return true;
    }

    @Override
    public MessageRef unknown() {
        return new MessageRef(twilio.id(), UNKNOWN);
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
        stopTwilio();
    }

    private void next(ResponseDefinitionBuilder answer) {
        wire.stubFor(post(urlPathEqualTo(MESSAGES))
                .inScenario("next")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over")
                .willReturn(answer));
    }
}
