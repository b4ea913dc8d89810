package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipStranger;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What somebody with bad intentions tries at a Kamailio from rendered files")
class KamailioAttacksIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private KamailioServer kamailio;
    private SipStranger node;
    private SipStranger carrier;

    @BeforeEach
    void start() {
        kamailio = KamailioServer.lease();
        node = SipStranger.at(kamailio, kamailio.strangersAddress(10));
        carrier = SipStranger.at(kamailio, kamailio.carrierAddress());
        KamailioConfig.Builder config = KamailioConfig.builder(
                        KamailioServer.DOMAIN, Secret.of("a-key-of-the-laboratory-of-32-characters"))
                .listen(SipListener.udp(kamailio.address(), kamailio.sipPort()))
                .node(new AsteriskNode(host(node), port(node)))
                .trunk(trunk())
                // No probe of the node is due while a test runs.
                .limits(Chain.LIMITS.nodes(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(5)))
                .folder(kamailio.folder())
                .run(kamailio.run());
        for (String user : List.of("1001", "1002")) {
            config.user(new SipUser(user, "Counselor", Secret.of(kamailio.passwordOf(user)), false, null));
        }
        config.build().render().files().forEach(file -> kamailio.write(file.name(), file.text()));
        kamailio.start();
    }

    @AfterEach
    void stop() {
        carrier.close();
        node.close();
        kamailio.close();
    }

    @Test
    @DisplayName("a made-up nonce tells nothing about who is a user, and bans nobody: anybody could send it for them")
    void enumeration() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger phone = phone()) {
            for (String user : List.of("1001", "9999")) {
                for (int i = 0; i <= Chain.LIMITS.wrongPasswords(); i++) {
                    phone.send("REGISTER", user, KamailioServer.DOMAIN, madeUp("Authorization", user));
                    assertThat(phone.replies(SOON))
                            .extracting(SipMessage::status)
                            .containsExactly(401);
                }
                assertThat(kamailio.counters().get("wrong_password")).as(user).isEqualTo(before.get("wrong_password"));
            }
            assertThat(phone.register("1001", kamailio.passwordOf("1001"), SOON))
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("an answer to a challenge is good once, also without quality of protection")
    void replay() {
        try (SipStranger phone = phone()) {
            assertThat(phone.registerAndReplay("1001", kamailio.passwordOf("1001"), SOON))
                    .containsExactly(200, 401);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Contact: <sip:+1900555@%s>\r\n", "m: sip:+1900555@%s\r\n"})
    @DisplayName("a user who registers also a carrier's address makes nobody ring but the own phone")
    void foreignContact(String contact) {
        try (SipStranger phone = phone();
                SipStranger victim = phone()) {
            String foreign = String.format(contact, victim.place());
            assertThat(phone.registerAlso("1002", kamailio.passwordOf("1002"), foreign, SOON))
                    .isEqualTo(200);

            node.send("INVITE", "1002", KamailioServer.DOMAIN, "");

            assertThat(phone.replies(SOON)).anyMatch(message -> message.isRequest("INVITE"));
            assertThat(victim.replies(MOMENT)).isEmpty();
        }
    }

    @Test
    @DisplayName("a user who registers nothing but a carrier's address is rung at the own one")
    void foreignContactAlone() {
        try (SipStranger phone = phone();
                SipStranger victim = phone()) {
            assertThat(phone.registerInstead("1002", kamailio.passwordOf("1002"), "+1900555@" + victim.place(), SOON))
                    .isEqualTo(200);

            node.send("INVITE", "1002", KamailioServer.DOMAIN, "");

            assertThat(phone.replies(SOON)).anyMatch(message -> message.isRequest("INVITE"));
            assertThat(victim.replies(MOMENT)).isEmpty();
        }
    }

    @Test
    @DisplayName("one forged packet does not ban an address where a user is registered")
    void forgedBan() {
        String address = kamailio.newPhoneAddress();
        try (SipStranger phone = SipStranger.at(kamailio, address);
                SipStranger forger = SipStranger.at(kamailio, address)) {
            assertThat(phone.register("1001", kamailio.passwordOf("1001"), SOON))
                    .isEqualTo(200);
            forger.send("OPTIONS", "100", KamailioServer.DOMAIN, "User-Agent: friendly-scanner\r\n");
            for (int i = 0; i < 3 * Chain.LIMITS.knocks(); i++) {
                forger.send("INVITE", "1001", "elsewhere.example", "");
            }
            assertThat(forger.replies(MOMENT)).isEmpty();
            assertThat(phone.register("1001", kamailio.passwordOf("1001"), SOON))
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("an answer of a node counts that names no program, as an Asterisk without user agent sends it")
    void bareAnswer() {
        carrier.send("INVITE", Rig.MAIN, kamailio.address(), "");
        node.answer(invite(node), 486);
        assertThat(carrier.replies(SOON)).extracting(SipMessage::status).contains(486);
    }

    @Test
    @DisplayName("a user's call is the user's, whatever stands in front of the password")
    void otherUser() {
        try (SipStranger phone = phone()) {
            phone.call(
                    "1001",
                    kamailio.passwordOf("1001"),
                    Rig.MAIN,
                    "P-Asserted-Identity: <sip:1002@" + KamailioServer.DOMAIN + ">\r\nX-CF-User : 1002\r\n"
                            + madeUp("Authorization", "1002"),
                    SOON);
            SipMessage invite = invite(node);
            assertThat(invite.headers("X-CF-User")).containsExactly("1001");
            assertThat(invite.headers("P-Asserted-Identity"))
                    .containsExactly("<sip:1001@" + KamailioServer.DOMAIN + ">");
            assertThat(invite.text()).doesNotContain("1002");
        }
    }

    @Test
    @DisplayName("a trunk calls nobody but the application: not another trunk's numbers, not by a route of its own")
    void trunkToTrunk() {
        try (SipStranger victim = phone()) {
            carrier.send(
                    "INVITE",
                    "+1900555",
                    "main.trunk.invalid",
                    "Route: <sip:" + victim.place() + ";lr>\r\nX-CF-User: 1001\r\n");
            SipMessage invite = invite(node);
            assertThat(invite.headers("X-CF-Trunk")).containsExactly("main");
            assertThat(invite.headers("X-CF-User")).isEmpty();
            assertThat(carrier.replies(MOMENT)).noneMatch(message -> message.isRequest("INVITE"));
            assertThat(victim.replies(MOMENT)).isEmpty();
        }
    }

    private SipStranger phone() {
        return SipStranger.at(kamailio, kamailio.newPhoneAddress());
    }

    private static SipMessage invite(SipStranger node) {
        return node.replies(SOON).stream()
                .filter(message -> message.isRequest("INVITE"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no INVITE reached the node"));
    }

    private static String madeUp(String header, String user) {
        return header + ": Digest username=\"" + user + "\", realm=\"" + KamailioServer.DOMAIN
                + "\", nonce=\"made-up\", uri=\"sip:" + KamailioServer.DOMAIN
                + "\", response=\"0123456789abcdef0123456789abcdef\"\r\n";
    }

    private SipTrunkProfile trunk() {
        return SipTrunkProfile.builder("main")
                .endpoint(new SipEndpoint(host(carrier), port(carrier), SipTransport.UDP, 10, 10))
                .auth(TrunkAuth.ip(List.of(new IpRange(kamailio.address(), 32))))
                .capacity(TrunkCapacity.of(20))
                .health(new TrunkHealth(false, Duration.ofSeconds(60), Duration.ofSeconds(3)))
                .build();
    }

    private static String host(SipStranger party) {
        return party.place().replaceFirst(":.*", "");
    }

    private static int port(SipStranger party) {
        return Integer.parseInt(party.place().replaceFirst(".*:", ""));
    }
}
