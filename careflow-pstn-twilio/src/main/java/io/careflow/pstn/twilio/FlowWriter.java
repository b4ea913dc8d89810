package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Writes the flows that go along with a request. Thread-safe. */
interface FlowWriter {

    /** What can be written. */
    FlowSupport support();

    /** Refuses a flow that cannot be written. */
    void require(CallFlow flow);

    /** For a call whose SID is given, or null for one that is being placed and has none yet. It is answered by then. */
    String write(CallFlow flow, @Nullable String call);

    /** A writer for these settings: without a URL of ours a flow cannot come back to the application. */
    static FlowWriter of(TwilioSettings settings) {
        URI publicUrl = settings.publicUrl();
        if (publicUrl == null) {
            return new PlainFlows(settings);
        }
        MemoSeal seal = new MemoSeal(settings.continuationKey());
        TwimlRenderer renderer = new TwimlRenderer(FlowSettings.of(settings, publicUrl), seal);
        return rendering(settings.id(), renderer, settings.clock());
    }

    private static FlowWriter rendering(ProviderId provider, TwimlRenderer renderer, Clock clock) {
        return new FlowWriter() {
            @Override
            public void require(CallFlow flow) {
                support().require(provider, flow);
            }

            @Override
            public FlowSupport support() {
                return TwilioFlows.support();
            }

            @Override
            public String write(CallFlow flow, @Nullable String call) {
                return renderer.render(
                        flow,
                        call == null
                                ? CallContext.placing(clock.instant())
                                : CallContext.redirecting(call, true, clock.instant()));
            }
        };
    }
}
