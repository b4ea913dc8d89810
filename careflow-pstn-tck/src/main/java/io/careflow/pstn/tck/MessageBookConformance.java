package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.messagedesk.MessageBook.Opened;
import io.careflow.pstn.messagedesk.MessageEntry;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import io.careflow.pstn.messagedesk.MessageQuote;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link MessageBook} keeps to. Extend it and hand over an empty book. */
public abstract class MessageBookConformance {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final MessageRef TEXT = new MessageRef(new ProviderId("telnyx"), "40385f64");
    private static final MessageQuote QUOTE =
            new MessageQuote(SmsSegments.of("a".repeat(161)), Money.of("0.0079123456", "USD"));

    /** For subclasses. */
    protected MessageBookConformance() {}

    /** A book in which nothing is written. Called once per test. */
    protected abstract MessageBook emptyBook();

    @Test
    @DisplayName("who opens a command first owns it; everybody else sees what was written")
    void opened() {
        MessageBook book = emptyBook();
        Opened first = book.open(entry("a", "one"));
        Opened second = book.open(entry("a", "another"));
        assertThat(first.mine()).isTrue();
        assertThat(first.entry()).isEqualTo(entry("a", "one"));
        assertThat(second.mine()).isFalse();
        assertThat(second.entry()).isEqualTo(entry("a", "one"));
        assertThat(book.open(entry("b", "one")).mine()).isTrue();
    }

    @Test
    @DisplayName("of many who open a command at the same time one owns it")
    void openedAtOnce() {
        MessageBook book = emptyBook();
        List<Opened> answers = Together.all(16, () -> book.open(entry("a", "one")));
        assertThat(answers).filteredOn(Opened::mine).hasSize(1);
        assertThat(answers).extracting(Opened::entry).containsOnly(entry("a", "one"));
    }

    @Test
    @DisplayName(
            "a change is kept whole, with prices to the last decimal, and only if nobody else changed the line before")
    void changed() {
        MessageBook book = emptyBook();
        MessageEntry first = book.open(entry("a", "one")).entry();
        MessageEntry sending = first.become(State.SENDING, "", "", NOW).holding(QUOTE, "text:a\ndefault\n+1\nZo\u00eb");
        MessageEntry sent = sending.sent(TEXT, NOW.plusSeconds(1));
        MessageEntry settled = sent.become(State.SETTLED, "0.01 USD", "over \u00e9", NOW.plusSeconds(2));
        assertThat(book.change(sending)).isTrue();
        assertThat(book.find(first.command())).contains(sending);
        assertThat(book.change(first.become(State.DENIED, "country", "too late", NOW)))
                .isFalse();
        assertThat(book.change(sent) && book.change(settled)).isTrue();
        assertThat(book.find(first.command())).contains(settled);
        assertThat(book.change(entry("never-opened", "one").become(State.FAILED, "", "", NOW)))
                .isFalse();
    }

    @Test
    @DisplayName("of many who make the same change one does")
    void changedAtOnce() {
        MessageBook book = emptyBook();
        MessageEntry first = book.open(entry("a", "one")).entry();
        List<Boolean> answers = Together.all(16, () -> book.change(first.become(State.FAILED, "", "done", NOW)));
        assertThat(answers).filteredOn(done -> done).hasSize(1);
        assertThat(book.find(first.command()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    @DisplayName("a command is found by its message, also where another provider has the same id")
    void byMessage() {
        MessageBook book = emptyBook();
        MessageRef other = new MessageRef(new ProviderId("twilio"), TEXT.id());
        MessageEntry one = sent(book, "a", TEXT);
        MessageEntry two = sent(book, "b", other);
        assertThat(book.find(TEXT)).contains(one);
        assertThat(book.find(other)).contains(two);
        assertThat(book.find(new MessageRef(TEXT.provider(), "another"))).isEmpty();
        assertThat(book.find(new CommandId("c"))).isEmpty();
    }

    @Test
    @DisplayName("lines of a state that nobody touched for long are found, the oldest first; others are not")
    void stale() {
        MessageBook book = emptyBook();
        MessageEntry old = aged("old", 2);
        MessageEntry older = aged("older", 3);
        MessageEntry failed = aged("failed", 4);
        List.of(old, older, failed, entry("fresh", "one"))
                .forEach(entry -> assertThat(book.open(entry).mine()).isTrue());
        MessageEntry over = failed.become(State.FAILED, "", "", NOW.minus(Duration.ofHours(4)));
        assertThat(book.change(over)).isTrue();
        assertThat(book.stale(State.OPENED, NOW, 10)).containsExactly(older, old);
        assertThat(book.stale(State.OPENED, NOW, 1)).containsExactly(older);
        assertThat(book.stale(State.FAILED, NOW, 10)).containsExactly(over);
        assertThat(book.stale(State.SENT, NOW, 10)).isEmpty();
    }

    private static MessageEntry sent(MessageBook book, String command, MessageRef ref) {
        MessageEntry sending = book.open(entry(command, "one"))
                .entry()
                .become(State.SENDING, "", "", NOW)
                .holding(QUOTE, null);
        MessageEntry sent = sending.sent(ref, NOW);
        assertThat(book.change(sending) && book.change(sent)).isTrue();
        return sent;
    }

    private static MessageEntry aged(String command, int hours) {
        return MessageEntry.first(wish(command), "f", NOW.minus(Duration.ofHours(hours)));
    }

    private static MessageEntry entry(String command, String fingerprint) {
        return MessageEntry.first(wish(command), fingerprint, NOW);
    }

    private static MessageWish wish(String command) {
        return MessageWish.of(
                new CommandId(command),
                new TenantId("clinic"),
                "alice",
                new PhoneNumber("+18195550100"),
                new PhoneNumber("+14165550100"),
                "Hello");
    }
}
