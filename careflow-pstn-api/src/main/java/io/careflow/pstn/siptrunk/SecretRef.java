package io.careflow.pstn.siptrunk;

import java.util.regex.Pattern;

/**
 * Says where a secret is found, so that a profile can be shown, logged and stored without holding one: {@code env:NAME} is a
 * variable of the environment, {@code file:/path} the first line of a file. A {@link SecretSource} fetches it when it is needed.
 *
 * @param text the reference; anything else is refused and not repeated, as it may be the secret itself
 */
public record SecretRef(String text) {
    private static final Pattern ALLOWED =
            Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]{0,99}|file:/[A-Za-z0-9._/@+-]{1,250}");

    public SecretRef {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "secret is no reference (not shown here, as it may be the secret itself); expected"
                            + " env:NAME_OF_VARIABLE or file:/absolute/path");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
