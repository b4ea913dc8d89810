package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Flows where no public URL is set: they say their text and hang up. Everything that goes on in the application needs a URL to
 * come back to. Recording works as a whole call only, as the first step of a call that is placed. Thread-safe.
 */
final class PlainFlows implements FlowWriter {
    private final FlowSupport support =
            new FlowSupport(Set.of("say", "play", "pause", "send-digits", "start-recording", "hang-up"));
    private final ProviderId provider;
    private final StepTwiml steps;

    PlainFlows(TwilioSettings settings) {
        this.provider = settings.id();
        // Never written: of the steps only a recording has a callback, and that one is refused.
        this.steps = new StepTwiml(FlowSettings.of(settings, URI.create("https://unset.invalid")));
    }

    @Override
    public FlowSupport support() {
        return support;
    }

    @Override
    public void require(CallFlow flow) {
        TwilioFlows.support().require(provider, flow);
        support.missing(flow).ifPresent(name -> {
            throw TwilioFlows.refused(
                    provider,
                    "step '" + name + "', where no public URL is set to which Twilio could come back,",
                    support.supported().toArray(String[]::new));
        });
    }

    @Override
    public String write(CallFlow flow, @Nullable String call) {
        require(flow);
        Twiml out = new Twiml();
        CallContext context = CallContext.placing(Instant.EPOCH);
        for (Step step : flow.steps()) {
            if (step instanceof StartRecording) {
                throw TwilioFlows.refused(
                        provider,
                        "recording from the middle of a flow, where no public URL is set,",
                        "recording as the first step of a call that is placed");
            }
            context = steps.write(out, step, context);
        }
        out.open("Hangup").close("Hangup");
        return out.document();
    }
}
