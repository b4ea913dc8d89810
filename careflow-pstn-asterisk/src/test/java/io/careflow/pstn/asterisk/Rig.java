package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundGuard;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.AsteriskServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real Asterisk, an application on it, and everything that a test of a journey looks at. */
final class Rig implements AutoCloseable {
    static final String MAIN = "+15551234567";
    static final String PERSONAL = "+15551230001";
    /** Another trunk, to the same carrier, which sends no calls over it. */
    private static final String SECOND_TRUNK =
            "[backup](line)\naors=backup\n\n[backup]\ntype=aor\ncontact=@CARRIER_CONTACT@\n";

    private static final Duration TONE = Duration.ofMillis(600);
    private static final List<String> PROMPTS = List.of(
            "welcome",
            "ask",
            "unknown",
            "goodbye",
            "busy",
            "noanswer",
            "absent",
            "rejected",
            "leave",
            "taken",
            "sorry");

    final AsteriskServer server;
    final Map<String, User> users = new ConcurrentHashMap<>();
    final BlockingQueue<Cdr> cdrs = new LinkedBlockingQueue<>();
    final List<CallEvent> events = new java.util.concurrent.CopyOnWriteArrayList<>();
    final java.util.Set<CallRef> recorded = ConcurrentHashMap.newKeySet();
    /** Complaints in the log of the server that tests provoked so far. */
    final List<String> expectedErrors = new java.util.concurrent.CopyOnWriteArrayList<>();

    volatile boolean directoryDown;
    final Map<PhoneNumber, Did> dids = new ConcurrentHashMap<>();
    InboundSettings settings = InboundSettings.defaults();

    @Nullable
    InboundGuard guard;
    /** What else the provider is told. */
    Consumer<AsteriskBuilder> extras = builder -> {};
    /** Another way to ARI than the direct one, such as a proxy. */
    @Nullable
    URI through;

    private @Nullable AsteriskProvider provider;
    private Path prompts;

    Rig(AsteriskInstall install, Path prompts, String extraDialplan) {
        this.prompts = prompts;
        String dialplan =
                "[general]\nstatic=yes\n\n[from-carrier]\ninclude => careflow-inbound\n" + extraDialplan + "\n"
                        + new Dialplan("careflow", List.of("Playback(sorry)")).render()
                        + "\n[from-users]\ninclude => careflow-users\n";
        server = AsteriskServer.builder()
                .install(install)
                .dialplan(dialplan)
                .pjsip(SECOND_TRUNK)
                .start();
        reset();
    }

    /** Makes a prompt longer or shorter. */
    void tone(String name, Duration length) {
        server.addTone(name, Objects.requireNonNull(prompts().get(name)), length);
    }

    /** Every prompt by name, and the frequency of its tone. */
    static Map<String, Double> prompts() {
        Map<String, Double> tones = new LinkedHashMap<>();
        PROMPTS.forEach(name -> tones.put(name, 500.0 + 100 * tones.size()));
        return tones;
    }

    /** As it was in the beginning; the server goes on. */
    final void reset() {
        die();
        settings = InboundSettings.defaults()
                .inputWithin(Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(8))
                .ringingFor(Duration.ofSeconds(3));
        PROMPTS.forEach(name -> tone(name, TONE));
        server.addTone("beep", 2_000, Duration.ofMillis(200));
        extras = builder -> {};
        guard = null;
        directoryDown = false;
        through = null;
        cdrs.clear();
        events.clear();
        users.clear();
        dids.clear();
        user("1", "0001", List.of("sip:1001"), false);
        did(MAIN, null);
        did(PERSONAL, "1");
    }

    /** A number: a personal one of this user, or a main number. */
    final void did(String number, @Nullable String userId) {
        PhoneNumber dialled = new PhoneNumber(number);
        dids.put(dialled, new Did(dialled, TenantId.DEFAULT, "carrier", userId == null ? null : users.get(userId)));
    }

    /** A user; one of that id who is there already is replaced, also as owner of numbers. */
    final void user(String id, String careFlowId, List<String> endpoints, boolean voicemail) {
        user(new User(
                id,
                TenantId.DEFAULT,
                CareFlowId.parse(careFlowId),
                "User " + id,
                endpoints.stream().map(Destination::sip).toList(),
                voicemail));
    }

