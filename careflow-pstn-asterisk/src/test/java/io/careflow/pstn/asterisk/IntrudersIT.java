package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.lab.SipStranger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("Who is no trunk and no user is turned away and counted")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntrudersIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private Chain chain;
    private KamailioServer kamailio;
    private int strangers;

    @BeforeAll
    void start() {
        chain = new Chain(config -> config);
        kamailio = chain.kamailio();
        chain.start(chain.desk());
    }

    @AfterAll
    void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    @DisplayName("an unknown source that calls a number gets no answer at all")
    void unknownSource() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger()) {
            stranger.send("INVITE", Rig.MAIN, kamailio.address(), "");
            stranger.send("OPTIONS", "100", kamailio.address(), "");
            stranger.send("REGISTER", "1001", "example.org", "");
            assertThat(stranger.replies(MOMENT)).isEmpty();
        }
        assertCounted(before, "unknown_source", 3);
    }

    @Test
    @DisplayName("a header that makes a stranger's call look like a trunk's is worth nothing")
    void forgedTrunk() {
        try (SipStranger stranger = stranger()) {
            stranger.send("INVITE", Rig.MAIN, KamailioServer.DOMAIN, "X-CF-Trunk: main\r\n");
            assertThat(stranger.replies(SOON)).extracting(SipMessage::status).containsExactly(407);
        }
        assertThat(chain.servers.nodes()).allMatch(node -> node.channels() == 0);
    }

    @Test
    @DisplayName("a wrong password and an unknown user get the same answer; repeated, the source is banned")
    void wrongPassword() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger()) {
            assertThat(stranger.register("1001", "wrong", SOON)).isEqualTo(401);
            assertThat(stranger.register("9999", "wrong", SOON)).isEqualTo(401);
            assertCounted(before, "wrong_password", 2);
            for (int i = 0; i < Chain.LIMITS.wrongPasswords(); i++) {
                int unused = stranger.register("100" + i, "wrong", MOMENT);
            }
            assertThat(stranger.register("1001", kamailio.passwordOf("1001"), MOMENT))
                    .as("banned, even with the right one")
                    .isZero();
        }
        assertCounted(before, "wrong_password", Chain.LIMITS.wrongPasswords());
        assertCounted(before, "banned", 1);
    }

    @Test
    @DisplayName("the right password is taken, also after a wrong one")
    void rightPassword() {
        try (SipStranger phone = stranger()) {
            assertThat(phone.register("1002", "wrong", SOON)).isEqualTo(401);
            assertThat(phone.register("1002", kamailio.passwordOf("1002"), SOON))
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("a flood is cut off while a call of a trunk gets through")
    void flood() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger();
                SipPhone phone = SipPhone.register(kamailio, "1001", PhoneScript.answer(MOMENT))) {
            LiveCall call =
                    SipCaller.on(kamailio).to(Rig.PERSONAL).hangUpAfter(MOMENT).dial();
            try (call) {
                flood(stranger, 1_000);
                assertThat(call.awaitAnswer(Duration.ofSeconds(10))).isTrue();
                assertThat(call.result().success()).isTrue();
            }
            assertThat(phone.calls()).isNotEmpty();
            // A busy machine loses some of a flood before Kamailio sees it.
            await("what is cut off").atMost(SOON).untilAsserted(() -> {
                flood(stranger, 100);
                assertThat(grown(before, kamailio.counters(), "banned")).isGreaterThan(800);
            });
            assertThat(stranger.replies(MOMENT)).isEmpty();
        }
        assertThat(chain.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
        Map<String, Long> after = kamailio.counters();
        assertThat(grown(before, after, "flood") + grown(before, after, "scan")).isPositive();
    }

    private static void flood(SipStranger stranger, int requests) {
        for (int i = 0; i < requests; i++) {
            stranger.send("OPTIONS", "100", KamailioServer.DOMAIN, "");
        }
    }

    @Test
    @DisplayName("a flood of requests that would be challenged is cut off as such")
    void floodOfRegistrations() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger()) {
            int unused = stranger.register("1002", kamailio.passwordOf("1002"), SOON);
            for (int i = 0; i < 500; i++) {
                stranger.send("OPTIONS", "1002", KamailioServer.DOMAIN, "");
            }
            List<SipMessage> replies = stranger.replies(SOON);
            assertThat(replies).hasSizeBetween(50, 250);
        }
        assertThat(grown(before, kamailio.counters(), "flood"))
                .as("dropped; but a registered phone's address is not banned for what anybody can send in its name")
                .isGreaterThan(200);
        assertThat(grown(before, kamailio.counters(), "banned")).isZero();
    }

    @Test
    @DisplayName("an INVITE scan over many numbers ends in a ban while a call of a trunk gets through")
    void scan() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger();
                SipPhone phone = SipPhone.register(kamailio, "1001", PhoneScript.answer(MOMENT))) {
            LiveCall call =
                    SipCaller.on(kamailio).to(Rig.PERSONAL).hangUpAfter(MOMENT).dial();
            try (call) {
                for (int i = 0; i < 40; i++) {
                    stranger.send("INVITE", "9011972592277" + (100 + i), KamailioServer.DOMAIN, "");
                }
                assertThat(call.awaitAnswer(Duration.ofSeconds(10))).isTrue();
                assertThat(call.result().success()).isTrue();
            }
            assertThat(phone.calls()).isNotEmpty();
            assertThat(stranger.replies(MOMENT)).hasSizeLessThanOrEqualTo(2 * Chain.LIMITS.knocks());
        }
        assertThat(chain.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
        assertCounted(before, "scan", 1);
        assertThat(grown(before, kamailio.counters(), "banned")).isGreaterThanOrEqualTo(20);
    }

    @Test
    @DisplayName("a scanner that says its name is banned by its first word")
    void scanner() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger()) {
            stranger.send("OPTIONS", "100", KamailioServer.DOMAIN, "User-Agent: friendly-scanner\r\n");
            // Kamailio's workers read side by side: what follows at once may be answered before the ban stands.
            assertCounted(before, "scan", 1);
            stranger.send("REGISTER", "1001", KamailioServer.DOMAIN, "");
            assertThat(stranger.replies(MOMENT)).isEmpty();
        }
        assertCounted(before, "banned", 1);
    }

    @Test
    @DisplayName("nobody can be reached through it by pretending to be in a call")
    void madeUpDialog() {
        Map<String, Long> before = kamailio.counters();
        try (SipStranger stranger = stranger();
                SipStranger victim = stranger()) {
            String route = "Route: <sip:" + kamailio.address() + ":" + kamailio.sipPort() + ";lr>\r\n";
            stranger.sendWithin("INVITE", "100", victim.place(), route);
            stranger.sendWithin("BYE", "100", victim.place(), route);
            stranger.sendWithin("INVITE", "100", victim.place(), "");
            assertThat(victim.replies(MOMENT)).isEmpty();
            assertThat(stranger.replies(MOMENT)).isEmpty();
        }
        assertThat(grown(before, kamailio.counters(), "unknown_source")).isPositive();
    }

    private SipStranger stranger() {
        return SipStranger.at(kamailio, kamailio.strangersAddress(strangers++));
    }

    private void assertCounted(Map<String, Long> before, String counter, long least) {
        await(counter)
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(grown(before, kamailio.counters(), counter)).isGreaterThanOrEqualTo(least));
    }

    private static long grown(Map<String, Long> before, Map<String, Long> after, String counter) {
        return after.getOrDefault(counter, 0L) - before.getOrDefault(counter, 0L);
    }
}
