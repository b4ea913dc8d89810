package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class JdbiFlowStoreIT {
    private static final ProviderId TELNYX = new ProviderId("telnyx");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    @DisplayName("another node, or this one after a restart, finds what was kept")
    void anotherNode() {
        DataSource dataSource = TestPostgres.emptyDatabase();
        TestPostgres.open(dataSource).flows().save(TELNYX, "k", 0, "one", NOW);

        JdbiFlowStore other = TestPostgres.open(dataSource).flows();

        assertThat(other.find(TELNYX, "k").orElseThrow().text()).isEqualTo("one");
        assertThat(other.due(TELNYX, NOW, 10)).containsExactly("k");
    }

    @Test
    @DisplayName("characters that PostgreSQL cannot hold are replaced, and a call does not end for them")
    void unstorable() {
        JdbiFlowStore store = TestPostgres.emptyFlows();

        store.save(TELNYX, "k", 0, "a\u0000b\ud800c", null);

        assertThat(store.find(TELNYX, "k").orElseThrow().text()).isEqualTo("a\ufffdb\ufffdc");
    }

    @Test
    @DisplayName("a moment between two milliseconds wakes at the earlier one")
    void cut() {
        JdbiFlowStore store = TestPostgres.emptyFlows();

        store.save(TELNYX, "k", 0, "one", NOW.plusNanos(999_999));

        assertThat(store.due(TELNYX, NOW, 10)).containsExactly("k");
    }

    @Test
    @DisplayName("a key that is too long is refused, and the refusal shows nothing of the text")
    void longKey() {
        JdbiFlowStore store = TestPostgres.emptyFlows();

        assertThatThrownBy(() -> store.save(TELNYX, "k".repeat(301), 0, "what a caller said", null))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("flows.save")
                .hasMessageNotContaining("what a caller said");
    }

    @Test
    @DisplayName("without its table the store is unavailable, and says which operation failed")
    void unavailable() {
        DataSource dataSource = TestPostgres.emptyDatabase();
        JdbiFlowStore store = TestPostgres.open(dataSource).flows();
        TestPostgres.execute(dataSource, "DROP TABLE pstn_flows");

        assertThatThrownBy(() -> store.find(TELNYX, "k"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("flows.find");
        assertThatThrownBy(() -> store.save(TELNYX, "k", 0, "one", null)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    @DisplayName("a database of the first schema gets the table when it is opened")
    void upgraded() {
        PstnDatabase now = TestPostgres.open(TestPostgres.databaseOf("1"));

        assertThat(now.flows().save(TELNYX, "k", 0, "one", null)).isTrue();
    }
}
