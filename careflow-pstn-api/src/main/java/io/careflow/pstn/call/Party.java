package io.careflow.pstn.call;

import io.careflow.pstn.PhoneNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One side of a call as the network presented it. The raw text is kept even where it is a telephone number.
 *
 * @param address number or SIP user as received; empty for an anonymous caller
 * @param displayName the name shown with it, or null
 */
public record Party(String address, @Nullable String displayName) {
    private static final int LONGEST = 256;

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

    /** The telephone number, if the address is one in E.164, with or without the plus sign as carriers send it. */
    public Optional<PhoneNumber> number() {
        String digits = address.startsWith("+") ? address.substring(1) : address;
        boolean plausible = digits.length() >= 8 && digits.length() <= 15 && digits.charAt(0) != '0';
        return plausible && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.of(new PhoneNumber("+" + digits))
                : Optional.empty();
    }
}
