package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose phones and browsers register at our SIP servers. A value.
 *
 * @param name the SIP user part, also the name to register with: 1 to 40 letters, digits, dots, underscores and hyphens,
 *     beginning with a letter or digit
 * @param displayName what called phones of colleagues show: up to 60 characters, none that a configuration file could take for
 *     its own
 * @param password 8 to 128 visible ASCII characters, none of {@code ; # " \ $} or the backquote
 * @param webRtc whether a browser registers (WebSocket, DTLS-SRTP) where users register at Asterisk itself; behind Kamailio a
 *     user may have both kinds
 * @param callerId where users register at Asterisk itself: what the application sees as caller of this user's own calls, and
 *     with null they are refused before it sees them. Behind Kamailio it is not used: every call of a user reaches the
 *     application, which decides. Nothing is dialled out by itself in either case
 */
public record SipUser(
        String name,
        String displayName,
        Secret password,
        boolean webRtc,
        @Nullable PhoneNumber callerId) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern PASSWORD = Pattern.compile("[!%-:<-\\[\\]-_a-~]{8,128}");

    /** Checks names and password; the password is never in a message. */
    public SipUser {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("user name is '" + SafeText.shown(name)
                    + "'; allowed are 1 to 40 letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        SafeText.require("display name of user " + name, displayName, 60);
        Objects.requireNonNull(password, "password");
        if (!PASSWORD.matcher(password.reveal()).matches()) {
            throw new IllegalArgumentException("password of user " + name
                    + " has a length or characters that are not allowed; allowed are 8 to 128 visible ASCII characters"
                    + " without ; # \" \\ $ and `");
        }
    }
}