    final void user(User user) {
        users.put(user.id(), user);
        dids.replaceAll((number, did) -> {
            User owner = did.owner();
            return owner != null && owner.id().equals(user.id())
                    ? new Did(number, did.tenant(), did.carrier(), user)
                    : did;
        });
    }

    /** Spoken prompts are kept where Asterisk can read them, whoever it runs as. */
    Rig(AsteriskInstall install) {
        this(install, Path.of("."), "");
        prompts = server.runDirectory().resolve("prompts");
    }

    AsteriskProvider start() {
        return start(desk(), event -> {});
    }

    InboundDesk desk() {
        InboundDesk open = new InboundDesk(directory(), tones(), settings);
        return guard == null ? open : open.guardedBy(guard);
    }

    int liveCalls() {
        return provider == null ? 0 : provider.liveCalls();
    }

    AsteriskProvider start(FlowHandler handler, Consumer<CallEvent> watcher) {
        CdrRecorder recorder = new CdrRecorder(new Store(), cdr -> CdrCost.UNRATED, new CdrRecorder.Listener() {
            @Override
            public void recorded(Cdr cdr, Appended result) {
                recorded.add(cdr.call());
                cdrs.add(cdr);
            }

            @Override
            public void failed(Cdr cdr, RuntimeException failure) {
                throw failure;
            }
        });
        AsteriskBuilder builder = AsteriskBuilder.of(
                        through == null ? server.ariUri() : through, server.ariUser(), Secret.of(server.ariPassword()))
                .handler(handler)
                .trunk("carrier")
                .promptFolder(prompts)
                .recorded(recorded::contains)
                .events(event -> {
                    events.add(event);
                    watcher.accept(event);
                    recorder.accept(event);
                });
        extras.accept(builder);
        AsteriskProvider started = builder.start();
        provider = started;
        try {
            if (!started.awaitConnected(Duration.ofSeconds(30))) {
                throw new IllegalStateException("not connected: " + started.health());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return started;
    }

    /** The application dies; nothing of what it knew is left. */
    void die() {
        if (provider != null) {
            provider.close();
            provider = null;
        }
    }

    Cdr cdr() {
        return cdr(Duration.ofSeconds(15));
    }

    Cdr cdr(Duration patience) {
        try {
            Cdr cdr = cdrs.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (cdr == null) {
                throw new AssertionError("no CDR; events were " + events + "\n" + server.logTail(30));
            }
            return cdr;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Directory directory() {
        return new Directory() {
            @Override
            public Optional<Did> did(PhoneNumber number) {
                check();
                return Optional.ofNullable(dids.get(number));
            }

            @Override
            public Optional<User> user(TenantId tenant, CareFlowId id) {
                check();
                return users.values().stream()
                        .filter(user -> user.tenant().equals(tenant)
                                && user.careFlowId().equals(id))
                        .findFirst();
            }

            private void check() {
                if (directoryDown) {
                    throw new IllegalStateException("the database is down");
                }
            }
        };
    }

    static InboundPrompts tones() {
        return new InboundPrompts(
                tone("welcome"),
                tone("ask"),
                tone("unknown"),
                tone("goodbye"),
                tone("busy"),
                tone("noanswer"),
                tone("absent"),
                tone("rejected"),
                tone("leave"),
                tone("taken"),
                tone("sorry"));
    }

    static Prompt tone(String name) {
        return new Play(URI.create("sound:" + name));
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
        server.close();
    }

    private static final class Store implements CdrStore {
        private final Map<CallRef, Cdr> kept = new ConcurrentHashMap<>();

        @Override
        public Appended append(Cdr cdr) {
            return kept.putIfAbsent(cdr.call(), cdr) == null ? Appended.STORED : Appended.DUPLICATE;
        }

        @Override
        public Optional<Cdr> find(CallRef call) {
            return Optional.ofNullable(kept.get(call));
        }

        @Override
        public void each(CdrQuery query, Consumer<Cdr> consumer) {
            kept.values().forEach(consumer);
        }
    }
}
