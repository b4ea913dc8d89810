package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.InboundCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CdrRecorderPricingTest {
    private static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final Instant START = Instant.parse("2026-03-08T06:59:59Z");

    @Test
    @DisplayName("a record whose pricing fails is kept, at an unknown price")
    void pricingFails() {
        Kept kept = new Kept();
        CdrPricing broken = cdr -> {
            throw new IllegalStateException("no rates");
        };
        CdrRecorder recorder = new CdrRecorder(kept, broken, kept);

        recorder.accept(new InboundCall("1", START, CALL, Party.anonymous(), Party.of("+14165550100")));
        recorder.accept(
                new CallEnded("2", START.plusSeconds(1), CALL, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true));

        assertThat(kept.records).hasSize(1);
        assertThat(kept.records.get(0).cost().isKnown()).isFalse();
        assertThat(kept.records.get(0).cost().explanation()).contains("pricing failed");
    }

    private static final class Kept implements CdrStore, CdrRecorder.Listener {
        private final List<Cdr> records = new ArrayList<>();

        @Override
        public Appended append(Cdr cdr) {
            records.add(cdr);
            return Appended.STORED;
        }

        @Override
        public Optional<Cdr> find(CallRef call) {
            return Optional.empty();
        }

        @Override
        public void each(CdrQuery query, Consumer<Cdr> consumer) {
            records.forEach(consumer);
        }

        @Override
        public void recorded(Cdr cdr, Appended result) {}

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            throw new AssertionError(failure);
        }
    }
}
