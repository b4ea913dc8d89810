package io.careflow.pstn;

import java.util.regex.Pattern;

/**
 * The caller's idempotency key of one command. Sending the same command twice under one id does it once; an uncertain
 * command is looked up by it instead of repeated.
 *
 * @param value 1 to 128 printable ASCII characters without blanks, unique per command, chosen by the caller
 */
public record CommandId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7e]{1,128}");

    public CommandId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("command id has " + value.length()
                    + " characters or characters outside printable ASCII; allowed are 1 to 128 without blanks");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
