package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.PstnEvent;
import java.util.Optional;

/**
 * Reads the answer and the end of a leg from its webhook alone, for whoever only receives. The flow of the call, which knows what we
 * did ourselves, tells the same better. Thread-safe.
 */
final class LegHooks {
    private final ProviderId provider;

    LegHooks(ProviderId provider) {
        this.provider = provider;
    }

    /** The event; empty if it is of another kind, or nobody knows which call the leg belongs to. */
    Optional<PstnEvent> of(Hook hook) {
        Optional<ClientState> ours = ClientState.of(hook);
        int place = ours.map(ClientState::leg).orElse(0);
        Optional<CallRef> call = (place == 0 ? hook.callControlId() : ours.map(ClientState::key))
                .filter(id -> !id.startsWith("p:"))
                .map(id -> new CallRef(provider, id));
        return switch (hook.type()) {
            case "call.answered" ->
                call.map(ref -> place == 0
                        ? new CallAnswered(hook.id(), hook.occurredAt(), ref)
                        : new LegAnswered(hook.id(), hook.occurredAt(), ref, leg(ref, place)));
            case "call.hangup" ->
                call.map(ref -> place == 0
                        ? ended(hook, ref)
                        : new LegEnded(
                                hook.id(), hook.occurredAt(), ref, leg(ref, place), TelnyxCauses.of(hook.payload())));
            default -> Optional.empty();
        };
    }

    private static CallEnded ended(Hook hook, CallRef call) {
        ReleasedBy by = switch (hook.payload().text("hangup_source").orElse("")) {
            case "caller" -> ReleasedBy.CALLER;
            case "callee" -> ReleasedBy.CALLEE;
            default -> ReleasedBy.UNKNOWN;
        };
        return new CallEnded(hook.id(), hook.occurredAt(), call, TelnyxCauses.of(hook.payload()), by, true);
    }

    /** As the flow of the call names it. */
    private static String leg(CallRef call, int place) {
        return call.id() + "-leg" + place;
    }
}
