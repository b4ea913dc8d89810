package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.MessageEntry;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import io.careflow.pstn.messagedesk.MessageQuote;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.messagedesk.OptChoice;
import io.careflow.pstn.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is over and old is deleted from PostgreSQL, page by page")
final class JdbiRetentionIT {
    private static final CreditAccount ANNA = new CreditAccount(TenantId.DEFAULT, "anna");
    private static final Money CENT = Money.of("0.01", "USD");
    private static final Duration MONTH = Duration.ofDays(30);

    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550199");
    private static final ProviderId CARRIER = new ProviderId("telnyx");

    private final DataSource server = TestPostgres.emptyDatabase();
    private final PstnDatabase database = TestPostgres.open(server);
    private final JdbiRetention retention = new JdbiRetention(new Database(server, DatabaseSettings.defaults()), 7);

    @BeforeEach
    void account() {
        database.credit().open(ANNA, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(database.credit().pay(new CommandId("paid-in"), ANNA, Money.of("5", "USD"), "card"))
                .isTrue();
    }

    @Test
    @DisplayName("old holds go, whatever became of them; young ones, live ones, entries and balances stay")
    void holds() {
        for (int i = 0; i < 30; i++) {
            hold("old-" + i);
            if (i % 3 == 0) {
                database.credit().release(new CommandId("old-" + i), "nothing came of it");
            } else {
                settle("old-" + i);
            }
        }
        hold("live");
        age("pstn_credit_holds", "made_at", "over_at");
        hold("young");
        settle("young");
        assertThat(retention.holds(MONTH.plusDays(5))).isZero();
        assertThat(retention.holds(MONTH.minusDays(5))).isEqualTo(30);
        assertThat(retention.holds(MONTH.minusDays(5))).isZero();
        assertThat(count("pstn_credit_holds")).isEqualTo(2);
        assertThat(database.credit().entries(ANNA, Long.MAX_VALUE, 100)).hasSize(22);
        assertThat(database.credit().audit()).isEmpty();
        assertThat(database.credit().settle(new CommandId("young"), CENT, "3 s").repeated())
                .isTrue();
        assertThat(database.credit().balance(ANNA).orElseThrow().held()).isEqualTo(CENT);
        // Nobody pays twice for a call whose hold is forgotten.
        assertThatIllegalStateException().isThrownBy(() -> settle("old-1"));
        assertThat(database.credit().balance(ANNA).orElseThrow().booked()).isEqualTo(Money.of("4.79", "USD"));
        // Nor does anybody talk again under its key, alone or together with others: that could never be booked.
        assertThat(database.credit()
                        .reserve(new Hold(new CommandId("old-1"), ANNA, CENT, Duration.ofMinutes(1), "call")))
                .isInstanceOf(HoldAnswer.Refused.class);
        GuardClaim claim = new GuardClaim(
                "old-1",
                List.of(new GuardBound.AtOnce("concurrent", "default/anna/concurrent", 3)),
                Duration.ofMinutes(1));
        Admitted again = database.admission()
                .admit(new AdmissionRequest(
                        claim, new Hold(new CommandId("old-1"), ANNA, CENT, Duration.ofMinutes(1), "call")));
        assertThat(again.admitted()).isFalse();
        assertThat(again.credit()).isInstanceOf(HoldAnswer.Refused.class);
        // What was released was never paid, and may be wished again.
        assertThat(database.credit()
                        .reserve(new Hold(new CommandId("old-0"), ANNA, CENT, Duration.ofMinutes(1), "call")))
                .isInstanceOf(HoldAnswer.Held.class);
    }

    @Test
    @DisplayName("commands that are over go; those that go on or are in doubt stay, however old")
    void commands() {
        Instant old = Instant.now().minus(MONTH).truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < 20; i++) {
            command("ended-" + i, OutboundEntry.State.ENDED, old);
        }
        command("denied", OutboundEntry.State.DENIED, old);
        command("doubt", OutboundEntry.State.IN_DOUBT, old);
        command("placed", OutboundEntry.State.PLACED, old);
        command("young", OutboundEntry.State.ENDED, Instant.now());
        assertThat(retention.outbound(MONTH.minusDays(1))).isEqualTo(21);
        assertThat(count("pstn_outbound")).isEqualTo(3);
        assertThat(database.outbound().find(new CommandId("doubt"))).isPresent();
        assertThat(database.outbound().find(new CommandId("denied"))).isEmpty();
    }

