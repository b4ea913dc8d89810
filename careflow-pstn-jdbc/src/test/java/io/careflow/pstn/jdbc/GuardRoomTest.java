package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardRoomTest {
    private static final long NOW = 1_800_000_000_123L;
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "clinic/u 1/calls",
                "a/b/c=d",
                "a/b/",
                "tab\there/and\nthere/back\\slash\\t",
                "ключ/ж/=\t"
            })
    @DisplayName("what was counted under any key is read back as it was written")
    void anyKey(String key) {
        GuardRoom room = counted(key, new GuardRoom(NOW));
        GuardRoom next = again(room, NOW + 1000);
        assertThat(values(next, claim("other", key))).containsExactly("1.5", "1", "1");
        next.release("first");
        next.correct("first", key, new BigDecimal("0.25"));
        assertThat(values(again(next, NOW + 2000), claim("other", key))).containsExactly("0.25", "1", "0");
    }

    @Test
    @DisplayName("what counts no more is not written, also of counters that nobody asked for")
    void forgotten() {
        GuardRoom room = counted("a/b/one", new GuardRoom(NOW));
        room = counted("a/b/two", again(room, NOW + HOUR.toMillis() / 2), "second");
        GuardRoom late = counted("a/b/three", again(room, NOW + HOUR.toMillis() * 5 / 4), "third");
        String text = text(late).get("a/b/");
        assertThat(text).contains("two", "three").doesNotContain("one");
        assertThat(values(again(late, NOW + HOUR.toMillis() * 5 / 4), claim("other", "a/b/two")))
                .containsExactly("1.5", "1", "0");
    }

    @Test
    @DisplayName("leases run out in steps, never early and at most a sixtieth late")
    void leases() {
        GuardRoom room = counted("a/b/c", new GuardRoom(NOW));
        GuardHolder holder = Objects.requireNonNull(room.changedHolders().get("first"));
        assertThat(holder.endsAt() - NOW).isBetween(120_000L, 122_000L);
        assertThat(again(room, NOW + 119_999).renew("first", 60_000)).isTrue();
        assertThat(again(room, NOW + 122_001).renew("first", 60_000)).isFalse();
    }

    @Test
    @DisplayName("a key that is empty or longer than 200 characters is refused")
    void keys() {
        assertThatThrownBy(() -> GuardCounter.of('W', 1000, "k".repeat(201)))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("201");
        assertThatThrownBy(() -> GuardCounter.of('W', 1000, "")).isInstanceOf(StoreRefused.class);
        assertThat(GuardCounter.of('W', 1000, "k".repeat(200)).scope()).hasSize(200);
    }

    private static GuardRoom counted(String key, GuardRoom room) {
        return counted(key, room, "first");
    }

    private static GuardRoom counted(String key, GuardRoom room, String holder) {
        assertThat(room.look(GuardAsk.of(claim(holder, key))).taken()).isTrue();
        room.count(GuardAsk.of(claim(holder, key)));
        return room;
    }

    private static GuardClaim claim(String holder, String key) {
        return new GuardClaim(
                holder,
                List.of(
                        new GuardBound.Within("r", key, HOUR, new BigDecimal("1.50"), new BigDecimal(9)),
                        new GuardBound.Distinct("r", key, HOUR, "a\tb=" + key, 9),
                        new GuardBound.AtOnce("r", key, 9)),
                Duration.ofMinutes(2));
    }

    private static List<String> values(GuardRoom room, GuardClaim claim) {
        return room.look(GuardAsk.of(claim)).readings().stream()
                .map(Reading::before)
                .map(BigDecimal::toPlainString)
                .toList();
    }

    /** The same counters in another transaction. */
    private static GuardRoom again(GuardRoom room, long moment) {
        GuardRoom next = new GuardRoom(moment);
        text(room).forEach(next::put);
        room.changedHolders()
                .forEach((name, one) -> next.put(new GuardHolder(
                        name,
                        one.version(),
                        one.takenAt(),
                        one.endsAt(),
                        one.forgetAt(),
                        GuardHolder.read(one.write()))));
        return next;
    }

    private static Map<String, String> text(GuardRoom room) {
        TreeMap<String, String> all = new TreeMap<>();
        room.changedScopes().forEach((name, scope) -> {
            StringBuilder text = new StringBuilder();
            long unused = scope.write(text, room.moment());
            all.put(name, text.toString());
        });
        return all;
    }
}
