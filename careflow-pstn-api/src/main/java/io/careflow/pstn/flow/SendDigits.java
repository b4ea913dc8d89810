package io.careflow.pstn.flow;

import java.util.regex.Pattern;

/**
 * Sends DTMF to the caller's side. Answers the call if it is not answered yet.
 *
 * @param digits 1 to 64 of 0-9, A-D, * and #; {@code w} waits half a second
 */
public record SendDigits(String digits) implements Step {
    private static final Pattern ALLOWED = Pattern.compile("[0-9A-D*#w]{1,64}");

    public SendDigits {
        if (!ALLOWED.matcher(digits).matches()) {
            throw new IllegalArgumentException("digits to send are not usable: 1 to 64 of 0-9, A-D, *, # and w");
        }
    }

    @Override
    public String name() {
        return "send-digits";
    }
}
