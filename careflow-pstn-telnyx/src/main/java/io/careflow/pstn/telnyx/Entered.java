package io.careflow.pstn.telnyx;

import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.machine.DigitCollector;
import java.time.Instant;
import java.util.Optional;

/** What keys mean for a gather, by the rules of {@link DigitCollector}: times are Telnyx's and the flow's business. */
record Entered(Gather gather, String keys) {

    /** The result, if the keys make one. */
    Optional<GatheredInput> result() {
        return collector().result();
    }

    /** What is entered so far, when the time is over. */
    GatheredInput timeout() {
        return result().orElseGet(() -> collector().tick(Instant.MAX).result().orElseThrow());
    }

    private DigitCollector collector() {
        DigitCollector collector = DigitCollector.of(gather).promptsOver(Instant.EPOCH);
        for (int i = 0; i < keys.length(); i++) {
            collector = collector.key(keys.charAt(i), Instant.EPOCH);
        }
        return collector;
    }
}
