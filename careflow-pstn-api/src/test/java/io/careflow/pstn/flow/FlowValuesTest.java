package io.careflow.pstn.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowValuesTest {
    private static final Continuation THEN = Continuation.named("then");
    private static final List<Destination> ONE = List.of(Destination.sip("sip:1001"));

    @ParameterizedTest
    @CsvSource({"BUSY, 17", "DECLINED, 21", "NOT_FOUND, 1"})
    @DisplayName("each reason to refuse a call has its cause")
    void rejectCauses(Reject.Reason reason, int q850) {
        assertThat(reason.cause().q850()).isEqualTo(q850);
    }

    @Test
    @DisplayName("a text to say has 1 to 3000 characters and a language")
    void say() {
        allowed(() -> new Say("x".repeat(3000), Locale.ENGLISH));
        refused(() -> new Say("x".repeat(3001), Locale.ENGLISH), "text to say", "3001", "1 to 3000");
        refused(() -> new Say("  ", Locale.ENGLISH), "text to say", "1 to 3000");
        refused(() -> new Say("Hello", Locale.ROOT), "language");
    }

    @Test
    @DisplayName("media need a scheme")
    void play() {
        allowed(() -> new Play(URI.create("https://example.org/a.wav")));
        allowed(() -> new Play(URI.create("sound:hello")));
        refused(() -> new Play(URI.create("hello.wav")), "hello.wav", "https:");
    }

    @Test
    @DisplayName("a pause lasts 1 millisecond to 10 minutes")
    void pause() {
        allowed(() -> new Pause(Duration.ofMillis(1)));
        allowed(() -> new Pause(Duration.ofMinutes(10)));
        refused(() -> new Pause(Duration.ZERO), "pause", "PT0S", "PT0.001S to PT10M");
        refused(() -> new Pause(Duration.ofMinutes(10).plusMillis(1)), "pause");
        refused(() -> new Pause(Duration.ofSeconds(-1)), "pause");
    }

    @Test
    @DisplayName("digits to send are 1 to 64 keys or waits")
    void sendDigits() {
        allowed(() -> new SendDigits("0123456789*#ABCDw"));
        allowed(() -> new SendDigits("1".repeat(64)));
        for (String bad : List.of("", "1".repeat(65), "12 3", "a", "1\n")) {
            refused(() -> new SendDigits(bad), "digits to send", "1 to 64");
        }
    }

    @Test
    @DisplayName("a gather asks for something, 1 to 64 digits, with keys that differ")
    void gather() {
        allowed(() -> Gather.digits(1, THEN));
        allowed(() -> Gather.digits(64, THEN));
        refused(() -> Gather.digits(0, THEN), "maximum of digits", "0", "1 to 64");
        refused(() -> Gather.digits(65, THEN), "maximum of digits", "65");
        refused(() -> Gather.digits(4, THEN).accepting(Set.of()), "no kind of input", "DTMF");
        refused(() -> keys('#', '#'), "finish key", "restart key", "differ");
        refused(() -> keys('x', '*'), "finish key", "'x'");
        refused(() -> keys('#', 'a'), "restart key", "'a'");
        allowed(() -> keys('#', 'D'));
    }

    @Test
    @DisplayName("the times of a gather have bounds, and each is named")
    void gatherTimes() {
        Duration least = Duration.ofMillis(100);
        Gather gather = Gather.digits(4, THEN);
        allowed(() -> gather.within(least, least, least));
        allowed(() -> gather.within(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ofMinutes(5)));
        Duration less = Duration.ofMillis(99);
        refused(() -> gather.within(less, least, least), "time to the first digit", "PT0.099S", "PT0.1S to PT2M");
        refused(() -> gather.within(least, less, least), "time between digits", "PT0.1S to PT1M");
        refused(() -> gather.within(least, least, less), "total time", "PT0.1S to PT5M");
        refused(() -> gather.within(Duration.ofMinutes(3), least, least), "time to the first digit");
        refused(() -> gather.within(least, Duration.ofMinutes(3), least), "time between digits");
        refused(() -> gather.within(least, least, Duration.ofMinutes(6)), "total time");
    }

    @Test
    @DisplayName("a dial has 1 to 20 different destinations, rings and talks within bounds")
    void dial() {
        List<Destination> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(Destination.sip("sip:" + (1000 + i)));
        }
        allowed(() -> Dial.to(many, THEN));
        many.add(Destination.sip("sip:2000"));
        refused(() -> Dial.to(many, THEN), "number of destinations", "21", "1 to 20");
        refused(() -> Dial.to(List.of(), THEN), "number of destinations", "0");
        assertThat(Dial.to(List.of(ONE.get(0), Destination.sip("1001")), THEN).destinations())
                .hasSize(1);
        Dial dial = Dial.to(ONE, THEN);
        refused(() -> dial.ringingFor(Duration.ofMillis(999)), "ring time", "PT0.999S", "PT1S to PT10M");
        refused(() -> dial.ringingFor(Duration.ofMinutes(11)), "ring time");
        refused(() -> dial.talkingAtMost(Duration.ZERO), "longest talk", "PT1S to PT24H");
        refused(() -> dial.talkingAtMost(Duration.ofHours(25)), "longest talk");
        allowed(() -> dial.ringingFor(Duration.ofSeconds(1)).talkingAtMost(Duration.ofHours(24)));
    }

    @Test
    @DisplayName("a message and the silence that ends it have bounds")
    void voicemail() {
        Duration second = Duration.ofSeconds(1);
        allowed(() -> new Voicemail(second, second, THEN));
        allowed(() -> new Voicemail(Duration.ofMinutes(30), Duration.ofMinutes(1), THEN));
        refused(() -> Voicemail.upTo(Duration.ZERO, THEN), "longest message", "PT1S to PT30M");
        refused(() -> Voicemail.upTo(Duration.ofMinutes(31), THEN), "longest message");
        refused(() -> new Voicemail(second, Duration.ZERO, THEN), "silence", "PT1S to PT1M");
        refused(() -> new Voicemail(second, Duration.ofSeconds(61), THEN), "silence");
    }

    @Test
    @DisplayName("a continuation is small, well named and gives its state back")
    void continuation() {
        Continuation full = Continuation.named("menu").with("attempt", 2).with("tenant", "clinic");
        assertThat(full.get("attempt", 0)).isEqualTo(2);
        assertThat(full.get("tenant", "none")).isEqualTo("clinic");
        assertThat(full.get("other", "none")).isEqualTo("none");
        assertThat(full.get("other", 7)).isEqualTo(7);
        refused(() -> full.get("tenant", 0), "'tenant'", "not a number");
        refused(() -> Continuation.named("Menu"), "continuation name 'Menu'", "1 to 40");
        refused(() -> Continuation.named(""), "continuation name");
        refused(() -> Continuation.named("a".repeat(41)), "1 to 40");
        allowed(() -> Continuation.named("a".repeat(40)));
        refused(() -> full.with("key", "x".repeat(201)), "'key'", "201", "0 to 200");
        Continuation big = THEN.with("a", "x".repeat(200))
                .with("b", "x".repeat(200))
                .with("c", "x".repeat(200))
                .with("d", "x".repeat(200));
        allowed(() -> big.with("e", "x".repeat(195)));
        refused(() -> big.with("e", "x".repeat(196)), "all continuation state", "1001", "0 to 1000");
    }

    @Test
    @DisplayName("a flow has at most 50 steps, and notes add up")
    void flow() {
        CallFlow.Draft draft = CallFlow.start();
        for (int i = 0; i < 50; i++) {
            draft.pause(Duration.ofSeconds(1));
        }
        allowed(draft::hangUp);
        draft.pause(Duration.ofSeconds(1));
        refused(draft::hangUp, "number of steps", "51", "0 to 50");
        CallNote both = CallFlow.start()
                .hangUp()
                .noting(CallNote.NONE.withUser("u1").withTyped("1"))
                .noting(CallNote.NONE.withTyped("2"))
                .note();
        assertThat(both).isEqualTo(CallNote.NONE.withUser("u1").withTyped("2"));
    }

    @Test
    @DisplayName("confidence is a percentage")
    void confidence() {
        allowed(() -> new GatheredInput("", "yes", 100, GatheredInput.End.COMPLETE));
        refused(() -> new GatheredInput("", "yes", 101, GatheredInput.End.COMPLETE), "confidence", "0 to 100");
        assertThat(new GatheredInput("", " ", 1, GatheredInput.End.TIMEOUT).isEmpty())
                .isTrue();
        assertThat(GatheredInput.digits("1", GatheredInput.End.TIMEOUT).isEmpty())
                .isFalse();
    }

    @Test
    @DisplayName("what a provider cannot do is refused by name, with what it can, and nothing was done")
    void support() {
        FlowSupport support = new FlowSupport(Set.of("say", "gather", "hang-up"));
        ProviderId provider = new ProviderId("small");
        Say hello = new Say("Hello", Locale.ENGLISH);
        allowed(() -> support.require(
                provider,
                CallFlow.start().step(hello).gather(Gather.digits(1, THEN).asking(hello))));
        for (CallFlow flow : List.of(
                CallFlow.start().startRecording().hangUp(),
                CallFlow.start().dial(Dial.to(ONE, THEN)),
                CallFlow.start().gather(Gather.digits(1, THEN).accepting(Set.of(InputKind.SPEECH))),
                CallFlow.start().gather(Gather.digits(1, THEN).asking(new Play(URI.create("sound:x")))))) {
            assertThatThrownBy(() -> support.require(provider, flow))
                    .isInstanceOfSatisfying(
                            UnsupportedFeature.class,
                            e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                    .hasMessageContaining("small")
                    .hasMessageContaining("[gather, hang-up, say]");
        }
    }

    @Test
    @DisplayName("hints are for speech only, few, short and without commas")
    void hints() {
        Gather spoken = Gather.digits(4, THEN).accepting(Set.of(InputKind.SPEECH, InputKind.DTMF));
        assertThat(spoken.hinting("front desk", "billing").hints()).containsExactly("front desk", "billing");
        refused(() -> Gather.digits(4, THEN).hinting("billing"), "hints are for speech", "DTMF");
        refused(() -> spoken.hinting("a,b"), "'a,b'", "without commas");
        refused(() -> spoken.hinting(" "), "hint ' '", "1 to 100");
        refused(() -> spoken.hinting("x".repeat(101)), "1 to 100");
        refused(() -> spoken.hinting(Collections.nCopies(101, "x").toArray(String[]::new)), "number of hints", "100");
    }

    private static Gather keys(char finish, char restart) {
        Gather some = Gather.digits(4, THEN);
        return new Gather(
                some.kinds(),
                some.prompts(),
                4,
                finish,
                restart,
                some.firstDigit(),
                some.betweenDigits(),
                some.total(),
                List.of(),
                THEN);
    }

    private static void allowed(ThrowingCallable value) {
        assertThatCode(value).doesNotThrowAnyException();
    }

    private static void refused(ThrowingCallable value, String... said) {
        assertThatThrownBy(value).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(said);
    }
}
