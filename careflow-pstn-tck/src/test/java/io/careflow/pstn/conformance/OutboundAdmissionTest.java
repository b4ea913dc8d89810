package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.credit.NoCredit;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An outbound desk that takes guard and credit in one step")
class OutboundAdmissionTest {
    private static final String NOTHING = "0";

    private AdmissionPlay play = new AdmissionPlay(AdmissionPlay.lenient());

    @Test
    @DisplayName("takes the channel, the counters and the money, and gives back what the call did not cost")
    void taken() {
        CallbackAnswer.Placed placed = placed(play.desk().callback(play.wants("a")));
        assertThat(placed.talk()).isEqualTo(Duration.ofMinutes(15));
        assertThat(play.held()).isEqualTo("9");
        assertThat(play.atOnce()).isEqualTo(1);
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("9");
        play.time.runUntilIdle();
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.available()).isEqualTo("8.9");
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("0.1");
        assertThat(play.counted(GuardRule.USER_DAY)).isEqualByComparingTo("1");
        assertThat(play.ended).containsExactly("0.1 USD");
    }

    @Test
    @DisplayName("denied by rules alone asks no counter; denied by a counter holds no money; both are told once")
    void denied() {
        play = new AdmissionPlay(AdmissionPlay.lenient().denying("1416").limit(GuardRule.USER_MINUTE, 1));
        assertThat(rules(play.desk().callback(play.wants("a")))).containsExactly("denied-prefix");
        assertThat(play.counted(GuardRule.USER_DAY)).isZero();
        play = new AdmissionPlay(AdmissionPlay.lenient().limit(GuardRule.USER_MINUTE, 1));
        placed(play.desk().callback(play.wants("a")));
        play.time.run(Duration.ofSeconds(20));
        assertThat(rules(play.desk().callback(play.wants("b")))).containsExactly("user-minute");
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_DAY)).isEqualByComparingTo("1");
        assertThat(List.of(play.report.allowed(), play.report.denied())).containsExactly(1L, 1L);
    }

    @Test
    @DisplayName("what is not paid leaves no channel, and rules are named before that")
    void notPaid() {
        play.spend("9.00");
        assertThat(play.desk().callback(play.wants("a")))
                .isEqualTo(new CallbackAnswer.NotPaid(Money.of("0.00", "USD"), Money.of("0.01", "USD")));
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isZero();
        play = new AdmissionPlay(AdmissionPlay.lenient().limit(GuardRule.USER_MINUTE, 0));
        play.spend("9.00");
        assertThat(rules(play.desk().callback(play.wants("a")))).containsExactly("user-minute");
    }

    @Test
    @DisplayName("money that goes meanwhile shortens the talk: it is counted once, at the price of the shorter talk")
    void shorter() {
        play.beforeAdmitting = once(() -> play.spend("3.00"));
        CallbackAnswer.Placed placed = placed(play.desk().callback(play.wants("a")));
        assertThat(placed.talk()).isEqualTo(Duration.ofMinutes(10));
        assertThat(play.held()).isEqualTo("6");
        assertThat(play.counted(GuardRule.USER_MINUTE)).isEqualByComparingTo("1");
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("6");
        assertThat(play.atOnce()).isEqualTo(1);
        assertThat(play.report.allowed()).isEqualTo(1);
        play.time.runUntilIdle();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("0.1");
    }

    @Test
    @DisplayName("money that is always gone when it is asked for is a denial after some attempts, and nothing stays")
    void othersAreFaster() {
        int[] times = {0};
        play.beforeAdmitting = () -> play.spend("1.0" + times[0]++);
        assertThat(rules(play.desk().callback(play.wants("a")))).containsExactly("credit");
        assertThat(times[0]).isBetween(2, 9);
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isZero();
    }

    @Test
    @DisplayName("what may still be spent shortens the talk as money does")
    void spendShortens() {
        play = new AdmissionPlay(AdmissionPlay.lenient().limit(GuardRule.USER_SPEND_HOUR, Money.of("2.00", "USD")));
        CallbackAnswer.Placed placed = placed(play.desk().callback(play.wants("a")));
        assertThat(placed.talk()).isEqualTo(Duration.ofSeconds(200));
        assertThat(play.held()).isEqualTo("2");
        assertThat(rules(play.desk().callback(play.wants("b")))).containsExactly("user-spend-hour");
        assertThat(play.held()).isEqualTo("2");
    }

    @Test
    @DisplayName("a phone outside is asked for by itself: where the other is refused, nothing of it stays")
    void phoneOutside() {
        Destination mobile = Destination.number(AdmissionPlay.MOBILE);
        placed(play.desk().callback(play.wants("a").on(mobile)));
        assertThat(play.atOnce()).isEqualTo(2);
        play.time.runUntilIdle();
        assertThat(play.atOnce()).isZero();
        // 11 seconds of the mobile, 10 of the destination.
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("0.21");
        play = new AdmissionPlay(AdmissionPlay.lenient().limit(GuardRule.USER_AT_ONCE, 1));
        assertThat(rules(play.desk().callback(play.wants("a").on(mobile)))).containsExactly("user-at-once");
        assertThat(play.atOnce()).isZero();
        assertThat(play.held()).isEqualTo(NOTHING);
        play = new AdmissionPlay(AdmissionPlay.lenient());
        play.beforeAdmitting = () -> play.spend("9.00");
        assertThat(play.desk().callback(play.wants("a").on(mobile))).isInstanceOf(CallbackAnswer.NotPaid.class);
        assertThat(play.atOnce()).isZero();
    }

    @Test
    @DisplayName("nothing is allowed while nothing can be asked, and nothing stays of what may have been done")
    void away() {
        play.beforeAdmitting = () -> {
            throw new IllegalStateException("away");
        };
        assertThat(rules(play.desk().callback(play.wants("a")))).containsExactly("store");
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.east.calls()).isEmpty();
        assertThat(play.report.denied()).isEqualTo(1);
    }

    @Test
    @DisplayName("who only reports that counters are away lets the call pass all the same, and it is paid")
    void reported() {
        GuardRules dry = AdmissionPlay.lenient().reportingOnly(GuardRule.STORE);
        play = new AdmissionPlay(dry);
        play.beforeAdmitting = () -> {
            throw new IllegalStateException("away");
        };
        placed(play.desk().callback(play.wants("a")));
        assertThat(play.held()).isEqualTo("9");
        assertThat(play.report.lines()).extracting(line -> line.rule()).containsExactly(GuardRule.STORE);
        play.time.runUntilIdle();
        assertThat(play.available()).isEqualTo("8.9");
    }

    @Test
    @DisplayName(
            "rules in a dry run refuse nothing and tell what they would have refused; the call is counted and paid")
    void dryRun() {
        play = new AdmissionPlay(
                AdmissionPlay.lenient().limit(GuardRule.USER_MINUTE, 0).dryRun());
        placed(play.desk().callback(play.wants("a")));
        assertThat(play.held()).isEqualTo("9");
        assertThat(play.counted(GuardRule.USER_MINUTE)).isEqualByComparingTo("1");
        assertThat(play.report.allowed()).isEqualTo(1);
        assertThat(play.report.lines()).extracting(line -> line.rule()).containsExactly(GuardRule.USER_MINUTE);
    }

    @Test
    @DisplayName("a node that dies after it took everything, before it wrote it down, is swept: all is free again")
    void diesBeforeWriting() {
        play.beforeWriting = once(() -> {
            throw new IllegalStateException("the node died");
        });
        assertThatThrownBy(() -> play.desk().callback(play.wants("a").on(Destination.number(AdmissionPlay.MOBILE))))
                .hasMessage("the node died");
        assertThat(play.held()).isEqualTo("8.99");
        assertThat(play.atOnce()).isEqualTo(2);
        play.time.run(Duration.ofMinutes(7));
        assertThat(play.desk().sweep()).isEqualTo(1);
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isZero();
        assertThat(play.counted(GuardRule.USER_DAY)).isEqualByComparingTo("2");
        assertThat(play.entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
    }

    @Test
    @DisplayName(
            "a node that dies over a call that a user dials, before it wrote it down: all is free when the call is over")
    void diesBeforeWritingDirect() {
        play.beforeWriting = once(() -> {
            // Nor can it give anything back.
            play.beforeEnding = once(() -> {
                throw new IllegalStateException("away");
            });
            throw new IllegalStateException("the node died");
        });
        play.dials(AdmissionPlay.OUTSIDE);
        play.time.runUntilIdle();
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isZero();
    }

    @Test
    @DisplayName("a node that was only slow to write it down goes on while another gives it up: nothing rings unpaid")
    void slowNode() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        CountDownLatch givingBack = new CountDownLatch(1);
        CountDownLatch slowIsDone = new CountDownLatch(1);
        List<Future<Integer>> swept = new ArrayList<>();
        play.beforeWriting = once(() -> {
            play.time.run(Duration.ofMinutes(7));
            play.beforeEnding = once(() -> {
                givingBack.countDown();
                awaited(slowIsDone);
            });
            swept.add(other.submit(() -> play.desk().sweep()));
            awaited(givingBack);
        });
        CallbackAnswer answer = play.desk().callback(play.wants("a"));
        slowIsDone.countDown();
        assertThat(swept.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        other.shutdown();
        assertThat(answer).isInstanceOf(CallbackAnswer.NoRoute.class);
        assertThat(play.east.calls()).isEmpty();
        assertThat(play.entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        nothingIsLeft();
    }

    @Test
    @DisplayName("a node that was slow to take anything gives back itself what it took after another gave it up")
    void slowToTake() {
        play.beforeAdmitting = once(() -> {
            play.time.run(Duration.ofMinutes(7));
            assertThat(play.desk().sweep()).isEqualTo(1);
        });
        assertThat(play.desk().callback(play.wants("a"))).isInstanceOf(CallbackAnswer.NoRoute.class);
        assertThat(play.east.calls()).isEmpty();
        nothingIsLeft();
    }

    @Test
    @DisplayName("a call that is placed long after it was written down, and given up meanwhile, is hung up at once")
    void slowToPlace() {
        play.beforeProviders = once(() -> {
            play.time.run(Duration.ofMinutes(7));
            assertThat(play.desk().sweep()).isEqualTo(1);
        });
        CallbackAnswer answer = play.desk().callback(play.wants("a").on(Destination.number(AdmissionPlay.MOBILE)));
        assertThat(answer).isInstanceOf(CallbackAnswer.NoRoute.class);
        // Before anybody can answer it.
        play.time.run(Duration.ofMillis(500));
        assertThat(play.east.calls()).isNotEmpty().allMatch(call -> call.isOver());
        nothingIsLeft();
    }

    @Test
    @DisplayName("what a sweep gave up and could not give back is given back by the next one; nobody goes on with it")
    void givenBackLater() {
        play.beforeWriting = once(() -> {
            throw new IllegalStateException("the node died");
        });
        assertThatThrownBy(() -> play.desk().callback(play.wants("a"))).hasMessage("the node died");
        play.time.run(Duration.ofMinutes(7));
        play.beforeEnding = once(() -> {
            throw new IllegalStateException("away");
        });
        assertThatThrownBy(() -> play.desk().sweep()).hasMessage("away");
        assertThat(play.held()).isEqualTo("9");
        play.time.run(Duration.ofMinutes(2));
        assertThat(play.desk().sweep()).isEqualTo(1);
        assertThat(play.entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.atOnce()).isZero();
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isZero();
    }

    @Test
    @DisplayName(
            "a meeting whose guest would have the key of a call that goes on is denied, and that call keeps what it has")
    void guestsKeyIsTaken() {
        placed(play.desk().callback(play.wants("m/1")));
        assertThat(play.held()).isEqualTo("9");
        assertThat(rules(play.desk().callback(play.wants("m").with("+14165550143"))))
                .containsExactly("conference");
        assertThat(play.held()).isEqualTo("9");
        assertThat(play.atOnce()).isEqualTo(1);
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("9");
        assertThat(play.desk().records(new CommandId("m")).records()).hasSize(1);
    }

    @Test
    @DisplayName(
            "nobody else is given a guest's key once something is taken for the guest: nothing is given back of a call")
    void guestsKeyIsTheirs() {
        List<CallbackAnswer> faster = new ArrayList<>();
        play.beforeAdmitting = once(() -> faster.add(play.desk().callback(play.wants("m/1"))));
        CallbackAnswer answer = play.desk().callback(play.wants("m").with("+14165550143"));
        // The first guest has all the money, so there is none for the second.
        assertThat(answer).isInstanceOf(CallbackAnswer.NotPaid.class);
        assertThat(faster).containsExactly(new CallbackAnswer.Conflicting(new CommandId("m/1")));
        assertThat(play.entry("m/1").state()).isEqualTo(OutboundEntry.State.DENIED);
        assertThat(play.entry("m/2").state()).isEqualTo(OutboundEntry.State.DENIED);
        assertThat(play.desk().records(new CommandId("m")).complete()).isTrue();
        assertThat(play.east.calls()).isEmpty();
        nothingIsLeft();
    }

    @Test
    @DisplayName("a node that dies while it takes for the guests of a meeting is swept: all is free again")
    void diesOverGuests() {
        play.spend("8.00");
        // The first guest takes all the money, so the second is refused; nothing of the first can be given back then.
        play.beforeEnding = once(() -> {
            throw new IllegalStateException("the node died");
        });
        assertThatThrownBy(() -> play.desk().callback(play.wants("m").with("+14165550143")))
                .hasMessage("the node died");
        assertThat(play.held()).isEqualTo("1");
        play.time.run(Duration.ofMinutes(7));
        assertThat(play.desk().sweep()).isEqualTo(3);
        nothingIsLeft();
    }

    @Test
    @DisplayName("a phone outside is counted as a call only where the destination is allowed")
    void phoneOfWhatIsRefused() {
        play = new AdmissionPlay(AdmissionPlay.lenient().limit(GuardRule.USER_SPEND_DAY, Money.of("0.00", "USD")));
        assertThat(rules(play.desk().callback(play.wants("a").on(Destination.number(AdmissionPlay.MOBILE)))))
                .contains("user-spend-day");
        assertThat(play.counted(GuardRule.USER_DAY)).isZero();
    }

    @Test
    @DisplayName("what cannot be settled when the call ends is settled by a sweep, once, with the same amount")
    void settledLater() {
        placed(play.desk().callback(play.wants("a")));
        play.beforeEnding = () -> {
            throw new IllegalStateException("away");
        };
        play.time.runUntilIdle();
        assertThat(play.held()).isEqualTo("9");
        play.beforeEnding = () -> {};
        play.time.run(Duration.ofMinutes(2));
        play.beforeWriting = once(() -> {
            throw new IllegalStateException("the node died after it settled");
        });
        assertThatThrownBy(() -> play.desk().sweep()).hasMessage("the node died after it settled");
        assertThat(play.available()).isEqualTo("8.9");
        assertThat(play.desk().sweep()).isEqualTo(1);
        assertThat(play.desk().sweep()).isZero();
        assertThat(play.ended).containsExactly("0.1 USD", "0.1 USD");
        assertThat(play.available()).isEqualTo("8.9");
        assertThat(play.held()).isEqualTo(NOTHING);
        assertThat(play.counted(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("0.1");
    }

    @Test
    @DisplayName("a guard of one's own is asked by itself: with an admission no desk is opened")
    void guardOfOnesOwn() {
        Admission admission = play.stores.admission();
        assertThatThrownBy(() -> play.builder()
                        .guard(OutboundGuard.permissive())
                        .credit(new NoCredit(play.time.clock()))
                        .admission(admission)
                        .open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OutboundGuard.of");
        OutboundDesk apart = play.builder()
                .guard(OutboundGuard.permissive())
                .credit(new NoCredit(play.time.clock()))
                .open();
        placed(apart.callback(play.wants("a")));
        assertThat(play.held()).isEqualTo(NOTHING);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Runnable once(Runnable trouble) {
        boolean[] done = {false};
        return () -> {
            if (!done[0]) {
                done[0] = true;
                trouble.run();
            }
        };
    }

    private static CallbackAnswer.Placed placed(CallbackAnswer answer) {
        assertThat(answer).isInstanceOf(CallbackAnswer.Placed.class);
        return (CallbackAnswer.Placed) answer;
    }

    private static List<String> rules(CallbackAnswer answer) {
        assertThat(answer).isInstanceOf(CallbackAnswer.Denied.class);
        return ((CallbackAnswer.Denied) answer).rules();
    }
}
