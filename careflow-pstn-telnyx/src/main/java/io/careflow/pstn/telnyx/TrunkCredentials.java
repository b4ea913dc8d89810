package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The credential of a new trunk, by Telnyx's rules: a user of 4 to 32 letters and digits, which nobody else at Telnyx has; a
 * password of 8 to 128 characters, of which ours want 12. Thread-safe if its generator is.
 */
final class TrunkCredentials {
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";
    private static final int LENGTH = 32;
    private static final int LEAST = 12;
    private static final int LONGEST = 128;
    private static final int NAME = 20;
    private static final int SUFFIX = 8;
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9]{4,32}");

    private final ProviderId provider;
    private final RandomGenerator random;

    TrunkCredentials(ProviderId provider, RandomGenerator random) {
        this.provider = provider;
        this.random = random;
    }

    /**
     * The credential, with its password; made up where the trunk would be open without one. Null where addresses are the proof.
     *
     * @throws InvalidRequest if it breaks Telnyx's rules; nothing was sent
     */
    @Nullable
    SipCredential of(String operation, TrunkRequest request, ConnectionKind kind) {
        List<SipCredential> given = request.credentials();
        if (!given.isEmpty()) {
            return checked(operation, given.get(0));
        }
        boolean addresses = kind == ConnectionKind.IP || !request.allowed().isEmpty();
        return addresses ? null : new SipCredential(user(request.name()), Secret.of(text(LETTERS + DIGITS, LENGTH)));
    }

    private SipCredential checked(String operation, SipCredential credential) {
        if (!USER.matcher(credential.username()).matches()) {
            throw refused(operation, "SIP username is not 4 to 32 letters and digits");
        }
        Secret password = credential.password();
        if (password == null) {
            return new SipCredential(credential.username(), Secret.of(text(LETTERS + DIGITS, LENGTH)));
        }
        int length = password.reveal().length();
        if (length < LEAST || length > LONGEST) {
            throw refused(operation, "SIP password has not " + LEAST + " to " + LONGEST + " characters");
        }
        return credential;
    }

    private String user(String name) {
        String letters = name.replace("-", "");
        return letters.substring(0, Math.min(letters.length(), NAME)) + text(DIGITS, SUFFIX);
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private InvalidRequest refused(String operation, String reason) {
        return new InvalidRequest(Failure.of(provider, operation, Effect.NONE, reason));
    }
}
