package io.careflow.pstn.cli;

import io.careflow.pstn.asterisk.config.AsteriskConfig;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.RenderedConfig;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SIP side of a company as its site file says.
 *
 * @param asterisk by the names of the nodes
 * @param kamailio what stands in front, or null
 * @param trunks as their profiles say
 */
record Site(
        Map<String, AsteriskConfig> asterisk, KamailioConfig.@Nullable Builder kamailio, List<SipTrunkProfile> trunks) {

    /** The servers whose configuration there is. */
    enum Server {
        /** Asterisk. */
        ASTERISK,
        /** Kamailio. */
        KAMAILIO
    }

    /**
     * The configuration of a server.
     *
     * @param node which Asterisk; null if there is one only
     * @throws BadUsage if there is no such server, or its parts do not go together
     */
    RenderedConfig render(Server server, @Nullable String node) {
        try {
            return server == Server.ASTERISK
                    ? asterisk(node).render()
                    : kamailio(node).render();
        } catch (IllegalArgumentException e) {
            throw new BadUsage(String.valueOf(e.getMessage()), e);
        }
    }

    /** What works but should be looked at. */
    List<String> warnings(Server server, @Nullable String node) {
        List<String> found = new ArrayList<>();
        trunks.forEach(trunk -> trunk.warnings().forEach(warning -> found.add("trunk " + trunk.id() + ": " + warning)));
        if (server == Server.ASTERISK) {
            found.addAll(asterisk(node).warnings());
        } else if (kamailio != null) {
            found.addAll(kamailio.build().warnings());
        }
        return found.stream().distinct().toList();
    }

    private AsteriskConfig asterisk(@Nullable String node) {
        if (node == null && asterisk.size() == 1) {
            return asterisk.values().iterator().next();
        }
        AsteriskConfig found = node == null ? null : asterisk.get(node);
        if (found == null) {
            throw new BadUsage(
                    (node == null ? "the site has several nodes; name one with --node" : "no node '" + node + "'")
                            + "; allowed are " + asterisk.keySet());
        }
        return found;
    }

    private KamailioConfig kamailio(@Nullable String node) {
        if (node != null) {
            throw new BadUsage("--node names an Asterisk; a site has one Kamailio");
        }
        if (kamailio == null) {
            throw new BadUsage("the site has no Kamailio: there are no keys kamailio.*");
        }
        return kamailio.build();
    }
}
