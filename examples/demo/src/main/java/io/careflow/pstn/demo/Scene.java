package io.careflow.pstn.demo;

import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipChain;
import io.careflow.pstn.lab.SipPhone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that has to be up before somebody can call. Closing it stops all of it, in the reverse order. */
final class Scene implements AutoCloseable {
    static final String PHONE = "1001";
    static final double PHONE_TONE = 660;
    static final double NETWORK_TONE = 550;

    private final Journey journey;
    private final RunFolder run;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;
    private @Nullable DemoDatabase database;
    private @Nullable SipChain servers;
    private @Nullable SipPhone phone;
    private @Nullable RtpProbe phoneEar;
    private @Nullable Carrier network;
    private @Nullable RtpProbe networkEar;
    private @Nullable RoutingApplication application;

    Scene(Journey journey, RunFolder run) {
        this.journey = journey;
        this.run = run;
    }

    /** Starts it all; {@code borrowed} is the user's database, or null for a server of our own. */
    void start(@Nullable BorrowedDatabase borrowed, PhoneScript script) {
        journey.note(
                borrowed == null
                        ? "Starting PostgreSQL, Asterisk and Kamailio ..."
                        : "Starting Asterisk and Kamailio ...");
        CompletableFuture<DemoDatabase> coming =
                CompletableFuture.supplyAsync(borrowed == null ? DemoDatabase::start : borrowed::create);
        opened(() -> coming.handle((ready, failure) -> ready)
                .thenAccept(Scene::closeDatabase)
                .join());
        SipSite site = new SipSite(DemoDatabase.CARRIER, DemoDatabase.DID);
        SipChain chain = opened(site.start());
        servers = chain;
        run.remember();
        DemoDatabase tables = arrived(coming);
        database = tables;
        run.remember(tables.serverPid());
        describe(tables, chain, borrowed);
        tables.prepare();

        Path trunk = run.file("trunk.properties");
        site.writeTrunk(chain.kamailio(), trunk);
        RoutingApplication program = opened(RoutingApplication.start(run, tables, asterisk(), trunk));
        application = program;
        run.remember();
        program.awaitReady();
        journey.note("Application  examples/inbound-routing is ready for calls (process " + program.pid() + ")");

        RtpProbe ear = opened(RtpProbe.open(chain.kamailio(), PHONE_TONE));
        phoneEar = ear;
        phone = opened(SipPhone.register(chain.kamailio(), PHONE, script, ear));
        RtpProbe far = opened(RtpProbe.open(chain.kamailio(), NETWORK_TONE));
        networkEar = far;
        network = opened(Carrier.start(chain.kamailio(), PhoneScript.answer(Duration.ofSeconds(1)), far));
        run.remember();
        journey.note("Phone        " + PHONE + " is registered at Kamailio");
    }

    private void describe(DemoDatabase tables, SipChain chain, @Nullable BorrowedDatabase borrowed) {
        if (borrowed == null) {
            journey.note("PostgreSQL   " + tables.version() + " at " + tables.jdbcUrl());
        } else {
            journey.note("PostgreSQL   " + tables.version() + " at " + borrowed.shown());
            journey.note("             Made the schema " + borrowed.schema() + " with the library's tables. It stays;");
            journey.note("             to remove it: DROP SCHEMA " + borrowed.schema() + " CASCADE");
        }
        journey.note("             " + DemoDatabase.DID.e164() + " is a main number, user " + DemoDatabase.CARE_FLOW_ID
                + " is " + DemoDatabase.USER_NAME + " at sip:" + PHONE);
        KamailioServer edge = chain.kamailio();
        journey.note("Kamailio     " + edge.version() + " at " + edge.address() + ":" + edge.sipPort()
                + ", all that carriers and phones see");
        AsteriskServer node = asterisk();
        journey.note("Asterisk     " + node.install().version() + " at " + node.address() + ":" + node.sipPort()
                + ", behind it; both configured by files that the library rendered");
    }

    private static DemoDatabase arrived(CompletableFuture<DemoDatabase> coming) {
        try {
            return coming.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Broken broken) {
                throw broken;
            }
            throw new Broken(
                    "PostgreSQL to start on this machine (" + System.getProperty("os.arch")
                            + "); ./demo --jdbc-url uses one that is there",
                    String.valueOf(e.getMessage()),
                    e);
        }
    }

    private static void closeDatabase(@Nullable DemoDatabase ready) {
        if (ready != null) {
            ready.close();
        }
    }

    DemoDatabase database() {
        return started(database);
    }

    KamailioServer kamailio() {
        return started(servers).kamailio();
    }

    AsteriskServer asterisk() {
        return started(servers).nodes().get(0);
    }

    SipPhone phone() {
        return started(phone);
    }

    RtpProbe phoneEar() {
        return started(phoneEar);
    }

    /** The telephone network behind the trunk, where everybody answers. */
    Carrier network() {
        return started(network);
    }

    RtpProbe networkEar() {
        return started(networkEar);
    }

    RoutingApplication application() {
        return started(application);
    }

    /** Registrations end after ten minutes; a scene that stays up renews them. */
    void renew() {
        phone().register(Duration.ofMinutes(10));
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }

    /** What comes up while all is being stopped is stopped at once. */
    private synchronized <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        if (closed) {
            close();
            throw new Broken("time to start everything", "a request to stop");
        }
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        keepLog();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LoggerFactory.getLogger(Scene.class).warn("while stopping", e);
            }
        }
    }

    private void keepLog() {
        if (servers == null || open.isEmpty()) {
            return;
        }
        try {
            Files.writeString(run.file("asterisk.log"), asterisk().logTail(1_000) + "\n");
            Files.write(run.file("kamailio.log"), kamailio().log());
        } catch (IOException e) {
            LoggerFactory.getLogger(Scene.class).warn("a log is lost", e);
        }
    }
}
