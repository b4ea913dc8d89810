package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.StartRecording;
import java.util.List;

/** Flows as TwiML that goes along with a request, for which Twilio has a limit. Immutable and thread-safe. */
final class InlineFlows {
    /** What Twilio takes in the parameter {@code Twiml}. */
    static final int LONGEST = 4_000;

    private final ProviderId provider;
    private final FlowWriter writer;

    InlineFlows(ProviderId provider, FlowWriter writer) {
        this.provider = provider;
        this.writer = writer;
    }

    FlowSupport support() {
        return writer.support();
    }

    /** Whether the call is recorded from its answer on, which is a parameter of the call instead of a step. */
    static boolean isRecorded(CallFlow flow) {
        return !flow.steps().isEmpty() && flow.steps().get(0) instanceof StartRecording;
    }

    /** TwiML for a call that is being placed. */
    String placing(CallFlow flow) {
        CallFlow spoken = isRecorded(flow)
                ? new CallFlow(flow.steps().subList(1, flow.steps().size()), flow.ending(), flow.note())
                : flow;
        writer.require(spoken);
        return checked("call.place", writer.write(spoken, null));
    }

    /** TwiML for a call that is up. */
    String redirecting(CallFlow flow, String call) {
        writer.require(flow);
        return checked("call.redirect", writer.write(flow, call));
    }

    private String checked(String operation, String twiml) {
        if (twiml.length() > LONGEST) {
            throw new UnsupportedFeature(
                    provider,
                    operation,
                    "a flow of " + twiml.length() + " characters of TwiML",
                    List.of("at most " + LONGEST + " characters; a shorter flow may go on with a redirect"));
        }
        return twiml;
    }
}
