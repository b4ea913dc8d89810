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

    /** Whom Twilio is to ring: a user without a host is a client, where users are clients and it can be one. */
    static Destination ringing(Destination to, boolean usersAreClients) {
        return usersAreClients
                        && to instanceof Destination.Sip sip
                        && sip.sip().host() == null
                        && isIdentity(sip.sip().user())
                ? new WebClient(sip.sip().user())
                : to;
    }

    @Override
    public String address() {
        return "client:" + identity;
    }
}
