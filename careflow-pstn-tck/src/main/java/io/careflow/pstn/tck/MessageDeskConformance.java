package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.messagedesk.MessageAnswer;
import io.careflow.pstn.messagedesk.MessageAnswer.Denied;
import io.careflow.pstn.messagedesk.MessageAnswer.Repeated;
import io.careflow.pstn.messagedesk.MessageAnswer.Sent;
import io.careflow.pstn.messagedesk.MessageDesk;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.messagedesk.OptChoice;
import io.careflow.pstn.messagedesk.OptOuts;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Texts over any carrier: the same desk and the same stories, each beside the one in which it is refused. */
public abstract class MessageDeskConformance {
    private static final Money NOTHING = Money.of("0", "USD");
    private static final Money PRICE = Money.of("0.0051", "USD");
    private static final Duration HOUR = Duration.ofMinutes(61);
    private static final PhoneNumber ABROAD = new PhoneNumber("+447400123456");

    /** For subclasses. */
    protected MessageDeskConformance() {}

    /** A stage on which nothing has happened. The story closes it. */
    protected abstract MessageStage stage();

    /**
     * Where the stories' desks take what a text counts for and its money in one step; empty, unless overridden: guard and credit are asked
     * one after the other. Called once for each story.
     */
    protected Optional<OneStep> oneStep(Clock clock) {
        return Optional.empty();
    }

    private MessageScene scene(MessageStage stage, String paid) {
        return new MessageScene(stage, paid, oneStep(stage.time().clock()).orElse(null));
    }

