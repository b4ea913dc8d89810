package io.careflow.pstn.flow.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Four digits, 5 s for the first, 3 s between, 20 s in all; the prompts are over at second 10. */
class DigitCollectorTest {
    private static final Gather GATHER = Gather.digits(4, Continuation.named("id"));
    private static final DigitCollector PLAYING = DigitCollector.of(GATHER);
    private static final DigitCollector LISTENING = PLAYING.promptsOver(second(10));

    @Test
    @DisplayName("while the prompts play no time runs")
    void prompts() {
        assertThat(PLAYING.deadline()).isEmpty();
        assertThat(PLAYING.tick(second(10_000)).result()).isEmpty();
    }

    @Test
    @DisplayName("after the prompts the first digit is awaited, and nothing entered is a time-out")
    void firstDigit() {
        assertThat(LISTENING.deadline()).contains(second(15));
        assertThat(LISTENING.tick(second(15).minusMillis(1)).result()).isEmpty();
        assertThat(LISTENING.tick(second(15)).result()).contains(GatheredInput.digits("", End.TIMEOUT));
    }

    @Test
    @DisplayName("after each digit the next is awaited, and what was entered counts")
    void betweenDigits() {
        DigitCollector two = LISTENING.key('1', second(12)).key('2', second(14));
        assertThat(two.deadline()).contains(second(17));
        assertThat(two.tick(second(17)).result()).contains(GatheredInput.digits("12", End.TIMEOUT));
    }

    @Test
    @DisplayName("the total time ends it even while digits come")
    void total() {
        Gather slow = new Gather(
                GATHER.kinds(),
                GATHER.prompts(),
                60,
                '#',
                '*',
                GATHER.firstDigit(),
                GATHER.betweenDigits(),
                GATHER.total(),
                List.of(),
                GATHER.then());
        DigitCollector collector = DigitCollector.of(slow).promptsOver(second(10));
        for (int at = 12; at < 30; at += 2) {
            collector = collector.key('7', second(at));
        }
        assertThat(collector.deadline()).contains(second(30));
        assertThat(collector.tick(second(30)).result()).contains(GatheredInput.digits("7".repeat(9), End.TIMEOUT));
    }

    @Test
    @DisplayName("somebody who begins to speak is not cut off by the time to the first word, only by the total time")
    void speaking() {
        DigitCollector either = DigitCollector.of(GATHER.accepting(Set.of(InputKind.DTMF, InputKind.SPEECH)))
                .promptsOver(second(10));
        DigitCollector speaking = either.speaking();
        assertThat(speaking.deadline()).contains(second(30));
        assertThat(speaking.tick(second(29)).result()).isEmpty();
        assertThat(speaking.tick(second(30)).result()).contains(GatheredInput.digits("", End.TIMEOUT));
        assertThat(speaking.key('7', second(12)).deadline()).contains(second(15));
        assertThat(speaking.speech("seven", null).result())
                .contains(new GatheredInput("", "seven", null, End.COMPLETE));
        assertThat(either.key('7', second(12)).speaking().deadline())
                .as("whoever types is bound by the time between digits")
                .contains(second(15));
        assertThat(LISTENING.speaking().deadline()).as("nobody listens").contains(second(15));
    }

    @Test
    @DisplayName("enough digits end it at once")
    void complete() {
        DigitCollector done = keys(LISTENING, "0001", 11);
        assertThat(done.result()).contains(GatheredInput.digits("0001", End.COMPLETE));
        assertThat(done.deadline()).isEmpty();
    }

    @Test
    @DisplayName("the finish key ends it and is no part of the input, even as the only key")
    void finishKey() {
        assertThat(keys(LISTENING, "12#", 11).result()).contains(GatheredInput.digits("12", End.FINISH_KEY));
        assertThat(keys(LISTENING, "#", 11).result()).contains(GatheredInput.digits("", End.FINISH_KEY));
    }

    @Test
    @DisplayName("the restart key throws the input away and awaits a first digit again, but no longer in all")
    void restartKey() {
        DigitCollector again = keys(LISTENING, "99*", 11);
        assertThat(again.deadline()).contains(second(18));
        assertThat(keys(again, "0001", 15).result()).contains(GatheredInput.digits("0001", End.COMPLETE));
        assertThat(LISTENING.key('*', second(28)).deadline()).contains(second(30));
    }

    @Test
    @DisplayName("without finish and restart key both are digits like others")
    void noKeys() {
        Gather plain = new Gather(
                GATHER.kinds(),
                GATHER.prompts(),
                4,
                null,
                null,
                GATHER.firstDigit(),
                GATHER.betweenDigits(),
                GATHER.total(),
                List.of(),
                GATHER.then());
        assertThat(keys(DigitCollector.of(plain), "*1#A", 0).result())
                .contains(GatheredInput.digits("*1#A", End.COMPLETE));
    }

    @Test
    @DisplayName("a digit during the prompts counts, interrupts them and starts the times")
    void early() {
        DigitCollector early = PLAYING.key('0', second(3));
        assertThat(early.deadline()).contains(second(6));
        assertThat(early.promptsOver(second(4))).isSameAs(early);
        assertThat(keys(early, "001", 4).result()).contains(GatheredInput.digits("0001", End.COMPLETE));
    }

    @Test
    @DisplayName("characters that are no keys change nothing")
    void unknownKeys() {
        assertThat(LISTENING.key('x', second(11))).isSameAs(LISTENING);
        assertThat(LISTENING.key('a', second(11))).isSameAs(LISTENING);
    }

    @Test
    @DisplayName("once it is over nothing changes it")
    void over() {
        DigitCollector done = keys(LISTENING, "0001", 11);
        assertThat(done.key('2', second(16))).isSameAs(done);
        assertThat(done.tick(second(99))).isSameAs(done);
        assertThat(done.promptsOver(second(16))).isSameAs(done);
        assertThat(done.speech("five", 90)).isSameAs(done);
    }

    @Test
    @DisplayName("words complete a gather that takes speech, and digits before them are kept")
    void speech() {
        Gather both = GATHER.accepting(Set.of(InputKind.DTMF, InputKind.SPEECH));
        DigitCollector heard = DigitCollector.of(both)
                .promptsOver(second(10))
                .key('0', second(11))
                .speech("one two", 80);
        assertThat(heard.result()).contains(new GatheredInput("0", "one two", 80, End.COMPLETE));
    }

    @Test
    @DisplayName("input of a kind that was not asked for changes nothing")
    void onlyKindsAskedFor() {
        assertThat(LISTENING.speech("hello", 99)).isSameAs(LISTENING);
        DigitCollector voiceOnly = DigitCollector.of(GATHER.accepting(Set.of(InputKind.SPEECH)));
        assertThat(voiceOnly.key('1', second(1))).isSameAs(voiceOnly);
    }

    private static DigitCollector keys(DigitCollector collector, String keys, int from) {
        DigitCollector now = collector;
        for (int i = 0; i < keys.length(); i++) {
            now = now.key(keys.charAt(i), second(from + i));
        }
        return now;
    }

    private static Instant second(int second) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second);
    }
}
