package io.careflow.pstn.consent;

import java.util.Objects;
import java.util.Set;

/**
 * What is known of the law of one place on recording calls. Not legal advice: see {@link #confidence}, {@link #disputed} and
 * {@link #unchecked}, and ask a lawyer where it matters.
 *
 * @param place where it holds
 * @param name its name in English
 * @param basis whose agreement it wants
 * @param floor the least that its law asks, as far as is known
 * @param action what is done: the floor, or more where more is advised
 * @param disputed whether sources or courts differ
 * @param unchecked whether it is from general knowledge in part, and not from the text of the law
 * @param statute where it stands; empty if that is not known
 * @param source who says so
 * @param confidence how well it is known
 * @param members other places in which it holds too, on top of their own rules
 * @param note what else there is to know; empty if nothing
 */
public record ConsentRule(
        Jurisdiction place,
        String name,
        ConsentBasis basis,
        ConsentAction floor,
        ConsentAction action,
        boolean disputed,
        boolean unchecked,
        String statute,
        String source,
        Confidence confidence,
        Set<Jurisdiction> members,
        String note) {
    public ConsentRule {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(floor, "floor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(statute, "statute");
        Objects.requireNonNull(confidence, "confidence");
        members = Set.copyOf(members);
        Objects.requireNonNull(note, "note");
        if (source.isBlank()) {
            throw new IllegalArgumentException("source of the rule for " + place + " is blank; say who says so");
        }
    }

    /** A rule that an application made, or learned of. */
    public static ConsentRule of(Jurisdiction place, ConsentBasis basis, ConsentAction action, String source) {
        return new ConsentRule(
                place, place.code(), basis, action, action, false, false, "", source, Confidence.HIGH, Set.of(), "");
    }

    /** The same rule with another action, and a note that says why. */
    ConsentRule doing(ConsentAction value, String why) {
        return new ConsentRule(
                place,
                name,
                basis,
                floor,
                value,
                disputed,
                unchecked,
                statute,
                source,
                confidence,
                members,
                note.isEmpty() ? why : note + "; " + why);
    }

    /** How well a rule is known. */
    public enum Confidence {
        /** Several good sources agree. */
        HIGH,
        /** One good source. */
        MEDIUM,
        /** Hearsay: ask a lawyer. */
        LOW,
        /** Nothing is known. */
        NONE
    }
}
