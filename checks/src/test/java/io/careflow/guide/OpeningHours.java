package io.careflow.guide;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.EventRouter;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Say;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

// snippet: own-flow
/** Press 1 for the front desk; anything else hears the opening hours. */
final class OpeningHours implements FlowHandler {
    private final EventRouter<CallFlow> router = EventRouter.<CallFlow>builder()
            .on(InboundCall.class, call -> menu())
            .on(InputGathered.class, this::chosen)
            .on(DialEnded.class, this::rung)
            .otherwise(event -> hours());

    @Override
    public CallFlow next(FlowEvent event) {
        return router.route(event);
    }

    private static CallFlow menu() {
        return CallFlow.start()
                .gather(Gather.digits(1, Continuation.named("menu"))
                        .asking(new Say("Press 1 for the front desk, 2 for our opening hours.", Locale.ENGLISH)));
    }

    private CallFlow chosen(InputGathered input) {
        return input.input().digits().equals("1")
                ? CallFlow.start()
                        .dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("desk"))
                                .ringingFor(Duration.ofSeconds(20)))
                : hours();
    }

    private CallFlow rung(DialEnded dial) {
        return dial.result() == Disposition.ANSWERED ? CallFlow.start().hangUp() : hours();
    }

    private static CallFlow hours() {
        return CallFlow.start()
                .say("We are open from nine to five.", Locale.ENGLISH)
                .hangUp();
    }
}
// end
