package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Secret;
import io.careflow.pstn.flow.Continuation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoSealTest {
    private final MemoSeal seal = new MemoSeal(Secret.of("key"));
    private final CallMemo memo = new CallMemo(
            CallMemo.Kind.GATHER,
            "CA1",
            7,
            AnswerMark.by(Instant.parse("2026-01-05T12:00:00.123Z")),
            Continuation.named("careflow-id").with("attempt", 2).with("odd", "4:é\n&\"<\u0000 \uD83D\uDE00"),
            List.of("ks", "", "5:x"));

    @Test
    @DisplayName("a memo comes back as it went, in letters that a URL takes as they are")
    void comesBack() {
        String sealed = seal.seal(memo);
        assertThat(sealed).matches("[A-Za-z0-9_-]+");
        assertThat(seal.open(sealed)).contains(memo);
        for (AnswerMark mark : List.of(AnswerMark.NOT_ANSWERED, AnswerMark.TOLD)) {
            CallMemo other = new CallMemo(CallMemo.Kind.END, "", 0, mark, Continuation.named("x"), List.of());
            assertThat(seal.open(seal.seal(other))).contains(other);
        }
    }

    @Test
    @DisplayName("a memo of which any letter was changed, added or cut off is nothing")
    void altered() {
        String sealed = seal.seal(memo);
        for (int i = 0; i < sealed.length() - 1; i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(seal.open(sealed.substring(0, i) + other + sealed.substring(i + 1)))
                    .as("letter %d", i)
                    .isEmpty();
            assertThat(seal.open(sealed.substring(0, i))).isEmpty();
        }
        assertThat(seal.open(sealed + "AAAA")).isEmpty();
        assertThat(seal.open("")).isEmpty();
        assertThat(seal.open("no base64!")).isEmpty();
        assertThat(seal.open("A".repeat(MemoSeal.LONGEST + 1))).isEmpty();
    }

    @Test
    @DisplayName("a memo that another key sealed is nothing")
    void anotherKey() {
        assertThat(new MemoSeal(Secret.of("another")).open(seal.seal(memo))).isEmpty();
    }

    @Test
    @DisplayName("a memo belongs to its call; one written before the call had a sid, to any")
    void belongs() {
        assertThat(memo.belongsTo("CA1")).isTrue();
        assertThat(memo.belongsTo("CA2")).isFalse();
        assertThat(memo.belongsTo("")).isFalse();
        CallMemo early = new CallMemo(memo.kind(), "", 1, AnswerMark.TOLD, memo.then(), List.of());
        assertThat(early.belongsTo("CA2")).isTrue();
        assertThat(early.belongsTo("")).isFalse();
    }

    @Test
    @DisplayName("the longest continuation that is allowed fits")
    void longest() {
        Continuation full = Continuation.named("a".repeat(40));
        for (int i = 0; i < 5; i++) {
            full = full.with("k" + i, "€".repeat(198));
        }
        CallMemo big = new CallMemo(CallMemo.Kind.DIAL, "CA".repeat(17), 1, AnswerMark.TOLD, full, List.of());
        assertThat(seal.seal(big)).hasSizeLessThan(MemoSeal.LONGEST);
        assertThat(seal.open(seal.seal(big))).contains(big);
    }
}
