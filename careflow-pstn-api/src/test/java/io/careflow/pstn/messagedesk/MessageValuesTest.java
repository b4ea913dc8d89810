package io.careflow.pstn.messagedesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageValuesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final MessageQuote TWO_PARTS =
            new MessageQuote(SmsSegments.of("\u0436".repeat(71)), Money.of("0.0079", "USD"));
    private static final MessageWish WISH = MessageWish.of(
            new CommandId("a"),
            TenantId.DEFAULT,
            "alice",
            new PhoneNumber("+18195550100"),
            new PhoneNumber("+14165550199"),
            "Secret diagnosis");

    @Test
    @DisplayName("a quote tells encoding, parts, the price of a part and of the whole")
    void quote() {
        assertThat(TWO_PARTS.price()).isEqualTo(Money.of("0.0158", "USD"));
        assertThat(TWO_PARTS).hasToString("0.0158 USD: 2 parts of UCS_2 at 0.0079 USD");
        assertThatThrownBy(() -> new MessageQuote(SmsSegments.of(""), Money.of("1", "USD")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MessageQuote(SmsSegments.of("a"), Money.of("-1", "USD")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("call or text: the cheaper one is told with both prices, and what is not known is not guessed")
    void hint() {
        assertThat(CostHint.of(TWO_PARTS, call("1", "0.006", "USD"), 1).cheaper())
                .isEqualTo(CostHint.Cheaper.CALL);
        assertThat(CostHint.of(TWO_PARTS, call("1", "0.0158", "USD"), 1).cheaper())
                .isEqualTo(CostHint.Cheaper.NEITHER);
        CostHint text = CostHint.of(TWO_PARTS, call("1", "0.02", "USD"), 1);
        assertThat(text.explanation())
                .isEqualTo("a text of 2 parts costs 0.0158 USD, a call of 1 minute 0.02 USD: text, 0.0042 USD less");
        assertThat(CostHint.of(TWO_PARTS, call("44", "0.02", "USD"), 1).call()).isNull();
        assertThat(CostHint.of(TWO_PARTS, call("1", "0.02", "CAD"), 1).cheaper())
                .isEqualTo(CostHint.Cheaper.UNKNOWN);
        assertThatThrownBy(() -> CostHint.of(TWO_PARTS, call("1", "1", "USD"), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minutes");
    }

    @Test
    @DisplayName("a line of the book gives the answer again that it stands for, and shows no text")
    void answers() {
        MessageEntry first = MessageEntry.first(WISH, "f", NOW);
        assertThat(first.answer()).isEmpty();
        assertThat(first.become(State.DENIED, "country off-hours", "no", NOW).answer())
                .contains(new MessageAnswer.Denied(List.of("country", "off-hours"), "no"));
        assertThat(first.become(State.NOT_PAID, "0.01 USD", "no", NOW)
                        .holding(TWO_PARTS, null)
                        .answer())
                .contains(new MessageAnswer.NotPaid(Money.of("0.01", "USD"), Money.of("0.0158", "USD")));
        assertThat(first.become(State.UNRESOLVED, "", "lost", NOW).answer())
                .contains(new MessageAnswer.InDoubt(WISH.command(), "lost"));
        assertThat(first.become(State.FAILED, "", "x".repeat(2000), NOW).because())
                .hasSize(1000);
        assertThatThrownBy(() -> first.become(State.SENT, "", "", NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThat(WISH.toString() + first).doesNotContain("diagnosis");
    }

    @Test
    @DisplayName("settings, wishes and desks that cannot work are refused by name")
    void refused() {
        assertThatThrownBy(() -> MessageSettings.defaults().pricedWithin(Duration.ZERO))
                .hasMessageContaining("priceWithin");
        assertThatThrownBy(() -> MessageSettings.defaults().doubting(Duration.ofDays(7)))
                .hasMessageContaining("doubtFor");
        assertThatThrownBy(() ->
                        new MessageSettings(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), Set.of()))
                .hasMessageContaining("stuckAfter");
        assertThatThrownBy(() -> new MessageWish(WISH.request(), " ")).hasMessageContaining("user");
        assertThatThrownBy(() -> MessageDesk.builder().build()).hasMessageContaining("guard");
        assertThatThrownBy(() -> MessageDesk.builder().unguarded().build()).hasMessageContaining("needs");
    }

    private static Quote call(String prefix, String perMinute, String currency) {
        return Rater.of(List.of(RateDeck.builder("d", "1", "customers", Direction.OUTBOUND)
                        .currency(Currency.getInstance(currency))
                        .add(Rate.builder(prefix)
                                .perMinute(perMinute)
                                .increments(60, 60)
                                .build())
                        .build()))
                .quote("customers", Direction.OUTBOUND, "14165550199", NOW);
    }
}
