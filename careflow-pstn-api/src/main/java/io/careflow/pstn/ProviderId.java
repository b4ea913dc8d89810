package io.careflow.pstn;

import java.util.regex.Pattern;

/**
 * Names one configured provider, for example {@code telnyx} or {@code asterisk-east}. Two accounts of one vendor are two
 * ids.
 *
 * @param value 1 to 40 lower-case letters, digits and dashes, starting with a letter
 */
public record ProviderId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public ProviderId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("provider id '" + value
                    + "' is not usable: 1 to 40 lower-case letters, digits and dashes, starting with a letter");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
