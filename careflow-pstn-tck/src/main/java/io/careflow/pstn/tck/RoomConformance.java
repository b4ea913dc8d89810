package io.careflow.pstn.tck;

import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import org.junit.jupiter.api.DisplayName;

/** What holds for conferences besides what holds for all. */
@Of(Conferences.class)
abstract class RoomConformance extends CapabilityConformance {

    @ForEach(value = Situation.SUCCESS, only = Operation.CONFERENCE_INVITE)
    @DisplayName("a host, with whom the conference ends, is invited, or refused by name before anything rings")
    void host(Operation operation) {
        Conferences rooms = trial().require(Conferences.class);
        CallControl calls = trial().require(CallControl.class);
        if (!calls.flows().supported().contains(Conference.HOST)) {
            Refusals.check(trial(), operation, Conference.HOST, () -> rooms.invite(room(), invitation()));
            return;
        }
        trial().arrange(operation, Situation.SUCCESS);
        trial().checkResult(new Outcome(operation, rooms.invite(room(), invitation()), null));
    }

    private CallRequest invitation() {
        CallRequest plain = trial().wire().samples().call();
        Conference asHost = new Conference(room(), Continuation.named("conformance-left")).asHost();
        return CallRequest.of(
                plain.commandId(),
                plain.callerId(),
                plain.to(),
                CallFlow.start().end(asHost));
    }

    private String room() {
        return trial().wire().samples().room();
    }
}
