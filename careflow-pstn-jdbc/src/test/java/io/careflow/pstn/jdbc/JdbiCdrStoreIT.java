package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class JdbiCdrStoreIT {
    private DataSource dataSource = TestPostgres.emptyDatabase();
    private CdrStore store = TestPostgres.open(dataSource).cdrs();

    @BeforeEach
    void settle() {
        assertThat(read(Cdrs.ALL)).isEmpty();
    }

    @Test
    @DisplayName("a record comes back as it was, with every field and with as few as there can be")
    void roundTrip() {
        Cdr full = Cdrs.full("a/b");
        Cdr bare = Cdrs.bare("c", Cdrs.START);

        assertThat(store.append(full)).isEqualTo(Appended.STORED);
        assertThat(store.append(bare)).isEqualTo(Appended.STORED);

        assertThat(store.find(full.call())).contains(full);
        assertThat(store.find(bare.call())).contains(bare);
        assertThat(store.find(new CallRef(Cdrs.PROVIDER, "other"))).isEmpty();
    }

    @Test
    @DisplayName(
            "attempts come back with their reasons, are part of what makes two records the same, and NULL without them")
    void attempts() {
        Cdr tried = Cdrs.tried("x", Cdrs.START);
        store.append(tried);
        store.append(Cdrs.full("none"));

        assertThat(store.find(tried.call())).contains(tried);
        assertThat(store.append(tried)).isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(tried.trying(List.of()))).isEqualTo(Appended.CONFLICT);
        List<String> without = Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery("SELECT call_id FROM pstn_cdr WHERE attempts IS NULL")
                        .mapTo(String.class)
                        .list());
        assertThat(without).containsExactly("asterisk-east/none");
    }

    @Test
    @DisplayName(
            "how far a caller's number is to be believed comes back, can be asked for, and is NULL where nobody looked")
    void callerTrust() {
        Cdr trusted = Cdrs.tried("x", Cdrs.START);
        store.append(trusted);
        store.append(Cdrs.full("none"));

        assertThat(store.find(trusted.call()).orElseThrow().trust()).isNotNull().isEqualTo(trusted.trust());
        assertThat(store.append(trusted.trusting(null))).isEqualTo(Appended.CONFLICT);
        assertThat(store.find(Cdrs.full("none").call()).orElseThrow().trust()).isNull();
        List<String> failed = Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery(
                                "SELECT call_id FROM pstn_cdr WHERE caller_trust->>'level' = 'FAILED'")
                        .mapTo(String.class)
                        .list());
        assertThat(failed).containsExactly("asterisk-east/x");
    }

    @Test
    @DisplayName("the same record twice is a duplicate, another one of the same call a conflict, and the first stays")
    void duplicateAndConflict() {
        Cdr first = Cdrs.full("x");
        store.append(first);
        Cdr finer = Cdrs.full("x", Cdrs.START.plusNanos(999_999));
        Cdr other = first.costing(CdrCost.UNRATED);

        assertThat(store.append(first)).isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(finer)).as("below a millisecond nothing counts").isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(other)).isEqualTo(Appended.CONFLICT);
        assertThat(store.find(first.call())).contains(first);
    }

    @Test
    @DisplayName("16 threads with one record store it once")
    void manyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            Callable<Appended> append = () -> store.append(Cdrs.full("same"));
            List<Appended> results = new ArrayList<>();
            for (Future<Appended> result : threads.invokeAll(Collections.nCopies(64, append))) {
                results.add(result.get());
            }
            assertThat(results).filteredOn(Appended.STORED::equals).hasSize(1);
            assertThat(results).filteredOn(Appended.DUPLICATE::equals).hasSize(63);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("every column holds what its name says")
    void columns() {
        store.append(Cdrs.full("x"));

        Map<String, Object> row = Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery(
                                "SELECT c.*, c.legs->1->>'destination' AS second_leg, CAST(c.answer_time AT TIME ZONE 'UTC' AS text)"
                                        + " AS answered_utc FROM pstn_cdr c")
                        .mapToMap()
                        .one());

        assertThat(row)
                .containsEntry("call_id", "asterisk-east/x")
                .containsEntry("provider", "asterisk-east")
                .containsEntry("tenant", "clinic.7")
                .containsEntry("direction", "INBOUND")
                .containsEntry("carrier", "telnyx")
                .containsEntry("pstn_number", "14165550100")
                .containsEntry("caller_number", "+14165550199")
                .containsEntry("caller_name", "Zoë O'Neil; DROP TABLE")
                .containsEntry("dialled_number", "14165550100")
                .containsEntry("typed_id", "00**")
                .containsEntry("user_ref", "u-1")
                .containsEntry("careflow_user_id", null)
                .containsEntry("destination_number", "sip:alice@example.org")
                .containsEntry("answered_utc", "2026-03-08 07:00:08.001")
                .containsEntry("ring_ms", 4900L)
                .containsEntry("talk_ms", 60_001L)
                .containsEntry("billable_ms", 69_500L)
                .containsEntry("duration", 61L)
                .containsEntry("status", "ANSWERED")
                .containsEntry("cause_q850", 16)
                .containsEntry("cause_sip", 200)
                .containsEntry("released_by", "CALLER")
                .containsEntry("end_exact", false)
                .containsEntry("cost", new BigDecimal("0.0132000000"))
                .containsEntry("currency", "CAD")
                .containsEntry("cost_exact", new BigDecimal("0.0131666667"))
                .containsEntry("recording_url", "https://recordings.example.org/r/1?x=%20y")
                .containsEntry("second_leg", "sip:alice@example.org")
                .containsEntry("record_version", 1);
        assertThat(row.get("recorded_at")).isNotNull();
    }

    @Test
    @DisplayName(
            "records are read in the order of their start, then of their call, from the first instant to before the last")
    void order() {
        Instant t = Cdrs.START;
        List.of("b", "a", "B").forEach(id -> store.append(Cdrs.bare(id, t)));
        store.append(Cdrs.full("early", t.minusMillis(1)));
        store.append(Cdrs.bare("late", t.plusSeconds(1)));

        assertThat(read(Cdrs.ALL)).extracting(cdr -> cdr.call().id()).containsExactly("early", "B", "a", "b", "late");
        assertThat(read(CdrQuery.between(t, t.plusSeconds(1)))).hasSize(3);
        assertThat(read(Cdrs.ALL.of(Cdrs.CLINIC))).hasSize(1);
        assertThat(read(Cdrs.ALL.of(new ProviderId("other")))).isEmpty();
    }

    @Test
    @DisplayName("reading many records while others are written sees one moment, and a consumer may write")
    void streamingWhileWriting() {
        for (int i = 0; i < 1200; i++) {
            store.append(Cdrs.bare("n" + i, Cdrs.START.plusMillis(i)));
        }
        List<Instant> seen = new ArrayList<>();

        store.each(Cdrs.ALL, cdr -> {
            seen.add(cdr.times().started());
            store.append(Cdrs.bare("more" + seen.size(), Cdrs.START.plusSeconds(60)));
        });

        assertThat(seen).hasSize(1200).isSorted();
        assertThat(read(Cdrs.ALL)).hasSize(2400);
    }

    @Test
    @DisplayName("what the consumer throws arrives unchanged")
    void consumerFails() {
        store.append(Cdrs.bare("x", Cdrs.START));
        IllegalStateException failure = new IllegalStateException("enough");

        assertThatThrownBy(() -> store.each(Cdrs.ALL, cdr -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    @DisplayName("characters that PostgreSQL cannot hold do not cost us the record")
    void hostileText() {
        Cdr cdr = Cdrs.full("nul\u0000");
        Cdr hostile = new Cdr(
                cdr.call(),
                cdr.tenant(),
                cdr.direction(),
                cdr.carrier(),
                new Party("+14165550199", "a\u0000b\ud800c😀"),
                cdr.to(),
                cdr.typed(),
                cdr.userId(),
                cdr.times(),
                cdr.disposition(),
                cdr.cause(),
                cdr.releasedBy(),
                cdr.legs(),
                cdr.recording(),
                cdr.cost());

        assertThat(store.append(hostile)).isEqualTo(Appended.STORED);
        assertThat(store.append(hostile)).isEqualTo(Appended.DUPLICATE);
        assertThat(store.find(hostile.call()).orElseThrow().from().displayName())
                .isEqualTo("a\ufffdb\ufffdc😀");
    }

    @Test
    @DisplayName("ringing that nobody answered is kept with its end, and its length is that of the ringing")
    void unanswered() {
        Cdr unanswered = Cdrs.unanswered("x");
        store.append(unanswered);

        Map<String, Object> row = Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery(
                                "SELECT ring_ms, CAST(ring_end_time AT TIME ZONE 'UTC' AS text) AS rang_until FROM pstn_cdr")
                        .mapToMap()
                        .one());

        assertThat(row).containsEntry("ring_ms", 30_000L).containsEntry("rang_until", "2026-03-08 07:00:33.101");
        assertThat(store.find(unanswered.call())).contains(unanswered);
    }

    @Test
    @DisplayName(
            "every amount that a rate deck can give is kept, to the tenth decimal; finer ones are refused, not rounded")
    void fineAmounts() {
        CdrCost fine = new CdrCost(Money.of("0.0000000001", "USD"), new BigDecimal("0.0000000001"), "fine");
        Cdr kept = Cdrs.full("x").costing(fine);
        CdrCost tooFine = new CdrCost(Money.of("0.00000000001", "USD"), new BigDecimal("0.0000000000"), "too fine");

        assertThat(store.append(kept)).isEqualTo(Appended.STORED);
        assertThat(store.find(kept.call())).contains(kept);
        assertThatThrownBy(() -> store.append(Cdrs.full("y").costing(tooFine))).isInstanceOf(StoreRefused.class);
        assertThat(read(Cdrs.ALL)).hasSize(1);
    }

    @Test
    @DisplayName("an amount that does not fit is refused without its value in the message")
    void tooLargeAmount() {
        CdrCost large =
                new CdrCost(Money.of("987654321987654321", "USD"), new BigDecimal("987654321987654321"), "large");

        assertThatThrownBy(() -> store.append(Cdrs.full("x").costing(large)))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("cdr.append")
                .hasMessageContaining("22003")
                .hasMessageContaining("INSERT INTO pstn_cdr")
                .hasStackTraceContaining("StoreErrors")
                .satisfies(e -> assertThat(stack(e)).doesNotContain("987654321", "+1416", "Zoë"));
    }

    @Test
    @DisplayName("a database that hangs does not hang the call")
    void hangs() {
        CdrStore impatient = PstnDatabase.open(
                        dataSource, DatabaseSettings.defaults().withQueryTimeout(Duration.ofSeconds(1)))
                .cdrs();
        try (Handle other = Jdbi.open(dataSource)) {
            other.begin();
            other.execute("LOCK TABLE pstn_cdr IN ACCESS EXCLUSIVE MODE");
            long before = System.nanoTime();

            assertThatThrownBy(() -> impatient.append(Cdrs.full("x"))).isInstanceOf(StoreUnavailable.class);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
            other.rollback();
        }
        assertThat(impatient.append(Cdrs.full("x"))).isEqualTo(Appended.STORED);
    }

    private List<Cdr> read(CdrQuery query) {
        List<Cdr> all = new ArrayList<>();
        store.each(query, all::add);
        return all;
    }

    private static String stack(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
