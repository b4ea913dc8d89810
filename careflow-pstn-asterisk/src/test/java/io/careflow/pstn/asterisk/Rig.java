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
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.AsteriskServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    final AsteriskServer server;
    final Map<String, User> users = new ConcurrentHashMap<>();
    final BlockingQueue<Cdr> cdrs = new LinkedBlockingQueue<>();
    final List<CallEvent> events = new java.util.concurrent.CopyOnWriteArrayList<>();
    volatile boolean directoryDown;
    InboundSettings settings = InboundSettings.defaults()
            .inputWithin(Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(8))
            .ringingFor(Duration.ofSeconds(3));
    private @Nullable AsteriskProvider provider;
    private final Path prompts;

    Rig(AsteriskInstall install, Path prompts, String extraDialplan) {
        this.prompts = prompts;
        String dialplan =
                "[general]\nstatic=yes\n\n[from-carrier]\ninclude => careflow-inbound\n" + extraDialplan + "\n"
                        + new Dialplan("careflow", List.of("Playback(sorry)")).render()
                        + "\n[from-users]\ninclude => careflow-inbound\n";
        server = AsteriskServer.builder().install(install).dialplan(dialplan).start();
        double tone = 500;
        for (String name : List.of(
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
                "sorry")) {
            server.addTone(name, tone, Duration.ofMillis(400));
            tone += 100;
        }
        user("1", "0001", List.of("sip:1001"), false);
    }

    void user(String id, String careFlowId, List<String> endpoints, boolean voicemail) {
        users.put(
                id,
                new User(
                        id,
                        TenantId.DEFAULT,
                        CareFlowId.parse(careFlowId),
                        "User " + id,
                        endpoints.stream().map(Destination::sip).toList(),
                        voicemail));
    }

    AsteriskProvider start() {
        return start(new InboundDesk(directory(), tones(), settings), event -> {});
    }

    AsteriskProvider start(FlowHandler handler, Consumer<CallEvent> watcher) {
        CdrRecorder recorder = new CdrRecorder(new Store(), cdr -> CdrCost.UNRATED, new CdrRecorder.Listener() {
            @Override
            public void recorded(Cdr cdr, Appended result) {
                cdrs.add(cdr);
            }

            @Override
            public void failed(Cdr cdr, RuntimeException failure) {
                throw failure;
            }
        });
        AsteriskProvider started = AsteriskBuilder.of(
                        server.ariUri(), server.ariUser(), Secret.of(server.ariPassword()))
                .handler(handler)
                .trunk("carrier")
                .promptFolder(prompts)
                .events(event -> {
                    events.add(event);
                    watcher.accept(event);
                    recorder.accept(event);
                })
                .start();
        try {
            if (!started.awaitConnected(Duration.ofSeconds(10))) {
                throw new IllegalStateException("not connected: " + started.health());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        provider = started;
        return started;
    }

    Cdr cdr() {
        try {
            Cdr cdr = cdrs.poll(15, TimeUnit.SECONDS);
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
                return switch (number.e164()) {
                    case MAIN -> Optional.of(new Did(number, TenantId.DEFAULT, "carrier", null));
                    case PERSONAL -> Optional.of(new Did(number, TenantId.DEFAULT, "carrier", users.get("1")));
                    default -> Optional.empty();
                };
            }

            @Override
            public Optional<User> user(TenantId tenant, CareFlowId id) {
                check();
                return users.values().stream()
                        .filter(user -> user.careFlowId().equals(id))
                        .findFirst();
            }

            private void check() {
                if (directoryDown) {
                    throw new IllegalStateException("the database is down");
                }
            }
        };
    }

    private static InboundPrompts tones() {
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

    private static Prompt tone(String name) {
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
