package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;

/** Twilio's ids: two letters and 32 hexadecimal digits. They stand in paths, which twilio-java does not encode. */
final class Sid {
    private Sid() {}

    static boolean is(String prefix, String value) {
        return value.length() == 34
                && value.startsWith(prefix)
                && value.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    /**
     * The value, if it is an id of that kind.
     *
     * @param what for people, such as {@code trunk id}
     * @throws InvalidRequest if it is something else; nothing was sent
     */
    static String require(ProviderId provider, String operation, String what, String prefix, String value) {
        if (!is(prefix, value)) {
            throw new InvalidRequest(Failure.of(
                    provider, operation, Effect.NONE, what + " is not '" + prefix + "' and 32 hexadecimal digits"));
        }
        return value;
    }
}
