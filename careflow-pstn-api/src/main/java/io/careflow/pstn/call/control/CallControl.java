package io.careflow.pstn.call.control;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import java.util.Optional;

/**
 * Places and steers calls. Thread-safe. Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect
 * says whether the provider may have acted; a call that is already over is {@link io.careflow.pstn.error.NotFound}.
 */
public interface CallControl extends Capability {

    /** Which steps and endings this provider can do. */
    FlowSupport flows();

    /**
     * Refuses, without I/O, what {@link #place} would refuse before anything rings: a flow, an option or a destination that
     * cannot be honoured. For whoever wants to know before it matters, such as a dry run.
     *
     * @throws io.careflow.pstn.error.UnsupportedFeature if something cannot be honoured. A provider that checks nothing here,
     *     as this default does, says so in {@link #place} only
     */
    default void check(CallRequest request) {}

    /**
     * Calls somebody and runs the request's flow once they answer. Returns as soon as the provider has taken the call; its
     * progress arrives as events.
     *
     * <p>Sent exactly once. A failure with effect UNKNOWN means that the call may be ringing: look it up, do not repeat it.
     *
     * @throws io.careflow.pstn.error.UnsupportedFeature if the flow or an option cannot be honoured; nothing rings
     * @throws io.careflow.pstn.error.Conflict if the command id was used for another request; nothing rings
     */
    Call place(CallRequest request);

    /**
     * Drops what the call is doing, also a conversation with somebody it dialled, and runs this flow instead.
     *
     * @throws io.careflow.pstn.error.UnsupportedFeature if the flow cannot be honoured; the call goes on undisturbed
     */
    void redirect(CallRef call, CallFlow flow);

    /**
     * Joins two answered calls so that both hear each other; when one hangs up, the other is hung up too.
     *
     * @throws io.careflow.pstn.error.Conflict if one of them is talking with somebody already
     */
    void join(CallRef one, CallRef other);

    /**
     * Sends DTMF into a call.
     *
     * @param digits as in {@link io.careflow.pstn.flow.SendDigits}
     * @throws io.careflow.pstn.error.Conflict if the call is in a state in which the provider cannot do this
     */
    void sendDigits(CallRef call, String digits);

    /** Ends a call, ringing or answered. One that is over already is no error. */
    void hangUp(CallRef call, HangupCause cause);

    /** What the provider knows about a call now; empty if it does not know the call (any more). */
    Optional<Call> fetch(CallRef call);

    /**
     * As {@link #redirect(CallRef, CallFlow)}, with the caller's key of this one command. Where the carrier documents an
     * idempotency key it is sent, so that the command given again does nothing within the carrier's time; elsewhere, as by this
     * default, the key has no effect.
     */
    default void redirect(CommandId command, CallRef call, CallFlow flow) {
        redirect(call, flow);
    }

    /** As {@link #join(CallRef, CallRef)}, with the caller's key as in {@link #redirect(CommandId, CallRef, CallFlow)}. */
    default void join(CommandId command, CallRef one, CallRef other) {
        join(one, other);
    }

    /** As {@link #sendDigits(CallRef, String)}, with the caller's key as in {@link #redirect(CommandId, CallRef, CallFlow)}. */
    default void sendDigits(CommandId command, CallRef call, String digits) {
        sendDigits(call, digits);
    }
}
