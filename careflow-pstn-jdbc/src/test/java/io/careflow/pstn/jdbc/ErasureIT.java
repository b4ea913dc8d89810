package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The address of a recording that was deleted")
final class ErasureIT {
    private static final Instant AT = Instant.parse("2026-09-01T00:00:00.500Z");

    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final JdbiCdrStore store = TestPostgres.open(dataSource).cdrs();

    @Test
    @DisplayName("is taken out of the record once, with the reason, and nothing else changes")
    void erased() {
        Cdr cdr = Cdrs.full("x");
        store.append(cdr);
        store.append(Cdrs.full("y"));

        assertThat(store.eraseRecording(cdr.call(), "kept for PT720H", AT)).isTrue();
        assertThat(store.eraseRecording(cdr.call(), "again", AT.plusSeconds(1))).isFalse();

        assertThat(store.find(cdr.call())).contains(cdr.withoutRecording());
        assertThat(store.find(Cdrs.full("y").call())).contains(Cdrs.full("y"));
        Map<String, Object> row = Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery("SELECT recording_deleted_because AS why,"
                                + " recording_deleted_at = '2026-09-01T00:00:00.5Z' AS then FROM pstn_cdr"
                                + " WHERE recording_url IS NULL")
                        .mapToMap()
                        .one());
        assertThat(row).containsEntry("why", "kept for PT720H").containsEntry("then", true);
    }

    @Test
    @DisplayName(
            "does not come back when the record is delivered again, which is a duplicate; another record is a conflict")
    void deliveredAgain() {
        Cdr cdr = Cdrs.full("x");
        store.append(cdr);
        store.eraseRecording(cdr.call(), "asked for by the caller", AT);

        assertThat(store.append(cdr)).isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(cdr.withoutRecording())).isEqualTo(Appended.DUPLICATE);
        assertThat(store.append(Cdrs.full("x", Cdrs.START.plusSeconds(1)))).isEqualTo(Appended.CONFLICT);
        assertThat(store.find(cdr.call()).orElseThrow().recording()).isNull();
    }

    @Test
    @DisplayName("is not confused with one that never was: a record that gains an address is a conflict")
    void neverWas() {
        Cdr without = Cdrs.full("x").withoutRecording();
        store.append(without);
        assertThat(Cdrs.full("x").recording()).isEqualTo(URI.create("https://recordings.example.org/r/1?x=%20y"));
        assertThat(store.append(Cdrs.full("x"))).isEqualTo(Appended.CONFLICT);
        assertThat(store.eraseRecording(without.call(), "nothing there", AT)).isFalse();
        assertThat(store.eraseRecording(Cdrs.full("nobody").call(), "no record", AT))
                .isFalse();
    }

    @Test
    @DisplayName("needs a reason")
    void reason() {
        assertThatThrownBy(() -> store.eraseRecording(Cdrs.full("x").call(), " ", AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed are 1 to 200");
    }

    @Test
    @DisplayName("records of tables before this are read after the upgrade, and can lose theirs")
    void olderTables() {
        DataSource older = TestPostgres.databaseOf("5");
        TestPostgres.execute(
                older,
                "INSERT INTO pstn_cdr (call_id, provider, direction, caller_number, dialled_number, start_time, end_time,"
                        + " end_exact, ring_ms, talk_ms, billable_ms, duration, status, cause_q850, cause_text, released_by,"
                        + " cost_explanation, recording_url, legs) VALUES ('asterisk-east/old', 'asterisk-east', 'INBOUND', '',"
                        + " '+14165550100', '2026-03-08T06:59:59Z', '2026-03-08T07:00:00Z', true, 0, 0, 0, 0, 'ABANDONED',"
                        + " 16, '', 'CALLER', '', 'https://example.org/old', '[]')");
        JdbiCdrStore upgraded = TestPostgres.open(older).cdrs();
        Cdr old = upgraded.find(Cdrs.full("old").call()).orElseThrow();
        assertThat(old.recording()).isEqualTo(URI.create("https://example.org/old"));
        assertThat(upgraded.eraseRecording(old.call(), "too old", AT)).isTrue();
        assertThat(upgraded.find(old.call())).contains(old.withoutRecording());
    }
}
