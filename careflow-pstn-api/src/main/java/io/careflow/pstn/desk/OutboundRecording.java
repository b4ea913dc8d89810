package io.careflow.pstn.desk;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.consent.ConsentDesk;
import io.careflow.pstn.consent.ConsentParty;
import io.careflow.pstn.consent.RecordingPolicy;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Who must be told before a conversation is recorded, and what came of it. Thread-safe.
 *
 * @param unkept hears why a conversation goes on unrecorded though it might have been
 */
record OutboundRecording(RecordingPolicy policy, ConsentDesk consents, Consumer<RuntimeException> unkept) {
    OutboundRecording {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(consents, "consents");
        Objects.requireNonNull(unkept, "unkept");
    }

    /** The conversation, recorded if it may be. What cannot be kept of a consent is a reason not to record, not to refuse the call. */
    CallFlow recorded(CallRef call, OutboundOrder order, CallFlow talk, FlowSupport support) {
        try {
            return consents.joining(call, policy.decide(parties(order)), talk, support);
        } catch (RuntimeException e) {
            unkept.accept(e);
            return talk;
        }
    }

    void accept(CallEvent event) {
        if (event instanceof NoticePlayed played) {
            consents.noticePlayed(played);
        }
    }

    private static List<ConsentParty> parties(OutboundOrder order) {
        List<ConsentParty> parties = new ArrayList<>();
        parties.add(ConsentParty.of("user", Party.of(order.phone())));
        for (int i = 0; i < order.destinations().size(); i++) {
            String name = i == 0 ? "callee" : "callee-" + (i + 1);
            parties.add(
                    ConsentParty.of(name, Party.of(order.destinations().get(i).address())));
        }
        return parties;
    }
}
