package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import org.jspecify.annotations.Nullable;

/** Talking with another call of ours that this one was joined with. Part of one call. */
final class CallPartner {
    private final AsteriskCall call;
    private @Nullable String bridge;
    private Runnable hangUpOther = () -> {};

    CallPartner(AsteriskCall call) {
        this.call = call;
    }

    /** Refuses to join a call that is joined already. */
    void requireAlone(String operation) {
        call.requireControl(operation);
        if (bridge != null || call.conference().isSeated()) {
            throw new Conflict(Failure.of(
                    call.ref().provider(),
                    operation,
                    Effect.NONE,
                    "call " + call.ref().id() + " talks with others already"));
        }
    }

    /** Joins this call into a bridge with a partner; whoever hangs up first, takes the other along. */
    void join(String bridgeId, String partnerId, Calls calls) {
        call.requireControl("call.join");
        call.prompts().stop();
        call.message().stop();
        bridge = bridgeId;
        hangUpOther = () -> calls.within(partnerId, other -> other.hangUp(HangupCause.NORMAL_CLEARING));
        if (!call.board().rest().addToBridge(bridgeId, call.channel())) {
            call.lookAgain();
        }
    }

    /** Joining came to nothing: what the call did before is not known any more. */
    void notJoined() {
        bridge = null;
        hangUpOther = () -> {};
        call.run(call.board().application().apology(), call.now());
    }

    /** The partner goes, this call stays. */
    void leave() {
        String left = bridge;
        bridge = null;
        if (left != null) {
            call.board().rest().removeFromBridge(left, call.channel());
            hangUpOther.run();
        }
    }

    /** The call is over. */
    void callGone() {
        String left = bridge;
        if (left != null) {
            hangUpOther.run();
            call.board().rest().destroyBridge(left);
        }
    }
}