    @Test
    @DisplayName(
            "texts that ended go; those that are in doubt, not paid yet or young stay, and so do choices of recipients")
    void texts() {
        Instant old = Instant.now().minus(MONTH).truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < 20; i++) {
            text("settled-" + i, State.SETTLED, old);
        }
        for (State state : State.values()) {
            text(state.name(), state, old);
        }
        text("young", State.SETTLED, Instant.now());
        OptChoice stop = new OptChoice(OURS, PATIENT, true, OptChoice.Source.RECIPIENT, "STOP", old);
        assertThat(database.optOuts().put(stop)).isTrue();
        assertThat(retention.messages(MONTH.plusDays(1))).isZero();
        assertThat(retention.messages(MONTH.minusDays(1))).isEqualTo(26);
        assertThat(retention.messages(MONTH.minusDays(1))).isZero();
        for (State state : State.values()) {
            assertThat(database.messages().find(new CommandId(state.name())).isPresent())
                    .as(state.name())
                    .isEqualTo(List.of(State.OPENED, State.SENDING, State.SENT, State.IN_DOUBT)
                            .contains(state));
        }
        assertThat(count("pstn_messages")).isEqualTo(5);
        assertThat(database.messages().find(new MessageRef(CARRIER, "SENT"))).isPresent();
        assertThat(count("pstn_opt_outs")).isEqualTo(1);
    }

    @Test
    @DisplayName("what somebody has locked is left for the next time, and nobody waits")
    void locked() throws SQLException {
        for (int i = 0; i < 10; i++) {
            hold("old-" + i);
            settle("old-" + i);
        }
        age("pstn_credit_holds", "made_at", "over_at");
        try (Connection other = server.getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            assertThat(sql.execute("SELECT 1 FROM pstn_credit_holds WHERE id = 'old-4' FOR UPDATE"))
                    .isTrue();
            assertThat(retention.holds(MONTH.minusDays(1))).isEqualTo(9);
            other.rollback();
        }
        assertThat(retention.holds(MONTH.minusDays(1))).isEqualTo(1);
    }

    @Test
    @DisplayName("what could still be asked for is not deleted")
    void tooYoung() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.retention().holds(Duration.ofDays(13)))
                .withMessageContaining("PT336H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.retention().outbound(Duration.ofHours(23)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.retention().messages(Duration.ofHours(23)))
                .withMessageContaining("messages is PT23H");
    }

    private void hold(String id) {
        assertThat(database.credit().reserve(new Hold(new CommandId(id), ANNA, CENT, Duration.ofDays(1), "call")))
                .isInstanceOf(HoldAnswer.Held.class);
    }

    private void settle(String id) {
        assertThat(database.credit().settle(new CommandId(id), CENT, "3 s").booked())
                .isEqualTo(CENT);
    }

    private void command(String id, OutboundEntry.State state, Instant at) {
        OutboundEntry first = OutboundEntry.first(new CommandId(id), "print", "order", at);
        assertThat(database.outbound().open(first).mine()).isTrue();
        assertThat(database.outbound().change(first.become(state, "", at))).isTrue();
    }

    private void text(String id, State state, Instant at) {
        MessageWish wish = MessageWish.of(new CommandId(id), TenantId.DEFAULT, "anna", OURS, PATIENT, "Hello");
        MessageEntry first = MessageEntry.first(wish, "print", at);
        assertThat(database.messages().open(first).mine()).isTrue();
        if (state != State.OPENED) {
            MessageEntry next = first.holding(new MessageQuote(SmsSegments.of("Hello"), CENT), null)
                    .sent(new MessageRef(CARRIER, id), at);
            assertThat(database.messages().change(next)).isTrue();
            assertThat(state == State.SENT || database.messages().change(next.become(state, "", "", at)))
                    .isTrue();
        }
    }

    private void age(String table, String... columns) {
        for (String column : columns) {
            TestPostgres.execute(
                    server, "UPDATE " + table + " SET " + column + " = " + column + " - interval '30 days'");
        }
    }

    private long count(String table) {
        try (Connection connection = server.getConnection();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT count(*) FROM " + table)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
