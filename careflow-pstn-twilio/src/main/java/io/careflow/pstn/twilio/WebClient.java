package io.careflow.pstn.twilio;

import io.careflow.pstn.call.Destination;
import java.util.regex.Pattern;

/**
 * A browser or app that is connected to Twilio's Voice SDK, as somewhere a flow can dial.
 *
 * @param identity the name under which it registered: 1 to 121 letters, digits and underscores
 */
public record WebClient(String identity) implements Destination {
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9_]{1,121}");

    public WebClient {
        if (!isIdentity(identity)) {
            throw new IllegalArgumentException(
                    "client identity is not usable: 1 to 121 letters, digits and underscores");
        }
    }

    static boolean isIdentity(String text) {
        return IDENTITY.matcher(text).matches();
    }

    @Override
    public String address() {
        return "client:" + identity;
    }
}
