package io.careflow.pstn.benchmarks;

import io.careflow.pstn.asterisk.Dialplan;
import io.careflow.pstn.lab.AsteriskServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** One Asterisk that routes calls in both ways, the application, and the callers and the callee around them. */
final class Testbed implements AutoCloseable {
    /** How long the callee lets it ring. */
    static final Duration ANSWER_DELAY = Duration.ofMillis(100);

    private static final String USER = "2001";
    private static final String CALLEE = """
            [2001](line)
            context=from-users
            aors=2001
            [2001]
            type=aor
            contact=sip:2001@@CARRIER_IP@:@CARRIER_PORT@
            """;
    private static final String PEER = """
            [general]
            static=yes

            [from-carrier]
            exten => %s,1,Dial(PJSIP/%s,30)
             same => n,Hangup()
            include => careflow-inbound

            [from-users]
            exten => s,1,Hangup()

            %s
            """;

    private final ScheduledThreadPoolExecutor timers;
    private final SipCounters counters = new SipCounters();
    private final AsteriskServer server;
    private final RtpPeer callerMedia;
    private final RtpPeer calleeMedia;
    private final Callee callee;
    private final Caller caller;
    private final @Nullable ApplicationProcess application;

    private Testbed(boolean media, boolean withApplication, List<String> jvm) {
        timers = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "bench-timers");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        String dialplan = new Dialplan("careflow", List.of("NoOp()")).render();
        server = AsteriskServer.builder()
                .dialplan(PEER.formatted(Side.DIALPLAN.number(), USER, dialplan))
                .pjsip(CALLEE)
                .start();
        String network = server.carrierAddress();
        callerMedia = new RtpPeer("bench-caller", network, !media);
        calleeMedia = new RtpPeer("bench-callee", network, !media);
        callee = new Callee(
                new InetSocketAddress(network, server.carrierPort()), ANSWER_DELAY, calleeMedia, timers, counters);
        caller = new Caller(
                network, new InetSocketAddress(server.address(), server.sipPort()), callerMedia, timers, counters);
        application = withApplication ? ApplicationProcess.start(server, Side.CAREFLOW.number(), USER, jvm) : null;
    }

    /** Without media: both parties are silent. */
    static Testbed silent(List<String> jvm) {
        return new Testbed(false, true, jvm);
    }

    /** For one side alone, with two-way voice if wanted. */
    static Testbed of(Side side, boolean media, List<String> jvm) {
        return new Testbed(media, side == Side.CAREFLOW, jvm);
    }

    AsteriskServer server() {
        return server;
    }

    @Nullable
    ApplicationProcess application() {
        return application;
    }

    RtpPeer callerMedia() {
        return callerMedia;
    }

    RtpPeer calleeMedia() {
        return calleeMedia;
    }

    /** Loads one side and measures. */
    Step run(Side side, double rate, int calls, Duration talk) {
        Usage asterisk = Usage.of(server.pid());
        Usage generator = Usage.of(ProcessHandle.current().pid());
        long app = applicationMillis();
        long machine = Usage.machineMillis();
        long byUs = counters.resentByUs();
        long byAsterisk = counters.resentByAsterisk();
        long start = System.nanoTime();
        Traffic traffic = caller.call(side.number(), rate, calls, talk);
        pause(Duration.ofMillis(300));
        double seconds = (System.nanoTime() - start) / 1e9;
        long asteriskMillis = Usage.of(server.pid()).cpuMillis() - asterisk.cpuMillis();
        long appMillis = applicationMillis() - app;
        long ownMillis = Usage.of(ProcessHandle.current().pid()).cpuMillis() - generator.cpuMillis();
        long others = Usage.machineMillis() - machine - asteriskMillis - appMillis - ownMillis;
        return new Step(
                side,
                rate,
                traffic,
                counters.resentByUs() - byUs,
                counters.resentByAsterisk() - byAsterisk,
                (double) asteriskMillis / calls,
                (double) appMillis / calls,
                (double) ownMillis / calls,
                Math.max(0, others / 10.0 / seconds));
    }

    /** Waits until nothing of the last load is left, at most this long. */
    void settle(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        do {
            pause(Duration.ofMillis(500));
        } while (server.channels() > 0 && System.nanoTime() < end);
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long applicationMillis() {
        return application == null ? 0 : Usage.of(application.pid()).cpuMillis();
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
        caller.close();
        callee.close();
        callerMedia.close();
        calleeMedia.close();
        server.close();
        timers.shutdownNow();
    }
}
