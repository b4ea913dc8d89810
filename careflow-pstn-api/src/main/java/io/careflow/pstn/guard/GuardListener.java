package io.careflow.pstn.guard;

import java.time.Instant;

/** Hears of every decision: for alarms, reports and metrics. Thread-safe; what it throws is ignored. */
@FunctionalInterface
public interface GuardListener {
    /** This was decided about that request. */
    void decided(GuardRequest request, GuardDecision decision);

    /** A user spends suddenly much more than on other days, and is frozen unless the rule only reports. */
    default void alarmed(GuardTicket ticket, GuardRuling ruling, Instant at) {}
}
