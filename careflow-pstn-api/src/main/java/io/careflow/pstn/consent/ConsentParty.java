package io.careflow.pstn.consent;

import io.careflow.pstn.call.Party;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose voice would be recorded.
 *
 * @param name what the application calls them, unique within the call, such as {@code caller}; 1 to 64 characters
 * @param address number or SIP user
 * @param place where they are, if the application knows it (an address in its records, not a guess); else null
 */
public record ConsentParty(
        String name, Party address, @Nullable Jurisdiction place) {
    private static final int LONGEST = 64;

    public ConsentParty {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "name of the party has " + name.length() + " characters; allowed are 1 to " + LONGEST);
        }
        Objects.requireNonNull(address, "address");
    }

    /** Somebody of whom only the number is known. */
    public static ConsentParty of(String name, Party address) {
        return new ConsentParty(name, address, null);
    }

    /** Somebody of whom it is known where they are. */
    public static ConsentParty in(Jurisdiction place, String name, Party address) {
        return new ConsentParty(name, address, place);
    }
}
