package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundBook.Opened;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.desk.OutboundEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link OutboundBook} keeps to. Extend it and hand over an empty book. */
public abstract class OutboundBookConformance {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final CallRef CALL = new CallRef(new ProviderId("telnyx"), "v3:abc");

    /** For subclasses. */
    protected OutboundBookConformance() {}

    /** A book in which nothing is written. Called once per test. */
    protected abstract OutboundBook emptyBook();

    @Test
    @DisplayName("who opens a command first owns it; everybody else sees what was written")
    void opened() {
        OutboundBook book = emptyBook();
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
        OutboundBook book = emptyBook();
        List<Opened> answers = Together.all(16, () -> book.open(entry("a", "one")));
        assertThat(answers).filteredOn(Opened::mine).hasSize(1);
        assertThat(answers).extracting(Opened::entry).containsOnly(entry("a", "one"));
    }

    @Test
    @DisplayName("a change is kept only if nobody else changed the line before")
    void changed() {
        OutboundBook book = emptyBook();
        OutboundEntry first = book.open(entry("a", "one")).entry();
        OutboundEntry placed =
                first.become(State.PLACED, "over \u00e9", NOW.plusSeconds(1)).of(CALL);
        assertThat(book.change(placed)).isTrue();
        assertThat(book.change(first.become(State.DENIED, "too late", NOW))).isFalse();
        assertThat(book.find(first.command())).contains(placed);
        assertThat(book.change(entry("never-opened", "one").become(State.ENDED, "", NOW)))
                .isFalse();
    }

    @Test
    @DisplayName("of many who make the same change one does")
    void changedAtOnce() {
        OutboundBook book = emptyBook();
        OutboundEntry first = book.open(entry("a", "one")).entry();
        List<Boolean> answers = Together.all(16, () -> book.change(first.become(State.ENDED, "done", NOW)));
        assertThat(answers).filteredOn(done -> done).hasSize(1);
        assertThat(book.find(first.command()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    @DisplayName("a command is found by its call, also on another provider with the same id of a call")
    void byCall() {
        OutboundBook book = emptyBook();
        CallRef other = new CallRef(new ProviderId("twilio"), CALL.id());
        OutboundEntry one = book.open(entry("a", "one"))
                .entry()
                .become(State.PLACED, "", NOW)
                .of(CALL);
        OutboundEntry two = book.open(entry("b", "two"))
                .entry()
                .become(State.PLACED, "", NOW)
                .of(other);
        assertThat(book.change(one) && book.change(two)).isTrue();
        assertThat(book.find(CALL)).contains(one);
        assertThat(book.find(other)).contains(two);
        assertThat(book.find(new CallRef(CALL.provider(), "another"))).isEmpty();
        assertThat(book.find(new CommandId("c"))).isEmpty();
    }

    @Test
    @DisplayName("lines that nobody ended and nobody touched for long are found, the oldest first; final ones are not")
    void stale() {
        OutboundBook book = emptyBook();
        OutboundEntry old = OutboundEntry.first(new CommandId("old"), "f", "o", NOW.minus(Duration.ofHours(2)));
        OutboundEntry older = OutboundEntry.first(new CommandId("older"), "f", "o", NOW.minus(Duration.ofHours(3)));
        OutboundEntry ended = OutboundEntry.first(new CommandId("ended"), "f", "o", NOW.minus(Duration.ofHours(4)));
        List.of(old, older, ended, entry("fresh", "one"))
                .forEach(entry -> assertThat(book.open(entry).mine()).isTrue());
        assertThat(book.change(ended.become(State.ENDED, "", NOW.minus(Duration.ofHours(4)))))
                .isTrue();
        assertThat(book.stale(NOW, 10)).containsExactly(older, old);
        assertThat(book.stale(NOW, 1)).containsExactly(older);
    }

    private static OutboundEntry entry(String command, String fingerprint) {
        return OutboundEntry.first(new CommandId(command), fingerprint, "user=alice&to=%2B1416", NOW);
    }
}
