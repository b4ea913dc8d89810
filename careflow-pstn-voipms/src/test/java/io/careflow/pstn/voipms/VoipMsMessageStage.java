package io.careflow.pstn.voipms;

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

/** Texts before a VoIP.ms of our own. VoIP.ms tells no price of a text, before or after, and has no word for an opt-out. */
final class VoipMsMessageStage extends WireMockVoipMs implements MessageStage {
    private final VirtualTime time = VirtualTime.startingAt(NOW);

    VoipMsMessageStage() {
        startVoipMs();
        on("sendSMS", success("\"sms\":23434"));
        on("getSMS", status("no_sms"));
    }

    @Override
    public PstnProvider provider() {
        return voipms;
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
        return false;
    }

    @Override
    public void refuses() {
        next(status("invalid_dst"));
    }

    @Override
    public void losesAnswer() {
        next(page(503));
    }

    @Override
    public boolean delivered(MessageRef message, @Nullable Money price) {
        on(
                "getSMS",
                success("\"sms\":{\"id\":\"" + message.id() + "\",\"date\":\"2026-03-01 07:00:00\",\"type\":\"0\","
                        + "\"did\":\"4165550142\",\"contact\":\"4165550199\",\"message\":\"Hi\","
                        + "\"carrier_status\":\"delivered\"}"));
        return price == null;
    }

    @Override
    public MessageRef unknown() {
        return new MessageRef(voipms.id(), "999");
    }

    @Override
    public int arrived() {
        return (int) wire.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getBodyAsString().contains("method=sendSMS"))
                .filter(event -> !event.getResponse().getBodyAsString().contains("invalid_dst"))
                .count();
    }

    @Override
    public void close() {
        stopVoipMs();
    }

    private void next(ResponseDefinitionBuilder answer) {
        wire.stubFor(asking("sendSMS")
                .inScenario("next")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over")
                .willReturn(answer));
    }
}
