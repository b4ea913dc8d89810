package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.CallResult.EndedBy;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipPhone;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Something is wrong on our side")
class FailureIT extends RealCalls {
    private static final CallFlow APOLOGY =
            CallFlow.start().play(URI.create("sound:sorry")).hangUp();
    private static final String SLOW_CALLER = "+14165550199";

    @Test
    @DisplayName("a number that is not ours is refused with 404 and never answered")
    void unknownNumber() {
        rig.start();
        CallResult result = dial(caller("+15559999999")).result();

        assertThat(result.status()).isEqualTo(404);
        assertThat(result.provisionals()).allMatch(response -> response.status() == 100);
        assertEnd(rig.cdr(), Disposition.UNKNOWN_NUMBER, 1, ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("the database is down when the call arrives: an apology")
    void databaseDown() {
        rig.directoryDown = true;
        SipPhone phone = phone("1001", PhoneScript.ring());
        rig.start();
        assertApology(phone, 41);
    }

    @Test
    @DisplayName("the application throws: an apology, and nothing rings")
    void handlerThrows() {
        assertApologyOf(event -> {
            throw new IllegalStateException("a bug");
        });
    }

    @Test
    @DisplayName("the application wants what Asterisk cannot do here: an apology, and nothing rings")
    void unsupported() {
        assertApologyOf(event -> CallFlow.start().end(new Enqueue("line", Continuation.named("after"))));
    }

    @Test
    @DisplayName("the application takes long over one call: others do not wait")
    void slowHandler() {
        CountDownLatch go = new CountDownLatch(1);
        FlowHandler desk = rig.desk();
        phone("1001", PhoneScript.answer(Duration.ofMillis(100)).hangUpAfter(Duration.ofMillis(100)));
        rig.start(
                event -> {
                    if (event instanceof InboundCall call
                            && call.from().address().equals(SLOW_CALLER)) {
                        awaitQuietly(go);
                    }
                    return desk.next(event);
                },
                event -> {});
        LiveCall slow = dial(caller(Rig.PERSONAL).from(SLOW_CALLER));
        awaitEvent(InboundCall.class);
        for (int i = 0; i < 3; i++) {
            dial(caller(Rig.PERSONAL)).result();
            Cdr cdr = rig.cdr();
            assertThat(cdr.from().address()).isEqualTo(CALLER);
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        }
        assertThat(slow.soFar().answered()).isFalse();
        go.countDown();

        Cdr cdr = rig.cdr();
        assertThat(cdr.from().address()).isEqualTo(SLOW_CALLER);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
    }

    @Test
    @DisplayName("the application is away: the dialplan apologises, until the application is back")
    void applicationAway() {
        phone("1001", PhoneScript.answer(Duration.ofMillis(100)).hangUpAfter(Duration.ofMillis(100)));
        rig.start();
        rig.die();
        Ear ear = ear();
        CallResult away = dial(caller(Rig.PERSONAL).media(ear.probe)).result();
        assertThat(away.endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
        assertThat(ear.prompts()).containsExactly("sorry");
        assertThat(rig.cdrs).isEmpty();

        rig.start();
        dial(caller(Rig.PERSONAL));
        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
    }

    private void assertApologyOf(FlowHandler handler) {
        rig.extras = builder -> builder.apology(APOLOGY);
        SipPhone phone = phone("1001", PhoneScript.ring());
        rig.start(handler, event -> {});
        assertApology(phone, 16);
    }

    private void assertApology(SipPhone phone, int cause) {
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.PERSONAL).media(ear.probe));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.FAILED, cause, ReleasedBy.SYSTEM);
        await().until(() -> ear.prompts().contains("sorry"));
        assertThat(ear.prompts()).containsExactly("sorry");
        assertThat(call.result().endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
        assertThat(phone.calls()).isEmpty();
        assertThat(cdr.legs()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the others did not come through");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
