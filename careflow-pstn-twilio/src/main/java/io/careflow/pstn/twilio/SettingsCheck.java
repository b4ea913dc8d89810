package io.careflow.pstn.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with settings, to say it all at once. Used by one thread. */
final class SettingsCheck {
    private static final Pattern PLACE = Pattern.compile("[a-z]{2,20}[0-9]{0,2}(-ix)?|[a-z]{2,10}(-[a-z]{2,10}){1,2}");

    private final List<String> problems = new ArrayList<>();

    void require(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    /** A setting whose type says itself what is wrong. */
    void made(Runnable making) {
        try {
            making.run();
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** The name of a region or an edge. */
    void place(String what, @Nullable String value) {
        require(
                value == null || PLACE.matcher(value).matches(),
                what + " is '" + value + "', not a name such as ie1 or dublin");
    }

    /** Not quoted: it may hold a password. */
    void web(String what, @Nullable URI url) {
        if (url == null) {
            return;
        }
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        String authority = url.getRawAuthority();
        require(
                http
                        && authority != null
                        && !authority.contains("@")
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null,
                what + " is not http or https with a host and, at most, a path");
    }

    void positive(String what, Duration value) {
        require(!value.isNegative() && !value.isZero(), what + " is " + value + ", not positive");
    }

    /** @throws IllegalArgumentException with all that was found */
    void done() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Twilio: " + String.join("; ", problems));
        }
    }
}
