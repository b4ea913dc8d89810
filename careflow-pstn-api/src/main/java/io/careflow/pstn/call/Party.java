package io.careflow.pstn.call;

import io.careflow.pstn.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One side of a call as the network presented it. A number counts as one only in E.164 with its plus sign: ten digits may be a
 * national number of anywhere. Who knows where the text comes from makes it E.164 by {@link #normalised}.
 *
 * @param address number or SIP user; empty for an anonymous caller
 * @param displayName the name shown with it, or null
 */
public record Party(String address, @Nullable String displayName) {
    private static final int LONGEST = 256;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern DIALLED = Pattern.compile("\\+?[0-9 ().-]{1,40}");
    private static final int FEWEST_DIGITS = 7;

    public Party {
        if (address.length() > LONGEST || (displayName != null && displayName.length() > LONGEST)) {
            throw new IllegalArgumentException("party address or name has more than " + LONGEST + " characters");
        }
    }

    /** A party of which only the address is known. */
    public static Party of(String address) {
        return new Party(address, null);
    }

    /** A telephone number. */
    public static Party of(PhoneNumber number) {
        return new Party(number.e164(), null);
    }

    /** A caller who withholds the number. */
    public static Party anonymous() {
        return new Party("", null);
    }

    /** Whether the number is withheld. */
    public boolean isAnonymous() {
        return address.isEmpty();
    }

    /** The telephone number, if the address is one in E.164 with its plus sign. */
    public Optional<PhoneNumber> number() {
        return E164.matcher(address).matches() ? Optional.of(new PhoneNumber(address)) : Optional.empty();
    }

    /**
     * The same party with a number, as carriers write it who deliver calls to this region, as E.164. Everything that cannot be
     * read as a number stays as it is, and so does whatever has fewer than 7 digits and no plus sign: an extension, a short code.
     *
     * @param homeRegion ISO 3166 code of the region whose national form is assumed, such as {@code CA}
     * @throws IllegalArgumentException if the region is unknown
     */
    public Party normalised(String homeRegion) {
        if (!PhoneNumber.isRegion(homeRegion)) {
            throw new IllegalArgumentException(
                    "home region is '" + homeRegion + "'; expected an ISO 3166 code such as CA");
        }
        boolean internal = !address.startsWith("+")
                && address.chars().filter(c -> c >= '0' && c <= '9').count() < FEWEST_DIGITS;
        if (internal || !DIALLED.matcher(address).matches()) {
            return this;
        }
        try {
            return new Party(PhoneNumber.parse(address, homeRegion).e164(), displayName);
        } catch (IllegalArgumentException e) {
            return this;
        }
    }
}
