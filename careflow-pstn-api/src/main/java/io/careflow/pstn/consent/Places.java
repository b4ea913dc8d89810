package io.careflow.pstn.consent;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Party;

/**
 * Where somebody is whose number is all that is known. Thread-safe.
 *
 * <p>A number is a hint at best: it tells a country, and no state. An area code cannot lower anything, since its owner may have
 * moved, and the strictest rule of the country, which is taken instead, is never milder than that of one of its states.
 */
@FunctionalInterface
public interface Places {

    /** Where they are taken to be; {@link Jurisdiction#UNKNOWN} if that cannot be told. */
    Jurisdiction of(Party party);

    /**
     * By the country of the number, for numbers that are tied to one; unknown for mobile, VoIP, toll-free and other numbers that are
     * tied to no place, for those withheld, and for SIP users. In North America mobile numbers look like all others.
     */
    static Places fromNumbers() {
        return party -> party.number().map(number -> place(number, false)).orElse(Jurisdiction.UNKNOWN);
    }

    /**
     * The same, where mobile numbers count as being in their country.
     *
     * @param reason why the application thinks so; not blank
     */
    static Places withMobilesAtHome(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason is blank; say why mobile numbers are taken to be at home");
        }
        return party -> party.number().map(number -> place(number, true)).orElse(Jurisdiction.UNKNOWN);
    }

    private static Jurisdiction place(PhoneNumber number, boolean mobiles) {
        boolean tied = switch (number.type()) {
            case FIXED_LINE, FIXED_LINE_OR_MOBILE -> true;
            case MOBILE -> mobiles;
            default -> false;
        };
        return tied ? number.country().map(Jurisdiction::new).orElse(Jurisdiction.UNKNOWN) : Jurisdiction.UNKNOWN;
    }
}
