package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.TalkPrice;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Whether an inbound call may go on to a telephone number of its user, which somebody pays for. Thread-safe. */
@FunctionalInterface
public interface ForwardGuard {

    /**
     * Decides.
     *
     * @param call the inbound call
     * @param user whose number it is, and who pays
     * @param number who would be called
     * @param wanted the longest talk that is asked for
     * @return how long they may talk; zero: that number is not rung. What it throws counts as zero
     */
    Duration talk(CallRef call, User user, PhoneNumber number, Duration wanted);

    /**
     * By the same rules and counters as all calls, with the purpose {@link GuardPurpose#FORWARD}. What was counted for the whole talk
     * stays counted: the guard is not told how long it was.
     *
     * @param price of such a call; empty if it is not known, which denies
     */
    static ForwardGuard of(CallGuard guard, BiFunction<User, PhoneNumber, Optional<? extends TalkPrice>> price) {
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(price, "price");
        return (call, user, number, wanted) -> {
            String holder = "forward/" + Fingerprint.direct(call).value() + "/" + number.e164();
            GuardRequest asked = GuardRequest.of(holder, user.tenant(), user.id(), GuardPurpose.FORWARD, number)
                    .wanting(wanted);
            GuardDecision decision =
                    guard.decide(price.apply(user, number).map(asked::priced).orElse(asked));
            return decision.allowed() ? decision.longest() : Duration.ZERO;
        };
    }
}
