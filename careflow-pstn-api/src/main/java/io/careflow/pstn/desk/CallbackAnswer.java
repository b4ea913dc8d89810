package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.RoutePlan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What became of a wish to be called back. Only {@link Placed} says that a phone rings. */
public sealed interface CallbackAnswer {

    /**
     * The user's phone is about to ring.
     *
     * @param call the call, whose record will come of it
     * @param onNet whether nobody outside is called, at cost 0
     * @param talk the longest talk that is allowed and paid for
     * @param held what was set aside for it
     */
    record Placed(CallRef call, boolean onNet, Duration talk, Money held) implements CallbackAnswer {}

    /**
     * Refused by rules. Nothing rang; there is a record.
     *
     * @param rules ids of the rules that refused, at least one
     * @param because for people
     */
    record Denied(List<String> rules, String because) implements CallbackAnswer {
        public Denied {
            rules = List.copyOf(rules);
            Objects.requireNonNull(because, "because");
        }
    }

    /**
     * There is not enough money for the first piece of talk. Nothing rang; there is a record.
     *
     * @param available what could be spent
     * @param asked the least that would be needed
     */
    record NotPaid(Money available, Money asked) implements CallbackAnswer {}

    /**
     * There is no way to the destination, or none of those tried took the call. Nothing rang; there is a record.
     *
     * @param plan what was planned, with the reason of each route
     * @param because for people
     */
    record NoRoute(RoutePlan plan, String because) implements CallbackAnswer {}

    /**
     * The provider may have taken the call: it is followed up by its command, and never placed again.
     *
     * @param command the command
     * @param because what is not known
     */
    record InDoubt(CommandId command, String because) implements CallbackAnswer {}

    /**
     * The command was given before. Nothing was done now.
     *
     * @param earlier how it stands
     */
    record Repeated(OutboundEntry earlier) implements CallbackAnswer {}

    /**
     * The command was given before, for something else. Nothing was done now.
     *
     * @param command the command
     */
    record Conflicting(CommandId command) implements CallbackAnswer {}
}
