package io.careflow.pstn.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says what must happen before a call is recorded: where each party is, what may hold there, and of all that the strictest.
 * Pure and thread-safe.
 *
 * <p>This is not legal advice. The rules that come with the library are collected facts, some of them disputed or of low
 * confidence, and each says so; who records answers for it, and asks a lawyer.
 */
public final class RecordingPolicy {
    private final ConsentRules rules;
    private final Places places;
    private final ConsentAction atLeast;

    /** A policy of these rules, which finds places like this. */
    public RecordingPolicy(ConsentRules rules, Places places) {
        this(rules, places, ConsentAction.NONE);
    }

    private RecordingPolicy(ConsentRules rules, Places places, ConsentAction atLeast) {
        this.rules = Objects.requireNonNull(rules, "rules");
        this.places = Objects.requireNonNull(places, "places");
        this.atLeast = Objects.requireNonNull(atLeast, "atLeast");
    }

    /** The rules that come with the library, and places by numbers where the application does not know them. */
    public static RecordingPolicy standard() {
        return new RecordingPolicy(ConsentRules.standard(), Places.fromNumbers());
    }

    /** The same, which asks at least this of everybody. Never makes it milder. */
    public RecordingPolicy atLeast(ConsentAction action) {
        return new RecordingPolicy(rules, places, atLeast.stricter(action));
    }

    /**
     * What must happen so that a call of these may be recorded.
     *
     * @throws IllegalArgumentException if there is nobody, or two have one name
     */
    public ConsentDecision decide(List<ConsentParty> parties) {
        return ConsentDecision.of(parties.stream().map(this::ruling).toList(), atLeast);
    }

    /** What to do when somebody joins a call that is being recorded, or may be, under this decision. */
    public ConsentChange joined(ConsentDecision sofar, ConsentParty newcomer) {
        List<ConsentDecision.Ruling> all = new ArrayList<>(sofar.parties());
        all.add(ruling(newcomer));
        return change(sofar, all);
    }

    /**
     * What to do when one party makes way for another, as in a transfer.
     *
     * @throws IllegalArgumentException if nobody of that name is in the decision
     */
    public ConsentChange transferred(ConsentDecision sofar, String leaving, ConsentParty newcomer) {
        List<ConsentDecision.Ruling> all = new ArrayList<>(sofar.parties());
        if (!all.removeIf(ruling -> ruling.party().name().equals(leaving))) {
            throw new IllegalArgumentException("nobody is named '" + leaving + "' in the decision");
        }
        all.add(ruling(newcomer));
        return change(sofar, all);
    }

    private ConsentChange change(ConsentDecision sofar, List<ConsentDecision.Ruling> all) {
        ConsentDecision now = ConsentDecision.of(all, atLeast.stricter(sofar.atLeast()));
        boolean stricter = now.action().compareTo(sofar.action()) > 0;
        ConsentChange.Now what = switch (now.action()) {
            case NONE -> ConsentChange.Now.NOTHING;
            case ANNOUNCE -> stricter ? ConsentChange.Now.PAUSE_UNTIL_CONSENT : ConsentChange.Now.ANNOUNCE_AGAIN;
            case EXPLICIT -> ConsentChange.Now.PAUSE_UNTIL_CONSENT;
        };
        return new ConsentChange(what, now);
    }

    private ConsentDecision.Ruling ruling(ConsentParty party) {
        Jurisdiction known = party.place();
        Jurisdiction place = known == null ? places.of(party.address()) : known;
        return new ConsentDecision.Ruling(party, place, rules.holding(place).get(0));
    }
}