    @Test
    @DisplayName("a text is sent once, its whole price is set aside, and it is settled to what the carrier took")
    void sentAndSettled() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk();
            MessageWish wish = scene.wish("one");
            assertThat(desk.quote(wish).orElseThrow().price()).isEqualTo(scene.each());
            Sent sent = sent(desk.send(wish));
            assertThat(scene.balance().held()).isEqualTo(scene.each());
            boolean priced = stage.delivered(sent.message(), PRICE);
            desk.accept(scene.delivered(sent.message()));
            desk.accept(scene.delivered(sent.message()));
            // Where the carrier tells no price, none is guessed before its time.
            Money booked = priced ? PRICE : NOTHING;
            assertThat(scene.balance().booked()).isEqualTo(Money.of("1", "USD").minus(booked));
            assertThat(scene.balance().held()).isEqualTo(priced ? NOTHING : scene.each());
            assertThat(scene.entry(wish).state()).isEqualTo(priced ? State.SETTLED : State.SENT);
            assertThat(stage.arrived()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("where the carrier never tells a price, the quote is booked, and the book says so")
    void settledAtTheQuote() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk();
            MessageWish wish = scene.wish("one");
            Sent sent = sent(desk.send(wish));
            assertThat(stage.delivered(sent.message(), null)).isTrue();
            desk.accept(scene.delivered(sent.message()));
            assertThat(scene.entry(wish).state()).isEqualTo(State.SENT);
            assertThat(desk.sweep()).isZero();
            scene.pass(HOUR);
            assertThat(desk.sweep()).isEqualTo(1);
            assertThat(desk.sweep()).isZero();
            assertThat(scene.entry(wish).because()).contains("as quoted");
            assertThat(scene.balance().available())
                    .isEqualTo(Money.of("1", "USD").minus(scene.each()));
            assertThat(scene.balance().held()).isEqualTo(NOTHING);
        }
    }

    @Test
    @DisplayName("customers who pay a price of ours pay that, whatever the carrier takes")
    void selling() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk(builder -> builder.selling(wish -> Optional.of(Money.of("0.05", "USD"))));
            Sent sent = sent(desk.send(scene.wish("one")));
            assertThat(stage.delivered(sent.message(), null)).isTrue();
            desk.accept(scene.delivered(sent.message()));
            assertThat(scene.balance().available()).isEqualTo(Money.of("0.95", "USD"));
        }
    }

    @Test
    @DisplayName("a command sends one text, however often it is given, on two nodes and at the same time")
    void once() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            List<MessageDesk> nodes = List.of(scene.desk(), scene.desk());
            MessageWish wish = scene.wish("one");
            AtomicInteger next = new AtomicInteger();
            List<MessageAnswer> answers =
                    Together.all(8, () -> nodes.get(next.getAndIncrement() % 2).send(wish));
            assertThat(answers).filteredOn(Sent.class::isInstance).hasSize(1);
            assertThat(answers).filteredOn(Repeated.class::isInstance).hasSize(7);
            assertThat(stage.arrived()).isEqualTo(1);
            assertThat(scene.balance().held()).isEqualTo(scene.each());
            assertThat(nodes.get(1).send(wish))
                    .isInstanceOfSatisfying(
                            Repeated.class, again -> assertThat(again.first()).containsInstanceOf(Sent.class));
            assertThat(nodes.get(0).send(scene.wish("one", stage.theirs(), "Another text.")))
                    .isEqualTo(new MessageAnswer.Conflicting(wish.command()));
            assertThat(stage.arrived()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("what rules forbid is not sent, and every rule that spoke is named")
    void denied() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk(builder -> builder.selling(wish -> Optional.of(Money.of("0.2", "USD"))));
            MessageWish wish = scene.wish("one", ABROAD, MessageScene.TEXT);
            assertThat(desk.send(wish)).isInstanceOfSatisfying(Denied.class, denied -> {
                assertThat(denied.rules()).contains("country", "price-per-minute");
                assertThat(denied.because()).contains("GB");
            });
            assertThat(desk.send(wish))
                    .isInstanceOfSatisfying(
                            Repeated.class, again -> assertThat(again.first()).containsInstanceOf(Denied.class));
            untouched(stage, scene);
        }
    }

    @Test
    @DisplayName("closed when in doubt: no price, a number of others, a store or rules that cannot be asked")
    void closed() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk unpriced = scene.desk(builder -> builder.selling(wish -> Optional.empty()));
            assertThat(unpriced.quote(scene.wish("q"))).isEmpty();
            assertThat(rules(unpriced.send(scene.wish("a")))).containsExactly("rate");
            MessageWish others = MessageWish.of(
                    scene.wish("b").command(), MessageScene.TENANT, "alice", ABROAD, stage.theirs(), "Hi");
            assertThat(rules(scene.desk().send(others))).containsExactly("sender");
            assertThatThrownBy(() -> scene.desk().quote(others)).isInstanceOf(IllegalArgumentException.class);
            MessageDesk blind = scene.desk(builder -> builder.optOuts(new Down()));
            assertThat(rules(blind.send(scene.wish("c")))).containsExactly("undecided");
            MessageWish stranger = MessageWish.of(
                    scene.wish("d").command(), MessageScene.TENANT, "bob", stage.ours(), stage.theirs(), "Hi");
            assertThat(rules(scene.desk().send(stranger))).containsExactly("credit");
            untouched(stage, scene);
        }
    }

    @Test
    @DisplayName("without the money for the whole text nothing is sent")
    void notPaid() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "0.001")) {
            MessageWish wish = scene.wish("one");
            MessageAnswer answer = scene.desk().send(wish);
            assertThat(answer).isEqualTo(new MessageAnswer.NotPaid(Money.of("0.001", "USD"), scene.each()));
            assertThat(scene.entry(wish).answer()).contains(answer);
            assertThat(scene.balance().held()).isEqualTo(NOTHING);
            assertThat(stage.arrived()).isZero();
        }
    }

    @Test
    @DisplayName("who says STOP gets no more texts from that number; who says START gets them again")
    void optedOut() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk();
            MessageReceived stop = scene.says(" \u00ab Arr\u00eat. \u00bb\n");
            desk.accept(stop);
            assertThat(desk.send(scene.wish("one"))).isInstanceOf(MessageAnswer.OptedOut.class);
            untouched(stage, scene);
            scene.pass(Duration.ofMinutes(1));
            desk.accept(scene.says("please start the car"));
            assertThat(desk.send(scene.wish("two"))).isInstanceOf(MessageAnswer.OptedOut.class);
            desk.accept(scene.says("Start"));
            desk.accept(stop);
            assertThat(sent(desk.send(scene.wish("three")))).isNotNull();
            assertThat(stage.arrived()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a carrier's refusal for an opt-out is learnt: the next text is not even tried")
    void learnt() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk();
            if (!stage.optedOut()) {
                // A carrier without a word for it: its refusals are no choices of the recipient.
                stage.refuses();
                assertThat(desk.send(scene.wish("one"))).isInstanceOf(MessageAnswer.Failed.class);
                assertThat(scene.optOuts().find(stage.ours(), stage.theirs())).isEmpty();
                return;
            }
            assertThat(desk.send(scene.wish("one"))).isInstanceOf(MessageAnswer.OptedOut.class);
            assertThat(scene.optOuts().find(stage.ours(), stage.theirs()))
                    .get()
                    .matches(OptChoice::out)
                    .extracting(OptChoice::source)
                    .isEqualTo(OptChoice.Source.CARRIER);
            assertThat(desk.send(scene.wish("two")))
                    .isInstanceOfSatisfying(
                            MessageAnswer.OptedOut.class,
                            out -> assertThat(out.because()).contains("wants no texts"));
            untouched(stage, scene);
        }
    }

    @Test
    @DisplayName("what the carrier refuses has failed: nothing is paid, and another wish may be sent")
    void refused() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            stage.refuses();
            MessageDesk desk = scene.desk();
            assertThat(desk.send(scene.wish("one"))).isInstanceOf(MessageAnswer.Failed.class);
            untouched(stage, scene);
            assertThat(desk.send(scene.wish("two"))).isInstanceOf(Sent.class);
        }
    }

    @Test
    @DisplayName(
            "a lost answer is doubt: it is never sent again, its money stays set aside, and is freed when nobody found out")
    void inDoubt() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            stage.losesAnswer();
            MessageDesk desk = scene.desk();
            MessageWish wish = scene.wish("one");
            assertThat(desk.send(wish)).isInstanceOf(MessageAnswer.InDoubt.class);
            assertThat(desk.send(wish))
                    .isInstanceOfSatisfying(
                            Repeated.class,
                            again -> assertThat(again.first()).containsInstanceOf(MessageAnswer.InDoubt.class));
            scene.pass(HOUR);
            assertThat(desk.sweep()).isZero();
            assertThat(scene.balance().held()).isEqualTo(scene.each());
            scene.pass(Duration.ofHours(24));
            assertThat(desk.sweep()).isEqualTo(1);
            assertThat(scene.entry(wish).state()).isEqualTo(State.UNRESOLVED);
            assertThat(scene.balance().held()).isEqualTo(NOTHING);
            assertThat(scene.balance().available()).isEqualTo(Money.of("1", "USD"));
            assertThat(desk.send(wish)).isInstanceOf(Repeated.class);
            assertThat(stage.arrived()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a doubt that somebody resolved is settled, or freed")
    void resolved() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageDesk desk = scene.desk(builder -> builder.selling(wish -> Optional.of(Money.of("0.05", "USD"))));
            MessageWish wish = scene.wish("one");
            stage.losesAnswer();
            assertThat(desk.send(wish)).isInstanceOf(MessageAnswer.InDoubt.class);
            assertThat(desk.wasSent(wish.command(), stage.unknown())).isTrue();
            assertThat(desk.wasNotSent(wish.command(), "too late")).isFalse();
            scene.pass(HOUR);
            assertThat(desk.sweep()).isEqualTo(1);
            assertThat(scene.balance().available()).isEqualTo(Money.of("0.95", "USD"));
        }
    }

    @Test
    @DisplayName("a node that dies over a text leaves nothing held for ever, and nothing is sent twice")
    void died() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            MessageWish early = scene.wish("early");
            MessageWish late = scene.wish("late");
            scene.dies(early, false);
            scene.dies(late, true);
            MessageDesk desk = scene.desk();
            assertThat(desk.send(late)).isEqualTo(new MessageAnswer.Conflicting(late.command()));
            assertThat(scene.entry(late).answer()).isEmpty();
            scene.pass(Duration.ofMinutes(6));
            assertThat(desk.sweep()).isEqualTo(2);
            assertThat(scene.entry(early).state()).isEqualTo(State.FAILED);
            assertThat(scene.entry(late).state()).isEqualTo(State.IN_DOUBT);
            assertThat(desk.wasNotSent(late.command(), "the carrier has no such text"))
                    .isTrue();
            assertThat(scene.balance().held()).isEqualTo(NOTHING);
            untouched(stage, scene);
        }
    }

    @Test
    @DisplayName("words are answered only where that is asked for, once, and STOP in spite of itself")
    void replies() {
        MessageStage stage = stage();
        try (MessageScene scene = scene(stage, "1")) {
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            MessageDesk silent = scene.desk();
            silent.accept(scene.says("HELP"));
            assertThat(stage.arrived()).isZero();
            MessageDesk talking = scene.desk(builder -> scene.replying(builder, heard));
            MessageReceived stop = scene.says("STOP");
            talking.accept(stop);
            talking.accept(stop);
            talking.accept(scene.says("Thank you"));
            assertThat(heard).containsExactly("STOP", "STOP", "null");
            assertThat(stage.arrived()).isEqualTo(1);
            assertThat(talking.send(scene.wish("one"))).isInstanceOf(MessageAnswer.OptedOut.class);
        }
    }

    private static void untouched(MessageStage stage, MessageScene scene) {
        assertThat(stage.arrived()).isZero();
        assertThat(scene.balance().held()).isEqualTo(NOTHING);
        assertThat(scene.balance().available()).isEqualTo(Money.of("1", "USD"));
    }

    private static Sent sent(MessageAnswer answer) {
        assertThat(answer).isInstanceOf(Sent.class);
        return (Sent) answer;
    }

    private static List<String> rules(MessageAnswer answer) {
        assertThat(answer).isInstanceOf(Denied.class);
        return ((Denied) answer).rules();
    }

    private static final class Down implements OptOuts {
        @Override
        public boolean put(OptChoice choice) {
            throw new IllegalStateException("the store is down");
        }

        @Override
        public Optional<OptChoice> find(PhoneNumber sender, PhoneNumber recipient) {
            throw new IllegalStateException("the store is down");
        }
    }
}
