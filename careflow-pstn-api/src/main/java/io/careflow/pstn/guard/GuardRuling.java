package io.careflow.pstn.guard;

import java.util.Objects;

/**
 * What one rule said.
 *
 * @param rule which rule
 * @param verdict what it said
 * @param limit its limit in words, such as {@code 3 in PT10M} or {@code 2.00 in a day}; empty if it has none
 * @param current how things stand without this request, in words; empty if there is nothing to tell
 * @param because why, in one line
 */
public record GuardRuling(GuardRule rule, Verdict verdict, String limit, String current, String because) {
    public GuardRuling {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(because, "because");
    }

    @Override
    public String toString() {
        return rule.id() + " " + verdict + ": " + because
                + (limit.isEmpty() ? "" : " (limit " + limit + (current.isEmpty() ? "" : ", now " + current) + ")");
    }

    /** What a rule can say. */
    public enum Verdict {
        /** It has nothing against it. */
        ALLOWED,
        /** It refuses. */
        DENIED,
        /** It would refuse, but only reports. */
        WOULD_DENY,
        /** Not asked, because another rule refused before. */
        NOT_ASKED
    }
}
