package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.messagedesk.OptChoice;
import io.careflow.pstn.messagedesk.OptChoice.Source;
import io.careflow.pstn.messagedesk.OptOuts;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link OptOuts} keeps to. Extend it and hand over an empty one. */
public abstract class OptOutsConformance {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber OTHER = new PhoneNumber("+18195550101");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");

    /** For subclasses. */
    protected OptOutsConformance() {}

    /** A store without choices. Called once per test. */
    protected abstract OptOuts empty();

    @Test
    @DisplayName("a choice holds for the two numbers that it is about, and for no others")
    void kept() {
        OptOuts optOuts = empty();
        OptChoice stop = new OptChoice(OURS, PATIENT, true, Source.RECIPIENT, "ARR\u00caT", NOW);
        assertThat(optOuts.find(OURS, PATIENT)).isEmpty();
        assertThat(optOuts.put(stop)).isTrue();
        assertThat(optOuts.find(OURS, PATIENT)).contains(stop);
        assertThat(optOuts.find(OTHER, PATIENT)).isEmpty();
        assertThat(optOuts.find(PATIENT, OURS)).isEmpty();
    }

    @Test
    @DisplayName("what was said later counts, whatever arrives first; the same again changes nothing")
    void later() {
        OptOuts optOuts = empty();
        OptChoice stop = choice(true, 0);
        OptChoice start = choice(false, 5);
        assertThat(optOuts.put(start)).isTrue();
        assertThat(optOuts.put(stop)).isFalse();
        assertThat(optOuts.find(OURS, PATIENT)).contains(start);
        assertThat(optOuts.put(choice(true, 6))).isTrue();
        assertThat(optOuts.put(choice(true, 6))).isFalse();
        assertThat(optOuts.find(OURS, PATIENT)).contains(choice(true, 6));
    }

    @Test
    @DisplayName("of two choices of the same moment the one to be let alone counts, in either order")
    void sameMoment() {
        OptOuts optOuts = empty();
        assertThat(optOuts.put(choice(false, 0))).isTrue();
        assertThat(optOuts.put(choice(true, 0))).isTrue();
        assertThat(optOuts.put(choice(false, 0))).isFalse();
        assertThat(optOuts.find(OURS, PATIENT)).contains(choice(true, 0));
    }

    @Test
    @DisplayName("of many that come at the same time the latest counts")
    void together() {
        OptOuts optOuts = empty();
        AtomicInteger second = new AtomicInteger();
        List<Boolean> kept = Together.all(16, () -> optOuts.put(choice(true, second.incrementAndGet())));
        assertThat(kept).contains(true);
        assertThat(optOuts.find(OURS, PATIENT)).contains(choice(true, 16));
    }

    private static OptChoice choice(boolean out, int second) {
        return new OptChoice(OURS, PATIENT, out, Source.CARRIER, out ? "21610" : "START", NOW.plusSeconds(second));
    }
}
