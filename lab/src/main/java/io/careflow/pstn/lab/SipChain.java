package io.careflow.pstn.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The whole way of a call on this machine: a Kamailio, which alone talks to carriers and phones, and Asterisks behind it. Each
 * server is given its files, rendered or written by hand, once it is known where everything listens.
 *
 * <p>Safe for use by several threads.
 */
public final class SipChain implements AutoCloseable {

    private final KamailioServer kamailio;
    private final List<AsteriskServer> nodes = new ArrayList<>();

    private SipChain(KamailioServer kamailio) {
        this.kamailio = kamailio;
    }

    /**
     * Starts everything, and returns when it takes calls.
     *
     * @param count how many Asterisks
     * @param nodeFiles files of an Asterisk by name, added to the laboratory's own; neither runs yet when it is asked
     * @param kamailioFiles files of Kamailio by name; the Asterisks run already when it is asked
     */
    public static SipChain start(
            int count,
            BiFunction<AsteriskServer, KamailioServer, Map<String, String>> nodeFiles,
            Function<SipChain, Map<String, String>> kamailioFiles) {
        return start(AsteriskInstall.find(), count, nodeFiles, kamailioFiles);
    }

    /** The same with another Asterisk. */
    public static SipChain start(
            AsteriskInstall install,
            int count,
            BiFunction<AsteriskServer, KamailioServer, Map<String, String>> nodeFiles,
            Function<SipChain, Map<String, String>> kamailioFiles) {
        SipChain chain = new SipChain(KamailioServer.lease());
        try {
            for (int i = 0; i < count; i++) {
                chain.nodes.add(AsteriskServer.builder()
                        .install(install)
                        .rendered(node -> nodeFiles.apply(node, chain.kamailio))
                        .start());
            }
            kamailioFiles.apply(chain).forEach(chain.kamailio::write);
            chain.kamailio.start();
            return chain;
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** What carriers and phones reach. */
    public KamailioServer kamailio() {
        return kamailio;
    }

    /** The Asterisks, in the order of their start. */
    public List<AsteriskServer> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public void close() {
        kamailio.close();
        nodes.forEach(AsteriskServer::close);
    }
}
