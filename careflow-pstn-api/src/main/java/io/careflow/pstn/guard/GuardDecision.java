package io.careflow.pstn.guard;

import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may go on, and every rule that spoke.
 *
 * @param allowed whether it may
 * @param ticket what was taken; keep it until the call is over, then {@link CallGuard#settle}. Nothing was taken if not allowed
 * @param longest the longest talk that is allowed; nothing if not allowed
 * @param spend what was counted against the limits of spend, or null if nothing was
 * @param rulings what each rule said, in the order they were asked
 */
public record GuardDecision(
        boolean allowed,
        GuardTicket ticket,
        Duration longest,
        @Nullable Money spend,
        List<GuardRuling> rulings) {
    public GuardDecision {
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(longest, "longest");
        rulings = List.copyOf(rulings);
    }

    /** When it was decided. */
    public Instant at() {
        return ticket.takenAt();
    }

    /** The rules that refused; empty if it is allowed. */
    public List<GuardRuling> denials() {
        return of(GuardRuling.Verdict.DENIED);
    }

    /** The rules that would have refused, but only report. */
    public List<GuardRuling> wouldDeny() {
        return of(GuardRuling.Verdict.WOULD_DENY);
    }

    /** The ids of the rules that refused, for a record: {@code country price-per-minute}; empty if it is allowed. */
    public String ruleIds() {
        return denials().stream().map(ruling -> ruling.rule().id()).collect(Collectors.joining(" "));
    }

    /** One line: why it is refused, or for how long it is allowed. Names no number and no user. */
    public String because() {
        return allowed
                ? "allowed for " + longest
                : denials().stream().map(GuardRuling::because).collect(Collectors.joining("; "));
    }

    /** All rulings, one in each line. */
    @Override
    public String toString() {
        return (allowed ? "allowed for " + longest + (spend == null ? "" : ", counted as " + spend) : "denied")
                + rulings.stream().map(ruling -> "\n  " + ruling).collect(Collectors.joining());
    }

    private List<GuardRuling> of(GuardRuling.Verdict verdict) {
        return rulings.stream().filter(ruling -> ruling.verdict() == verdict).toList();
    }
}
