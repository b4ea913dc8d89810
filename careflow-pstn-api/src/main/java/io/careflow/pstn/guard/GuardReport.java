package io.careflow.pstn.guard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which guard fired, when and how often: listens to decisions and groups them. Keeps numbers only, so it can listen for months; of users
 * it remembers up to ten thousand for each rule. Thread-safe. In memory of one node; each denial is also a CDR.
 */
public final class GuardReport implements GuardListener {
    private static final int MOST_USERS = 10_000;

    private final Map<GuardRule, Count> counts = new EnumMap<>(GuardRule.class);
    private long allowed;
    private long denied;

    @Override
    public synchronized void decided(GuardRequest request, GuardDecision decision) {
        if (decision.allowed()) {
            allowed++;
        } else {
            denied++;
        }
        String user = request.tenant() + "/" + request.user();
        for (GuardRuling ruling : decision.rulings()) {
            if (ruling.verdict() == GuardRuling.Verdict.DENIED || ruling.verdict() == GuardRuling.Verdict.WOULD_DENY) {
                add(ruling, user, decision.at());
            }
        }
    }

    @Override
    public synchronized void alarmed(GuardTicket ticket, GuardRuling ruling, Instant at) {
        add(ruling, ticket.tenant() + "/" + ticket.user(), at);
    }

    /** How many requests were allowed. */
    public synchronized long allowed() {
        return allowed;
    }

    /** How many requests were refused. */
    public synchronized long denied() {
        return denied;
    }

    /** The rules that refused something, or would have, the one that fired first at the beginning. */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        counts.forEach((rule, count) -> lines.add(new Line(
                rule, count.denied, count.wouldDeny, count.first, count.last, count.users.size(), count.example)));
        lines.sort(Comparator.comparing(Line::first));
        return lines;
    }

    /** The report as a table of text. */
    @Override
    public String toString() {
        return allowed() + " allowed, " + denied() + " denied\n"
                + String.format(
                        "%-20s %7s %7s %5s  %-20s  %-20s  %s%n",
                        "rule", "denied", "would", "users", "first", "last", "why")
                + lines().stream().map(Line::toString).collect(Collectors.joining());
    }

    private void add(GuardRuling ruling, String user, Instant at) {
        Count count = counts.computeIfAbsent(ruling.rule(), rule -> new Count(at, ruling.because()));
        count.add(ruling, user, at);
    }

    /**
     * One rule.
     *
     * @param rule which
     * @param denied how many requests it refused, alone or with others
     * @param wouldDeny how many it would have refused, if it did not only report
     * @param first when first
     * @param last when last
     * @param users how many users were concerned
     * @param because why the first was refused
     */
    public record Line(
            GuardRule rule, long denied, long wouldDeny, Instant first, Instant last, int users, String because) {
        @Override
        public String toString() {
            return String.format(
                    "%-20s %7d %7d %5d  %-20s  %-20s  %s%n", rule.id(), denied, wouldDeny, users, first, last, because);
        }
    }

    private static final class Count {
        private final Instant first;
        private final String example;
        private final Set<String> users = new HashSet<>();
        private Instant last;
        private long denied;
        private long wouldDeny;

        private Count(Instant first, String example) {
            this.first = first;
            this.example = example;
            this.last = first;
        }

        private void add(GuardRuling ruling, String user, Instant at) {
            if (ruling.verdict() == GuardRuling.Verdict.DENIED) {
                denied++;
            } else {
                wouldDeny++;
            }
            last = at.isAfter(last) ? at : last;
            if (users.size() < MOST_USERS) {
                users.add(user);
            }
        }
    }
}
