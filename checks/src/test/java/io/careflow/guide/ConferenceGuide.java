package io.careflow.guide;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.desk.CommandRecords;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import java.util.List;

/** The code about rooms that docs/outbound.md shows. */
final class ConferenceGuide {
    private ConferenceGuide() {}

    static List<CallFlow> rooms() {
        // snippet: conference-room
        CallFlow asHost = CallFlow.start().end(new Conference("ward-3", Continuation.named("left")).asHost());
        CallFlow asGuest = CallFlow.start().end(new Conference("ward-3", Continuation.named("left")));
        // end
        return List.of(asHost, asGuest);
    }

    static String costs(OutboundDesk desk) {
        // snippet: meeting-cost
        CommandRecords meeting = desk.records(new CommandId("meeting-4711"));
        CdrCost cost = meeting.cost(); // unknown as long as one of the prices is
        boolean settled = meeting.complete();
        // end
        return settled ? cost.explanation() : "goes on";
    }
}
