package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.messagedesk.MemoryMessageBook;
import io.careflow.pstn.messagedesk.MemoryOptOuts;
import io.careflow.pstn.messagedesk.MessageAnswer;
import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.messagedesk.MessageDesk;
import io.careflow.pstn.messagedesk.MessageDeskBuilder;
import io.careflow.pstn.messagedesk.MessageEntry;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.InMemoryMessageStage;
import io.careflow.pstn.tck.OneStep;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message desk that takes guard and credit in one step")
class MessageAdmissionTest {
    private static final CreditAccount ACCOUNT = new CreditAccount(TenantId.DEFAULT, "alice");

    private final InMemoryMessageStage stage = new InMemoryMessageStage();
    private final Pstn pstn = Pstn.of(stage.provider());
    private final OneStep stores = OneStep.inMemory(stage.time().clock());
    private final MemoryMessageBook book = new MemoryMessageBook();
    private GuardRules rules = GuardRules.standard("CA");
    private boolean away;

    @AfterEach
    void leave() {
        stage.close();
    }

    @Test
    @DisplayName("counts a text once with its price, which what it really cost replaces")
    void counted() {
        open("1");
        assertThat(desk().send(wish("a"))).isInstanceOf(MessageAnswer.Sent.class);
        assertThat(current(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("0.0083");
        MessageAnswer.Sent sent = (MessageAnswer.Sent) entry("a").answer().orElseThrow();
        assertThat(stage.delivered(sent.message(), Money.of("0.0051", "USD"))).isTrue();
        stage.time().run(Duration.ofMinutes(59));
        stage.time().run(Duration.ofMinutes(2));
        assertThat(desk().sweep()).isEqualTo(1);
        assertThat(desk().sweep()).isZero();
        assertThat(current(GuardRule.USER_SPEND_DAY)).isEqualByComparingTo("0.0051");
        assertThat(available()).isEqualTo(Money.of("0.9949", "USD"));
    }

    @Test
    @DisplayName("what a counter refuses holds no money, and what is not paid is not counted as spent")
    void refused() {
        open("0.001");
        assertThat(desk().send(wish("a"))).isInstanceOf(MessageAnswer.NotPaid.class);
        assertThat(current(GuardRule.USER_SPEND_DAY)).isZero();
        rules = rules.limit(GuardRule.USER_MINUTE, 0);
        assertThat(rules(desk().send(wish("b")))).containsExactly("user-minute");
        assertThat(available()).isEqualTo(Money.of("0.001", "USD"));
    }

    @Test
    @DisplayName("sends nothing while nothing can be asked")
    void away() {
        open("1");
        away = true;
        assertThat(rules(desk().send(wish("a")))).containsExactly("store");
        assertThat(stage.arrived()).isZero();
        away = false;
        assertThat(available()).isEqualTo(Money.of("1", "USD"));
    }

    @Test
    @DisplayName("gives back what a node took that died before it wrote it down")
    void died() {
        open("1");
        MessageBook dying = new Dying(book);
        assertThatThrownBy(() -> builder()
                        .guard(guard())
                        .book(dying)
                        .admission(stores.admission())
                        .build()
                        .send(wish("a")))
                .isInstanceOf(StackOverflowError.class);
        assertThat(available()).isNotEqualTo(Money.of("1", "USD"));
        stage.time().run(Duration.ofMinutes(6));
        assertThat(desk().sweep()).isEqualTo(1);
        assertThat(entry("a").state()).isEqualTo(MessageEntry.State.FAILED);
        assertThat(available()).isEqualTo(Money.of("1", "USD"));
        assertThat(current(GuardRule.USER_SPEND_DAY)).isZero();
        assertThat(current(GuardRule.USER_DAY)).isEqualByComparingTo("1");
    }

    @Test
    @DisplayName("has no counters to ask if it is unguarded: it is not built with an admission, and is without one")
    void unguarded() {
        open("1");
        assertThatThrownBy(() ->
                        builder().unguarded().admission(stores.admission()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unguarded");
        assertThat(builder().unguarded().build().send(wish("a"))).isInstanceOf(MessageAnswer.Sent.class);
    }

    @Test
    @DisplayName("sends nothing where the answer about the money is lost; what was set aside is free again at once")
    void answerOfReserveIsLost() {
        open("1");
        LosingCredit losing = new LosingCredit(stores.credit());
        losing.afterReserving = () -> {
            throw new IllegalStateException("the answer is lost");
        };
        Admission together = Admission.of(stores.guards(), losing);
        assertThat(rules(builder().credit(losing).guard(guard()).build().send(wish("a"))))
                .containsExactly("credit");
        assertThat(available()).isEqualTo(Money.of("1", "USD"));
        assertThat(rules(builder()
                        .credit(losing)
                        .guard(guard())
                        .admission(together)
                        .build()
                        .send(wish("b"))))
                .containsExactly("credit");
        assertThat(available()).isEqualTo(Money.of("1", "USD"));
        assertThat(losing.reserved).isEqualTo(2);
        assertThat(current(GuardRule.USER_SPEND_DAY)).isZero();
        assertThat(stage.arrived()).isZero();
    }

    private void open(String paid) {
        stores.credit().open(ACCOUNT, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(stores.credit().pay(new CommandId("paid"), ACCOUNT, Money.of(paid, "USD"), "paid"))
                .isTrue();
    }

    private MessageDesk desk() {
        return builder().guard(guard()).admission(new Perhaps()).build();
    }

    private CallGuard guard() {
        return new CallGuard(
                GuardRulesBook.always(rules), stores.guards(), stage.time().clock());
    }

    private MessageDeskBuilder builder() {
        return MessageDesk.builder()
                .providers(() -> pstn)
                .directory(new Ours())
                .credit(stores.credit())
                .book(book)
                .optOuts(new MemoryOptOuts())
                .clock(stage.time().clock());
    }

    private MessageWish wish(String command) {
        return MessageWish.of(
                new CommandId(command), TenantId.DEFAULT, "alice", stage.ours(), stage.theirs(), "Tomorrow at nine.");
    }

    private MessageEntry entry(String command) {
        return book.find(new CommandId(command)).orElseThrow();
    }

    private Money available() {
        return stores.credit().balance(ACCOUNT).orElseThrow().available();
    }

    private BigDecimal current(GuardRule rule) {
        GuardRequest another = GuardRequest.of(
                        "another", TenantId.DEFAULT, "alice", GuardPurpose.MESSAGE, stage.theirs())
                .pricedPerMinute(Money.of("0.01", "USD"));
        return guard().explain(another).rulings().stream()
                .filter(ruling -> ruling.rule() == rule)
                .map(ruling -> new BigDecimal(ruling.current()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rules(MessageAnswer answer) {
        assertThat(answer).isInstanceOf(MessageAnswer.Denied.class);
        return ((MessageAnswer.Denied) answer).rules();
    }

    /** May be away. */
    private final class Perhaps implements Admission {
        private Admission here() {
            if (away) {
                throw new IllegalStateException("away");
            }
            return stores.admission();
        }

        @Override
        public Admitted admit(AdmissionRequest request) {
            return here().admit(request);
        }

        @Override
        public Settlement complete(AdmissionResult result) {
            return here().complete(result);
        }

        @Override
        public void cancel(String holder, CommandId hold, List<String> spendKeys, String because) {
            here().cancel(holder, hold, spendKeys, because);
        }
    }

    /** A node that dies as soon as it writes what it took: not even what it would do then is done. */
    private record Dying(MessageBook book) implements MessageBook {
        @Override
        public Opened open(MessageEntry first) {
            return book.open(first);
        }

        @Override
        public boolean change(MessageEntry next) {
            throw new StackOverflowError("the node died");
        }

        @Override
        public Optional<MessageEntry> find(CommandId command) {
            return book.find(command);
        }

        @Override
        public Optional<MessageEntry> find(MessageRef message) {
            return book.find(message);
        }

        @Override
        public List<MessageEntry> stale(MessageEntry.State state, Instant before, int most) {
            return book.stale(state, before, most);
        }
    }

    private final class Ours implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return number.equals(stage.ours())
                    ? Optional.of(new Did(
                            number, TenantId.DEFAULT, stage.provider().id().value(), null))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
