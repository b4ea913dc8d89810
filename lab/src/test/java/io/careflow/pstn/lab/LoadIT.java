package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadIT {

    private static final String DIALPLAN = """
            [general]
            static=yes

            [from-carrier]
            exten => +15551230001,1,Dial(PJSIP/+15557770000@carrier,20)
             same => n,Hangup(${HANGUPCAUSE})
            exten => +15551230002,1,Hangup(17)
            """;

    @Test
    void manyCallsSucceedAndLeaveNothingBehind() {
        PhoneScript script = PhoneScript.answer(Duration.ofMillis(20)).hangUpAfter(Duration.ofMillis(200));
        try (AsteriskServer server = AsteriskServer.builder().dialplan(DIALPLAN).start();
                Carrier carrier = Carrier.startForLoad(server, script)) {
            SipCaller description = SipCaller.on(server).to("+15551230001").hangUpAfter(Duration.ofSeconds(5));
            warmUp(description);
            Leaks before = Leaks.of(server);

            LoadResult result = SipLoad.of(description)
                    .calls(100)
                    .perSecond(50)
                    .concurrent(50)
                    .run();

            assertThat(result.created()).isEqualTo(100);
            assertThat(result.successful()).isEqualTo(100);
            assertThat(result.failed()).isZero();
            assertThat(result.answers()).hasSize(100);
            assertThat(result.answeredWithin(0.5)).isBetween(Duration.ofMillis(15), Duration.ofSeconds(5));
            assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(40));
            assertThat(before.growth(server, Duration.ofSeconds(10))).isEmpty();
            assertThat(server.errors()).isEmpty();
            assertThat(carrier.calls()).isEmpty();
        }
    }

    private static void warmUp(SipCaller description) {
        assertThat(SipLoad.of(description).calls(10).perSecond(20).run().successful())
                .isEqualTo(10);
    }

    @Test
    void refusedCallsCountAsFailed() {
        try (AsteriskServer server = AsteriskServer.builder().dialplan(DIALPLAN).start()) {
            LoadResult result = SipLoad.of(SipCaller.on(server).to("+15551230002"))
                    .calls(5)
                    .perSecond(20)
                    .run();

            assertThat(result.failed()).isEqualTo(5);
            assertThat(result.successful()).isZero();
            assertThat(result.answers()).isEmpty();
        }
    }
}
