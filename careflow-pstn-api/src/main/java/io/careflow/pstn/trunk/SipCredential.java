package io.careflow.pstn.trunk;

import io.careflow.pstn.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a SIP client proves itself with (digest, RFC 8760).
 *
 * @param username 1 to 64 letters, digits, {@code . _ - +}
 * @param password null where the carrier does not tell it again
 */
public record SipCredential(String username, @Nullable Secret password) {
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    public SipCredential {
        if (!USER.matcher(username).matches()) {
            throw new IllegalArgumentException("SIP username has " + username.length()
                    + " characters or characters that are not allowed: 1 to 64 letters, digits, '.', '_', '-' and '+'");
        }
    }
}
