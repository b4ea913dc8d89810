package io.careflow.pstn.desk;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.routing.RoutePlan;
import java.util.List;

/** What was decided about a wish. */
sealed interface Decision {
    /** It may be placed. */
    record Ready(OutboundOrder order, RoutePlan plan) implements Decision {}

    /** It may not. */
    record Refused(OutboundOrder order, CallbackAnswer answer, Disposition disposition) implements Decision {}

    static Refused denied(OutboundOrder order, String rule, String because) {
        return denied(order, new CallbackAnswer.Denied(List.of(rule), because));
    }

    static Refused denied(OutboundOrder order, CallbackAnswer answer) {
        return new Refused(order, answer, Disposition.DENIED);
    }
}
