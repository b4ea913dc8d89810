package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.desk.OutboundDeskBuilder;
import io.careflow.pstn.money.Money;
import java.util.Optional;

/** What a story's calls have to pass: guard and credit. Thread-safe. */
interface Gate {

    /** Has the desk ask it. */
    OutboundDeskBuilder before(OutboundDeskBuilder desk);

    /** What was taken for this command; empty if nothing was. */
    Optional<Money> taken(CommandId command);

    /** What is set aside. */
    Money held();

    /** What is wrong with the counters of the guard now that no call goes on: they count what was taken; empty if nothing is wrong. */
    Optional<String> miscounted();

    /** The rule that {@link Kind#REFUSING} names. */
    String refusing();

    /** The rule that is named when the guard cannot be asked. */
    String failing();

    /** How its guard behaves. */
    enum Kind {
        OPEN,
        REFUSING,
        FAILING
    }
}
