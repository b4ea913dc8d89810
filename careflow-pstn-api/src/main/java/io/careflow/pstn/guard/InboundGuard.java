package io.careflow.pstn.guard;

import io.careflow.pstn.call.Party;
import io.careflow.pstn.guard.GuardBound.Within;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Limits of callers: how often they call, and how many IDs they guess, counted over all nodes that share the store. Atomic: many calls
 * at once guess no more than one after the other. Thread-safe. Throws what the store throws; an inbound desk refuses then.
 */
public final class InboundGuard {
    private static final String ANONYMOUS = "*";
    private static final Set<String> HIDDEN =
            Set.of("", "anonymous", "restricted", "unavailable", "unknown", "private");
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final InboundLimits limits;
    private final GuardStore store;

    /** A guard with these limits. */
    public InboundGuard(InboundLimits limits, GuardStore store) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Under what a caller is counted: the number, in E.164 if it can be read; all who show none together. */
    public static String caller(Party from, String homeRegion) {
        String address =
                from.normalised(homeRegion).address().toLowerCase(Locale.ROOT).strip();
        return HIDDEN.contains(address) ? ANONYMOUS : GuardKeys.plain(address);
    }

    /**
     * A call arrives. The same call again counts once.
     *
     * @param call its natural key
     * @param caller as {@link #caller} gives it
     * @return whether it may be answered
     */
    public boolean admits(String call, String caller) {
        boolean hidden = caller.equals(ANONYMOUS);
        Within minute = within(
                "caller-minute",
                "in/" + caller + "/minute",
                Duration.ofMinutes(1),
                hidden ? limits.anonymousMinute() : limits.callerMinute());
        Within all = within("all-callers-minute", "in/all/minute", Duration.ofMinutes(1), limits.allMinute());
        Within hour = within("caller-hour", "in/" + caller + "/hour", Duration.ofHours(1), limits.callerHour());
        return store.take(new GuardClaim(
                        "in/" + GuardKeys.plain(call),
                        hidden ? List.of(minute, all) : List.of(minute, hour, all),
                        SHORT))
                .taken();
    }

    /**
     * The caller entered an ID that is about to be looked up. It counts as wrong until {@link #right} says otherwise.
     *
     * @param attempt which try of the call; the same one again counts once
     * @return whether it may be looked up; if not, the caller is to hear what is said of an unknown ID
     */
    public boolean tries(String call, int attempt, String caller) {
        return store.take(new GuardClaim(
                        holder(call, attempt),
                        List.of(
                                within(
                                        "id-tries",
                                        tries(caller),
                                        limits.lock(),
                                        caller.equals(ANONYMOUS) ? limits.anonymousTries() : limits.tries()),
                                within("all-id-tries", tries("all"), limits.lock(), limits.allTries())),
                        SHORT))
                .taken();
    }

    /** The ID was one of a user, so it was no guess. */
    public void right(String call, int attempt, String caller) {
        store.correct(holder(call, attempt), tries(caller), BigDecimal.ZERO);
        store.correct(holder(call, attempt), tries("all"), BigDecimal.ZERO);
    }

    private static String tries(String caller) {
        return "in/" + caller + "/tries";
    }

    private static String holder(String call, int attempt) {
        return "try/" + GuardKeys.plain(call) + "/" + attempt;
    }

    private static Within within(String rule, String key, Duration window, int most) {
        return new Within(rule, key, window, BigDecimal.ONE, BigDecimal.valueOf(most));
    }
}
