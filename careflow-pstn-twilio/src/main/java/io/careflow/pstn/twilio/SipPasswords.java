package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The credentials of a new trunk, by Twilio's rules: a user of at most 32 characters; a password of at least 12 with a digit and
 * both cases. Thread-safe if its generator is.
 */
final class SipPasswords {
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";
    private static final int LENGTH = 24;
    private static final int LEAST = 12;
    private static final int LONGEST_USER = 32;

    private final ProviderId provider;
    private final RandomGenerator random;

    SipPasswords(ProviderId provider, RandomGenerator random) {
        this.provider = provider;
        this.random = random;
    }

    /**
     * All credentials with their passwords; one is made up where the trunk would be open, or nobody could register.
     *
     * @throws InvalidRequest if one breaks Twilio's rules; nothing was sent
     */
    List<SipCredential> complete(String operation, TrunkRequest request) {
        List<SipCredential> complete = new ArrayList<>();
        for (SipCredential credential : request.credentials()) {
            complete.add(checked(operation, credential));
        }
        if (complete.isEmpty() && (request.allowed().isEmpty() || request.registration())) {
            String name = request.name();
            complete.add(new SipCredential(name.substring(0, Math.min(name.length(), LONGEST_USER)), generated()));
        }
        return complete;
    }

    private SipCredential checked(String operation, SipCredential credential) {
        if (credential.username().length() > LONGEST_USER) {
            throw refused(operation, "SIP username has more than " + LONGEST_USER + " characters");
        }
        Secret password = credential.password();
        if (password == null) {
            return new SipCredential(credential.username(), generated());
        }
        String text = password.reveal();
        if (text.length() < LEAST || !has(text, 'a', 'z') || !has(text, 'A', 'Z') || !has(text, '0', '9')) {
            throw refused(
                    operation, "SIP password has less than " + LEAST + " characters, or no digit, or not both cases");
        }
        return credential;
    }

    private InvalidRequest refused(String operation, String reason) {
        return new InvalidRequest(Failure.of(provider, operation, Effect.NONE, reason));
    }

    private Secret generated() {
        List<Character> letters = new ArrayList<>(List.of(any(UPPER), any(LOWER), any(DIGITS)));
        while (letters.size() < LENGTH) {
            letters.add(any(UPPER + LOWER + DIGITS));
        }
        StringBuilder mixed = new StringBuilder();
        while (!letters.isEmpty()) {
            mixed.append((char) letters.remove(random.nextInt(letters.size())));
        }
        return Secret.of(mixed.toString());
    }

    private char any(String alphabet) {
        return alphabet.charAt(random.nextInt(alphabet.length()));
    }

    private static boolean has(String text, char from, char to) {
        return text.chars().anyMatch(c -> c >= from && c <= to);
    }
}
