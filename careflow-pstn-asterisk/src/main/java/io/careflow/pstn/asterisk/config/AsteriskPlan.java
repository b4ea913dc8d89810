package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.SipTransport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is rendered, checked and in order.
 *
 * @param version first number of Asterisk's version
 * @param chanSip whether chan_sip does SIP instead of PJSIP
 * @param listeners by transport
 * @param passwords by trunk id
 * @param kamailio what stands between us and everybody else, or null
 * @param rtp first and last port
 */
record AsteriskPlan(
        int version,
        boolean chanSip,
        Map<SipTransport, Listener> listeners,
        @Nullable Tls tls,
        Listener http,
        @Nullable Listener https,
        String ariUser,
        Secret ariPassword,
        String app,
        List<String> fallbackSounds,
        List<SipUser> fallbackUsers,
        List<SipTrunkProfile> trunks,
        Map<String, Secret> passwords,
        List<SipUser> users,
        @Nullable Kamailio kamailio,
        @Nullable Nat nat,
        Ports rtp) {

    boolean hasBrowsers() {
        return kamailio != null || users.stream().anyMatch(SipUser::webRtc);
    }

    /** Files of TLS; the list of authorities is null for those of the system. */
    record Tls(String certificate, String key, @Nullable String authorities) {}

    /** The proxy in front. */
    record Kamailio(String address, int port, String domain) {
        /** A loose route over it. */
        String route() {
            return "sip:" + address + ":" + port + ";lr";
        }
    }

    /** The address that others see, and the networks that see the real one. */
    record Nat(String publicAddress, List<String> localNets) {}

    /** Both included. */
    record Ports(int first, int last) {}
}
