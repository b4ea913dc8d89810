package io.careflow.pstn.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules of all places that are known. Immutable; an application may make them stricter freely, and milder only by a method
 * that wants its reason.
 *
 * <p>The rules that come with the library are facts with statute, source and confidence, and no legal advice.
 */
public final class ConsentRules {
    private final Map<String, ConsentRule> rules = new TreeMap<>();

    private ConsentRules(Collection<ConsentRule> all) {
        all.forEach(rule -> rules.put(rule.place().code(), rule));
        if (!rules.containsKey(Jurisdiction.UNKNOWN.code())) {
            throw new IllegalArgumentException("rules say nothing of ZZ, the place that is not known");
        }
    }

    /** These rules and no others; one of them is for {@link Jurisdiction#UNKNOWN}. */
    public static ConsentRules of(Collection<ConsentRule> rules) {
        return new ConsentRules(rules);
    }

    /** The rules that come with the library, read anew with each call: what is advised, which is at least what each law asks. */
    public static ConsentRules standard() {
        return new ConsentRules(RulesReader.standard());
    }

    /** All of them, by code. */
    public List<ConsentRule> all() {
        return List.copyOf(rules.values());
    }

    /** The rule of exactly this place. */
    public Optional<ConsentRule> find(Jurisdiction place) {
        return Optional.ofNullable(rules.get(place.code()));
    }

    /**
     * Every rule that may hold for somebody in this place, the strictest first: its own, its country's, that of a union which it is a
     * member of; and where only a country is known, those of all its parts. For a place without a rule of its own, that of the place
     * that is not known. Never empty.
     */
    public List<ConsentRule> holding(Jurisdiction place) {
        List<ConsentRule> found = new ArrayList<>();
        find(place).or(() -> find(Jurisdiction.UNKNOWN)).ifPresent(found::add);
        place.country().flatMap(this::find).ifPresent(found::add);
        Jurisdiction country = place.country().orElse(place);
        rules.values().stream()
                .filter(rule -> rule.place().isPartOf(place) || rule.members().contains(country))
                .forEach(found::add);
        found.sort(Comparator.comparing(ConsentRule::action)
                .thenComparing(ConsentRule::floor)
                .reversed()
                .thenComparing(rule -> rule.place().code().length(), Comparator.reverseOrder())
                .thenComparing(rule -> rule.place().code()));
        return List.copyOf(found);
    }

    /**
     * The same with this rule in place of what was known of its place.
     *
     * @throws IllegalArgumentException if it asks less than what holds there so far: see {@link #lowering}
     */
    public ConsentRules overriding(ConsentRule rule) {
        ConsentAction before = before(rule);
        if (rule.action().compareTo(before) < 0) {
            throw new IllegalArgumentException("action of " + rule.place() + " is " + rule.action() + "; " + before
                    + " holds there, and less is allowed by lowering(rule, reason) only");
        }
        return with(rule);
    }

    /**
     * The same with this rule, which may ask less than what was known of its place. The application answers for that; its reason
     * becomes part of the rule and of every decision that rests on it.
     *
     * @param reason such as who advised it; not blank
     */
    public ConsentRules lowering(ConsentRule rule, String reason) {
        return with(rule.doing(rule.action(), "lowered by the application: " + required(reason)));
    }

    /**
     * The same, where each rule asks only the least that its law asks as far as is known, and not what is advised.
     *
     * @param reason such as who advised it; not blank
     */
    public ConsentRules loweredToTheFloor(String reason) {
        String why = "only what the law asks, says the application: " + required(reason);
        return new ConsentRules(rules.values().stream()
                .map(rule -> rule.action() == rule.floor() ? rule : rule.doing(rule.floor(), why))
                .toList());
    }

    private ConsentAction before(ConsentRule rule) {
        return find(rule.place())
                .map(ConsentRule::action)
                .orElseGet(() -> holding(rule.place()).get(0).action());
    }

    private ConsentRules with(ConsentRule rule) {
        List<ConsentRule> all = new ArrayList<>(rules.values());
        all.add(rule);
        return new ConsentRules(all);
    }

    private static String required(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason is blank; say who allows less than the rule, and why");
        }
        return reason;
    }
}
