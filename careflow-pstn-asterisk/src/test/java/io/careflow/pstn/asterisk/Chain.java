package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.asterisk.config.AsteriskConfig;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.KamailioLimits;
import io.careflow.pstn.asterisk.config.RenderedConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.SipChain;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Kamailio and two Asterisks from rendered files alone, and one application on both of them. */
final class Chain implements AutoCloseable {
    static final String TRUNK = "main";
    static final KamailioLimits LIMITS = KamailioLimits.USUAL
            .turningAway(50, 5, 10, Duration.ofMinutes(10))
            .nodes(Duration.ofMillis(1500), Duration.ofSeconds(10), Duration.ofSeconds(1));

    final SipChain servers;
    final List<AsteriskProvider> providers = new ArrayList<>();
    final BlockingQueue<Cdr> cdrs = new LinkedBlockingQueue<>();
    final List<CallEvent> events = new CopyOnWriteArrayList<>();

    Chain(UnaryOperator<KamailioConfig.Builder> more) {
        servers = SipChain.start(
                2,
                Chain::asterisk,
                chain -> texts(more.apply(kamailio(chain)).build().render()));
        for (AsteriskServer node : servers.nodes()) {
            Rig.prompts().forEach((name, tone) -> node.addTone(name, tone, Duration.ofMillis(600)));
        }
    }

    KamailioServer kamailio() {
        return servers.kamailio();
    }

    static KamailioConfig.Builder kamailio(SipChain chain) {
        KamailioServer lab = chain.kamailio();
        KamailioConfig.Builder config = KamailioConfig.builder(
                        KamailioServer.DOMAIN, Secret.of("a-key-of-the-laboratory-of-32-characters"))
                .listen(SipListener.udp(lab.address(), lab.sipPort()))
                .listen(SipListener.tcp(lab.address(), lab.sipPort()))
                .listen(SipListener.ws(lab.address(), lab.webPort()))
                .inside(SipListener.udp(lab.insideAddress(), lab.insidePort()))
                .trunk(trunk(lab))
                .limits(LIMITS)
                .folder(lab.folder())
                .run(lab.run());
        chain.nodes().forEach(node -> config.node(new AsteriskNode(node.address(), node.sipPort())));
        for (String user : List.of("1001", "1002")) {
            config.user(new SipUser(user, "Counselor " + user, Secret.of(lab.passwordOf(user)), false, null));
        }
        return config;
    }

    static SipTrunkProfile trunk(KamailioServer lab) {
        return SipTrunkProfile.builder(TRUNK)
                .endpoint(new SipEndpoint(lab.carrierAddress(), lab.carrierPort(), SipTransport.UDP, 10, 10))
                .auth(TrunkAuth.ip(List.of(new IpRange(lab.address(), 32))))
                .capacity(TrunkCapacity.of(20))
                .health(new TrunkHealth(false, Duration.ofSeconds(60), Duration.ofSeconds(3)))
                .number(new PhoneNumber(Rig.MAIN))
                .number(new PhoneNumber(Rig.PERSONAL))
                .build();
    }

    private static Map<String, String> asterisk(AsteriskServer node, KamailioServer lab) {
        Map<String, String> files =
                texts(AsteriskConfig.forVersion(node.install().majorVersion())
                        .listen(SipTransport.UDP, node.address(), node.sipPort())
                        .http(node.address(), node.httpPort())
                        .ari(node.ariUser(), Secret.of(node.ariPassword()))
                        .rtpPorts(20_000, 29_999)
                        .trunk(trunk(lab))
                        .user(new SipUser("1001", "Counselor 1001", Secret.of(lab.passwordOf("1001")), false, null))
                        .behindKamailio(lab.insideAddress(), lab.insidePort(), KamailioServer.DOMAIN)
                        .fallbackPlaying("sorry")
                        .render());
        files.put("modules.conf", "[modules]\nautoload=no\n#include \"careflow_modules.conf\"\n");
        return files;
    }

    private static Map<String, String> texts(RenderedConfig config) {
        Map<String, String> files = new LinkedHashMap<>();
        config.files().forEach(file -> files.put(file.name(), file.text()));
        return files;
    }

    /** The application: one desk and one recorder for all nodes. */
    void start(FlowHandler handler) {
        Store store = new Store();
        CdrRecorder recorder = new CdrRecorder(store, cdr -> CdrCost.UNRATED, new CdrRecorder.Listener() {
            @Override
            public void recorded(Cdr cdr, Appended result) {
                cdrs.add(cdr);
            }

            @Override
            public void failed(Cdr cdr, RuntimeException failure) {
                throw failure;
            }
        });
        for (int i = 0; i < servers.nodes().size(); i++) {
            AsteriskServer node = servers.nodes().get(i);
            AsteriskProvider provider = AsteriskBuilder.of(node.ariUri(), node.ariUser(), Secret.of(node.ariPassword()))
                    .id("asterisk" + (i + 1))
                    .handler(handler)
                    .trunk(TRUNK)
                    .usersThrough(KamailioServer.DOMAIN, "kam-users", "kam-web")
                    .promptFolder(node.runDirectory().resolve("prompts"))
                    .recorded(call -> store.find(call).isPresent())
                    .events(event -> {
                        events.add(event);
                        recorder.accept(event);
                    })
                    .start();
            providers.add(provider);
            try {
                if (!provider.awaitConnected(Duration.ofSeconds(30))) {
                    throw new IllegalStateException("not connected: " + provider.health());
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    InboundDesk desk() {
        return new InboundDesk(
                new OneUser(),
                Rig.tones(),
                InboundSettings.defaults()
                        .inputWithin(Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(8))
                        .ringingFor(Duration.ofSeconds(5)));
    }

    Cdr cdr() {
        try {
            Cdr cdr = cdrs.poll(20, TimeUnit.SECONDS);
            if (cdr == null) {
                throw new AssertionError("no CDR; events were " + events + "\n"
                        + String.join("\n", kamailio().log()));
            }
            return cdr;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        providers.forEach(AsteriskProvider::close);
        servers.close();
    }

    private static final class OneUser implements Directory {
        private final User user = new User(
                "1", TenantId.DEFAULT, CareFlowId.parse("0001"), "User 1", List.of(Destination.sip("sip:1001")), false);

        @Override
        public Optional<Did> did(PhoneNumber number) {
            return Set.of(Rig.MAIN, Rig.PERSONAL).contains(number.e164())
                    ? Optional.of(new Did(
                            number, TenantId.DEFAULT, TRUNK, number.e164().equals(Rig.PERSONAL) ? user : null))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return id.equals(user.careFlowId()) ? Optional.of(user) : Optional.empty();
        }
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
