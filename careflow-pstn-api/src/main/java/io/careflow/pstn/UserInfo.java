package io.careflow.pstn;

import java.util.regex.Pattern;

/** The {@code user:password@} of URLs, which carriers use to sign on at our webhooks and which is nobody else's to see. */
public final class UserInfo {
    // To the last @ before the path: whoever did not escape one in a password shall not be given away either.
    private static final Pattern IN_URL = Pattern.compile("://[^/?#\\s]*@");

    private UserInfo() {}

    /** The text with {@code ...@} in the place of the user and password of each URL in it; for logs and messages. */
    public static String hiddenIn(String text) {
        return IN_URL.matcher(text).replaceAll("://...@");
    }
}
