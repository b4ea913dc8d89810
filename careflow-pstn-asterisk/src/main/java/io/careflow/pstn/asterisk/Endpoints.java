package io.careflow.pstn.asterisk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns destinations into what Asterisk dials. Values are checked where they are made, so nothing can be smuggled in. */
final class Endpoints {
    /** What the target of a registered user begins with. */
    static final String USER = "u:";

    private final ProviderId provider;
    private final Set<String> homeHosts;
    private final @Nullable String trunk;
    private final @Nullable UserRoute users;

    Endpoints(ProviderId provider, Set<String> homeHosts, @Nullable String trunk) {
        this(provider, homeHosts, trunk, null);
    }

    Endpoints(ProviderId provider, Set<String> homeHosts, @Nullable String trunk, @Nullable UserRoute users) {
        this.provider = provider;
        this.homeHosts = Set.copyOf(homeHosts);
        this.trunk = trunk;
        this.users = users;
    }

    /** The proxy at which users are registered, instead of at Asterisk: its domain, and an endpoint for each kind of phone. */
    record UserRoute(String domain, List<String> endpoints) {
        private String dial(String endpoint, String user) {
            return "PJSIP/" + endpoint + "/sip:" + user + "@" + domain;
        }
    }

    /**
     * For the dialplan: {@code u:} and a registered user, all of whose contacts ring, or {@code p:} and a dial string.
     *
     * @throws UnsupportedFeature if there is no way to reach it
     */
    String target(Destination destination) {
        if (!isHome(destination)) {
            return "p:" + outside(destination);
        }
        UserRoute route = users;
        String user = user(destination);
        return route == null
                ? USER + user
                : route.endpoints().stream()
                        .map(endpoint -> route.dial(endpoint, user))
                        .collect(Collectors.joining("&", "p:", ""));
    }

    /** For ARI: one dial string, which of several endpoints of users is the first. */
    String endpoint(Destination destination) {
        if (!isHome(destination)) {
            return outside(destination);
        }
        String user = user(destination);
        return users == null ? "PJSIP/" + user : users.dial(users.endpoints().get(0), user);
    }

    /** How a destination is written in events: a user of ours without the host, everything else as it is. */
    String name(Destination destination) {
        return isHome(destination) ? "sip:" + user(destination) : destination.address();
    }

    /**
     * The name of what Asterisk says it dials: {@code 1001/sip:1001@...} is a contact of user 1001, {@code +1416...@trunk} a
     * number and {@code trunk/sip:...} a foreign address over the trunk.
     */
    String nameOf(String dialString) {
        int slash = dialString.indexOf('/');
        String head = slash < 0 ? dialString : dialString.substring(0, slash);
        if (slash >= 0 && head.equals(trunk)) {
            return dialString.substring(slash + 1);
        }
        if (slash >= 0 && users != null && users.endpoints().contains(head)) {
            return dialString.substring(slash + 1).replaceFirst("@.*$", "");
        }
        int at = head.indexOf('@');
        String who = at < 0 ? head : head.substring(0, at);
        return who.startsWith("+") ? who : "sip:" + who;
    }

    boolean isHome(Destination destination) {
        return destination instanceof Destination.Sip sip
                && (sip.sip().host() == null || homeHosts.contains(sip.sip().host()));
    }

    private static String user(Destination destination) {
        return ((Destination.Sip) destination).sip().user();
    }

    private String outside(Destination destination) {
        if (trunk == null) {
            throw new UnsupportedFeature(
                    provider,
                    "dial",
                    "destination " + destination.address() + " outside the PBX, as no trunk is configured",
                    List.of("registered users"));
        }
        if (destination instanceof Destination.Phone phone) {
            return "PJSIP/" + phone.number().e164() + "@" + trunk;
        } else if (destination instanceof Destination.Sip sip) {
            SipAddress address = sip.sip();
            return "PJSIP/" + trunk + "/sip:" + address.user() + "@" + address.host();
        }
        throw new UnsupportedFeature(
                provider,
                "dial",
                "destination kind " + destination.getClass().getSimpleName(),
                List.of("phone", "sip"));
    }
}
