package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of sub-accounts by VoIP.ms's rules: at least 8 characters with upper case, lower case and a digit, and only some
 * signs. {@code #} is refused although VoIP.ms takes it, because it cuts a line of a PBX's configuration short. Thread-safe if
 * its generator is.
 */
final class SipPasswords {
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";
    private static final int LENGTH = 24;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9!$%&/()=?*\\[\\]_:.,{}+-]{8,64}");
    private static final Pattern MIXED = Pattern.compile("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).*");

    private final ProviderId provider;
    private final RandomGenerator random;

    SipPasswords(ProviderId provider, RandomGenerator random) {
        this.provider = provider;
        this.random = random;
    }

    /**
     * The password, if it keeps the rules; a strong one if there is none.
     *
     * @throws InvalidRequest if it breaks them; nothing was sent, and the password is not shown
     */
    Secret of(String operation, @Nullable Secret given) {
        if (given == null) {
            return Secret.of(generated());
        }
        String text = given.reveal();
        if (!ALLOWED.matcher(text).matches() || !MIXED.matcher(text).matches()) {
            throw new InvalidRequest(Failure.of(
                    provider,
                    operation,
                    Effect.NONE,
                    "SIP password breaks VoIP.ms's rules: 8 to 64 letters, digits and ! $ % & / ( ) = ? * [ ] _ : . , { } + -, "
                            + "with upper case, lower case and a digit"));
        }
        return given;
    }

    private String generated() {
        while (true) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                String alphabet = UPPER + LOWER + DIGITS;
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (MIXED.matcher(text).matches()) {
                return text.toString();
            }
        }
    }
}
