package io.careflow.pstn.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an adapter's settings, to say it all at once. Used by one thread. */
public final class SettingsCheck {
    private final String who;
    private final List<String> problems = new ArrayList<>();

    /**
     * Nothing found yet.
     *
     * @param who whose settings, for the message, such as {@code Twilio}
     */
    public SettingsCheck(String who) {
        this.who = who;
    }

    /** Notes the problem unless this is right. */
    public void require(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    /** A setting whose type says itself what is wrong. */
    public void made(Runnable making) {
        try {
            making.run();
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** An http or https URL without log-in, query and fragment. Not quoted: it may hold a password. */
    public void web(String what, @Nullable URI url) {
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

    /** A span of time that must be more than nothing. */
    public void positive(String what, Duration value) {
        require(!value.isNegative() && !value.isZero(), what + " is " + value + ", not positive");
    }

    /**
     * Ends the check.
     *
     * @throws IllegalArgumentException with all that was found
     */
    public void done() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(who + ": " + String.join("; ", problems));
        }
    }
}
