package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("One of two Asterisks dies")
class NodesIT {
    private static final Logger log = LoggerFactory.getLogger(NodesIT.class);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final PhoneScript PHONE = PhoneScript.answer(Duration.ofMillis(200));
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean slow;
    private Chain chain;

    @BeforeEach
    void start() {
        chain = new Chain(config -> config);
        FlowHandler desk = chain.desk();
        chain.start(event -> {
            if (slow && event instanceof InboundCall) {
                slow = false;
                asked.countDown();
                awaitRelease();
            }
            return desk.next(event);
        });
    }

    @AfterEach
    void stop() {
        released.countDown();
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    @DisplayName("between calls: the next calls are answered, none of them later than by the time a node may be silent")
    void betweenCalls() {
        try (SipPhone phone = SipPhone.register(chain.kamailio(), "1001", PHONE)) {
            List<Duration> before = answers(4);
            assertThat(nodesUsed()).hasSize(2);

            chain.servers.nodes().get(0).kill();
            List<Duration> after = answers(4);

            log.warn("answered after, with both nodes: {}; with one dead: {}", before, after);
            assertThat(after).allMatch(time -> time.compareTo(Duration.ofSeconds(4)) < 0);
            assertThat(after.stream().filter(time -> time.compareTo(Duration.ofMillis(1500)) > 0))
                    .as("only one call waits for the dead node")
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(phone.calls()).hasSize(8);
        }
    }

    @Test
    @DisplayName("during a call on the other one: that call goes on, and new ones are answered")
    void duringACall() {
        try (RtpProbe mouth = RtpProbe.open(chain.kamailio(), 440);
                RtpProbe ear = RtpProbe.open(chain.kamailio(), 350);
                SipPhone phone = SipPhone.register(chain.kamailio(), "1001", PHONE, ear)) {
            LiveCall talking = SipCaller.on(chain.kamailio())
                    .to(Rig.PERSONAL)
                    .media(mouth)
                    .limit(Duration.ofSeconds(40))
                    .dial();
            try (talking) {
                await().atMost(SOON).until(() -> ear.toneShare(440) > 0.8);

                unusedNode().kill();

                List<Duration> after = answers(2);
                log.warn("answered after, while another call goes on: {}", after);
                ear.reset();
                mouth.reset();
                await().atMost(SOON).until(() -> ear.toneShare(440) > 0.8 && mouth.toneShare(350) > 0.8);
                talking.hangUp();
                assertThat(talking.result().success()).isTrue();
            }
            assertThat(phone.calls()).hasSize(3);
        }
    }

    @Test
    @DisplayName("with a call that it had taken and that did not ring yet: the other one gets the call")
    void duringSetUp() throws InterruptedException {
        try (SipPhone phone = SipPhone.register(chain.kamailio(), "1001", PHONE)) {
            slow = true;
            LiveCall call = SipCaller.on(chain.kamailio())
                    .to(Rig.PERSONAL)
                    .limit(Duration.ofSeconds(40))
                    .hangUpAfter(Duration.ofMillis(300))
                    .dial();
            try (call) {
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                usedNode().kill();
                released.countDown();
                CallResult result = call.result();
                log.warn("answered after, the node having died during set-up: {}", result.answeredAfter());
                assertThat(result.answered()).isTrue();
                assertThat(result.success()).isTrue();
            }
            assertThat(phone.calls()).hasSize(1);
            assertThat(chain.kamailio().counter("node_failover")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("and comes back: it gets calls again")
    void comesBack() {
        try (SipPhone phone = SipPhone.register(chain.kamailio(), "1001", PHONE)) {
            AsteriskServer node = chain.servers.nodes().get(1);
            node.kill();
            List<Duration> unused = answers(2);
            chain.events.clear();
            node.start();
            await().atMost(SOON).until(() -> node.cli("ari show apps").contains("careflow"));
            await().atMost(SOON)
                    .until(() -> chain.kamailio().log().stream()
                            .anyMatch(line -> line.contains("answers again: sip:" + node.address())));
            List<Duration> again = answers(4);
            assertThat(again).hasSize(4);
            assertThat(nodesUsed()).hasSize(2);
            assertThat(phone.calls()).hasSize(6);
        }
    }

    private List<Duration> answers(int calls) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            CallResult result = SipCaller.on(chain.kamailio())
                    .to(Rig.PERSONAL)
                    .hangUpAfter(Duration.ofMillis(200))
                    .call();
            assertThat(result.failure()).isEmpty();
            assertThat(result.answered()).isTrue();
            times.add(result.answeredAfter());
        }
        return times;
    }

    private List<String> nodesUsed() {
        return chain.events.stream()
                .filter(InboundCall.class::isInstance)
                .map(CallEvent::call)
                .map(call -> call.provider().value())
                .distinct()
                .toList();
    }

    private AsteriskServer usedNode() {
        return chain.servers.nodes().get(nodesUsed().get(0).equals("asterisk1") ? 0 : 1);
    }

    private AsteriskServer unusedNode() {
        return chain.servers.nodes().get(nodesUsed().get(0).equals("asterisk1") ? 1 : 0);
    }

    private void awaitRelease() {
        try {
            boolean unused = released.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
