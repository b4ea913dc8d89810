package io.careflow.pstn.consent;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What must happen so that a call may be recorded.
 *
 * @param action the strictest of all parties, and of what the application wants at least
 * @param parties what holds for each, in the order in which they were named; 1 to 100, each with a name of its own
 * @param atLeast what the application wants at least, whatever the rules say
 */
public record ConsentDecision(ConsentAction action, List<Ruling> parties, ConsentAction atLeast) {
    private static final int MOST = 100;

    public ConsentDecision {
        parties = List.copyOf(parties);
        if (parties.isEmpty() || parties.size() > MOST) {
            throw new IllegalArgumentException("there are " + parties.size() + " parties; allowed are 1 to " + MOST);
        }
        Set<String> names = new HashSet<>();
        for (Ruling ruling : parties) {
            if (!names.add(ruling.party().name())) {
                throw new IllegalArgumentException(
                        "two parties are named '" + ruling.party().name() + "'; each needs a name of its own");
            }
        }
        ConsentAction strictest = parties.stream().map(Ruling::action).reduce(atLeast, ConsentAction::stricter);
        if (action != strictest) {
            throw new IllegalArgumentException("action is " + action + "; of these parties it is " + strictest);
        }
    }

    static ConsentDecision of(List<Ruling> parties, ConsentAction atLeast) {
        ConsentAction action = parties.stream().map(Ruling::action).reduce(atLeast, ConsentAction::stricter);
        return new ConsentDecision(action, parties, atLeast);
    }

    /** The names of those whose place demands the action; empty if only the application does. */
    public List<String> decidedBy() {
        return parties.stream()
                .filter(ruling -> ruling.action() == action)
                .map(ruling -> ruling.party().name())
                .toList();
    }

    /** Why, in a line for each party, and one for the application where it wants more than the rules. */
    public List<String> because() {
        List<String> lines =
                new java.util.ArrayList<>(parties.stream().map(Ruling::because).toList());
        if (decidedBy().isEmpty()) {
            lines.add("the application: at least " + atLeast);
        }
        return List.copyOf(lines);
    }

    /**
     * What holds for one party.
     *
     * @param party who
     * @param place where they are, or are taken to be
     * @param rule the strictest rule that may hold there
     */
    public record Ruling(ConsentParty party, Jurisdiction place, ConsentRule rule) {
        public Ruling {
            Objects.requireNonNull(party, "party");
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(rule, "rule");
        }

        /** What the rule asks. */
        public ConsentAction action() {
            return rule.action();
        }

        /** Why, in one line: who, where and how that is known, the rule, and how sure it is. */
        public String because() {
            String how = party.place() == null
                    ? place.equals(Jurisdiction.UNKNOWN) ? "place not known" : "by the number"
                    : "known to the application";
            String law = rule.statute().isEmpty() ? rule.name() : rule.name() + ", " + rule.statute();
            return party.name() + ": " + action() + " in " + place + " (" + how + "): " + rule.place() + " "
                    + rule.basis()
                    + ", " + law + (rule.disputed() ? ", disputed" : "") + ", confidence " + rule.confidence()
                    + (rule.note().isEmpty() ? "" : ", " + rule.note());
        }
    }
}
