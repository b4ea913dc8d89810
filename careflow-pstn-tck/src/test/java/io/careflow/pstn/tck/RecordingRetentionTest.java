package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.consent.RecordingCopies;
import io.careflow.pstn.consent.RecordingRetention;
import io.careflow.pstn.consent.RetentionPolicy;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.recording.Recordings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Recordings that are kept long enough")
class RecordingRetentionTest {
    private static final Duration MONTH = Duration.ofDays(30);

    private final InMemoryProvider pbx = InMemoryProvider.answeredBy(event -> event instanceof InboundCall
                    ? CallFlow.start()
                            .startRecording()
                            .dial(Dial.to(List.of(Destination.sip("1001")), Continuation.named("over")))
                    : CallFlow.start().hangUp())
            .start();
    private final Recordings recordings = pbx.require(Recordings.class);
    private final InMemoryCdrStore store = new InMemoryCdrStore();
    private final List<String> audited = new ArrayList<>();
    private final List<CallRef> copies = new ArrayList<>();
    private boolean copiesAway;
    private Cdr cdr;

    @BeforeEach
    void aCall() {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(9)));
        SimulatedCall call = pbx.call(SimulatedCaller.from("+12125550100").dialling("+14165550100"));
        pbx.time().runUntilIdle();
        cdr = call.cdr().orElseThrow();
        assertThat(store.append(cdr)).isEqualTo(Appended.STORED);
        assertThat(cdr.recording()).isNotNull();
        copies.add(cdr.call());
    }

    @Test
    @DisplayName("are deleted: the application's copy, the provider's, and the address in the record; the record stays")
    void due() {
        assertThat(job(RetentionPolicy.keepingFor(MONTH), MONTH).run()).isEqualTo(new RecordingRetention.Run(1, 0));
        assertThat(copies).isEmpty();
        assertThat(recordings.list(cdr.call())).isEmpty();
        assertThat(store.find(cdr.call())).contains(cdr.withoutRecording());
        assertThat(store.append(cdr)).isEqualTo(Appended.DUPLICATE);
        assertThat(audited).containsExactly("deleted: kept for PT720H");
        assertThat(job(RetentionPolicy.keepingFor(MONTH), MONTH).run()).isEqualTo(new RecordingRetention.Run(0, 0));
    }

    @Test
    @DisplayName("and not a moment earlier")
    void early() {
        RetentionPolicy policy = RetentionPolicy.keepingFor(MONTH);
        assertThat(job(policy, MONTH.minusMillis(1)).run()).isEqualTo(new RecordingRetention.Run(0, 0));
        assertThat(store.find(cdr.call())).contains(cdr);
    }

    @Test
    @DisplayName("or as long as their tenant wants, and not while they are held")
    void policies() {
        RetentionPolicy longer = RetentionPolicy.keepingFor(Duration.ofDays(1)).keepingFor(TenantId.DEFAULT, MONTH);
        assertThat(job(longer, Duration.ofDays(2)).run().deleted()).isZero();
        RetentionPolicy held =
                RetentionPolicy.keepingFor(MONTH).holding(each -> each.call().equals(cdr.call()));
        assertThat(job(held, MONTH.multipliedBy(5)).run().deleted()).isZero();
        assertThat(job(held, MONTH).delete(cdr.call(), "asked for by the caller"))
                .isTrue();
        assertThat(audited).containsExactly("deleted: asked for by the caller");
        assertThat(job(held, MONTH).delete(cdr.call(), "again")).isFalse();
        assertThatThrownBy(() -> job(held, MONTH).delete(cdr.call(), "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetentionPolicy.keepingFor(Duration.ZERO)).hasMessageContaining("PT0S");
    }

    @Test
    @DisplayName("after a failure keep their address, are reported, and go with the next run")
    void repeated() {
        copiesAway = true;
        RecordingRetention job = job(RetentionPolicy.keepingFor(MONTH), MONTH);
        assertThat(job.run()).isEqualTo(new RecordingRetention.Run(0, 1));
        assertThat(store.find(cdr.call())).contains(cdr);
        assertThat(recordings.list(cdr.call())).hasSize(1);
        copiesAway = false;
        assertThat(job.run()).isEqualTo(new RecordingRetention.Run(1, 0));
        assertThat(audited).containsExactly("failed: disk is away", "deleted: kept for PT720H");
    }

    @Test
    @DisplayName("stay where the provider cannot delete them, and that is said")
    void noSuchProvider() {
        RecordingRetention job = new RecordingRetention(
                store,
                store,
                provider -> Optional.empty(),
                RecordingCopies.NONE,
                RetentionPolicy.keepingFor(MONTH),
                listener(),
                clock(MONTH));
        assertThat(job.run()).isEqualTo(new RecordingRetention.Run(0, 1));
        assertThat(store.find(cdr.call())).contains(cdr);
        assertThat(audited).singleElement().asString().contains("must be deleted otherwise");
    }

    private RecordingRetention job(RetentionPolicy policy, Duration later) {
        return new RecordingRetention(
                store, store, this::recordings, this::deleteCopy, policy, listener(), clock(later));
    }

    private Optional<Recordings> recordings(ProviderId provider) {
        return provider.equals(pbx.id()) ? Optional.of(recordings) : Optional.empty();
    }

    private void deleteCopy(Cdr of) {
        if (copiesAway) {
            throw new IllegalStateException("disk is away");
        }
        copies.remove(of.call());
    }

    private Clock clock(Duration later) {
        Instant now = cdr.times().ended().plus(later);
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private RecordingRetention.Listener listener() {
        return new RecordingRetention.Listener() {
            @Override
            public void deleted(Cdr gone, String reason, Instant at) {
                audited.add("deleted: " + reason);
            }

            @Override
            public void failed(Cdr stays, String reason, RuntimeException failure) {
                audited.add("failed: " + failure.getMessage());
            }
        };
    }
}
