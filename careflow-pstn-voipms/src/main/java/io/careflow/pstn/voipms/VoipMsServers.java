package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import java.util.List;
import java.util.Objects;

/** VoIP.ms's SIP servers, which it calls points of presence. Thread-safe. */
public interface VoipMsServers extends Capability {

    /** All of them, as VoIP.ms lists them now. */
    List<Server> servers();

    /**
     * One server.
     *
     * @param name for people, such as {@code Toronto 1, ON}
     * @param host what a PBX registers at
     * @param address its IPv4 address, which calls to us come from; empty if it is not told
     * @param country VoIP.ms's word
     * @param pop VoIP.ms's number of it, which numbers are tied to
     * @param recommended whether VoIP.ms recommends it
     */
    record Server(String name, String host, String address, String country, String pop, boolean recommended) {
        public Server {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(country, "country");
            Objects.requireNonNull(pop, "pop");
        }
    }
}
