package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.messagedesk.MessageAnswer;
import io.careflow.pstn.messagedesk.MessageDesk;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.InMemoryMessageStage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two nodes that text over one database")
final class MessageNodesIT {
    private static final Money EACH = Money.of("0.0083", "USD");

    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final InMemoryMessageStage stage = new InMemoryMessageStage();
    private final Pstn pstn = Pstn.of(stage.provider());
    private final CreditAccount account = new CreditAccount(TenantId.DEFAULT, "alice");
    private final PstnDatabase first = TestPostgres.open(dataSource);
    private final PstnDatabase second = TestPostgres.open(dataSource);

    @BeforeEach
    void open() {
        first.numbers().put(OwnedNumber.main(stage.ours(), stage.provider().id().value()));
        first.credit().open(account, CreditTerms.prepaid(Currency.getInstance("USD")));
        first.credit().pay(new CommandId("paid"), account, Money.of("1", "USD"), "paid");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    @DisplayName("a command given to both at the same time, many times, sends one text and books it once")
    void once() throws Exception {
        List<MessageDesk> nodes = List.of(desk(first), desk(second));
        for (int round = 0; round < 3; round++) {
            MessageWish wish = wish("round-" + round);
            List<MessageAnswer> answers = together(nodes, wish);
            assertThat(answers).filteredOn(MessageAnswer.Sent.class::isInstance).hasSize(1);
            assertThat(answers)
                    .filteredOn(MessageAnswer.Repeated.class::isInstance)
                    .hasSize(7);
        }
        assertThat(stage.arrived()).isEqualTo(3);
        Money held = first.credit().balance(account).orElseThrow().held();
        assertThat(held).isEqualTo(EACH.plus(EACH).plus(EACH));
        MessageAnswer.Sent sent = (MessageAnswer.Sent) first.messages()
                .find(new CommandId("round-0"))
                .orElseThrow()
                .answer()
                .orElseThrow();
        assertThat(stage.delivered(sent.message(), Money.of("0.0051", "USD"))).isTrue();
        stage.time().run(Duration.ofMinutes(61));
        assertThat(desk(second).sweep()).isEqualTo(3);
        assertThat(desk(first).sweep()).isZero();
        assertThat(second.credit().balance(account).orElseThrow().available())
                .isEqualTo(Money.of("1", "USD").minus(Money.of("0.0217", "USD")));
        assertThat(second.credit().audit()).isEmpty();
    }

    @Test
    @DisplayName("what one node hears from a recipient, the other one keeps to")
    void optedOut() {
        desk(first)
                .accept(new MessageReceived(
                        "e1",
                        stage.time().now(),
                        new MessageRef(stage.provider().id(), "m1"),
                        stage.theirs().e164(),
                        stage.ours().e164(),
                        "Stop.",
                        List.of()));
        assertThat(desk(second).send(wish("one"))).isInstanceOf(MessageAnswer.OptedOut.class);
        assertThat(stage.arrived()).isZero();
    }

    @Test
    @DisplayName("without the book nothing is sent, and the application is told")
    void withoutTheBook() {
        TestPostgres.execute(dataSource, "ALTER TABLE pstn_messages RENAME TO pstn_messages_away");
        assertThatThrownBy(() -> desk(first).send(wish("one"))).isInstanceOf(StoreException.class);
        assertThat(stage.arrived()).isZero();
    }

    @Test
    @DisplayName("without the list of opt-outs nothing is sent")
    void withoutOptOuts() {
        TestPostgres.execute(dataSource, "ALTER TABLE pstn_opt_outs RENAME TO pstn_opt_outs_away");
        assertThat(desk(first).send(wish("one")))
                .isInstanceOfSatisfying(
                        MessageAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).containsExactly("undecided"));
        assertThat(stage.arrived()).isZero();
    }

    private List<MessageAnswer> together(List<MessageDesk> nodes, MessageWish wish) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            CyclicBarrier start = new CyclicBarrier(8);
            List<Future<MessageAnswer>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                MessageDesk node = nodes.get(i % 2);
                running.add(pool.submit(() -> {
                    start.await();
                    return node.send(wish);
                }));
            }
            List<MessageAnswer> answers = new ArrayList<>();
            for (Future<MessageAnswer> one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    private MessageDesk desk(PstnDatabase database) {
        Clock clock = stage.time().clock();
        return MessageDesk.builder()
                .providers(() -> pstn)
                .directory(database.directory())
                .guard(new CallGuard(GuardRulesBook.always(GuardRules.standard("CA")), database.guards(), clock))
                .credit(database.credit())
                .admission(database.admission())
                .book(database.messages())
                .optOuts(database.optOuts())
                .clock(clock)
                .build();
    }

    private MessageWish wish(String command) {
        return MessageWish.of(
                new CommandId(command),
                TenantId.DEFAULT,
                "alice",
                stage.ours(),
                stage.theirs(),
                "Your appointment is tomorrow at nine.");
    }
}
