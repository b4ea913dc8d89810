package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.directory.CareFlowId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SchemaIT {
    private final DataSource dataSource = TestPostgres.emptyDatabase();

    @Test
    @DisplayName("opening twice, and by several nodes at once, is one migration")
    void twice() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
                Callable<PstnDatabase> open = () -> TestPostgres.open(dataSource);
                for (Future<PstnDatabase> opened : nodes.invokeAll(List.of(open, open, open, open))) {
                    assertThat(opened.get()).isNotNull();
                }
            }
        } finally {
            nodes.shutdownNow();
        }
        TestPostgres.open(dataSource).cdrs().append(Cdrs.full("x"));
        assertThat(TestPostgres.open(dataSource).cdrs().find(Cdrs.full("x").call()))
                .isPresent();
    }

    @Test
    @DisplayName("beside the application's own tables and its own Flyway history nothing collides")
    void besideTheHost() {
        execute("CREATE TABLE flyway_schema_history (x INT)");
        execute("CREATE TABLE patients (id INT)");

        assertThat(TestPostgres.open(dataSource)).isNotNull();
    }

    @Test
    @DisplayName("without migration the tables must be there")
    void withoutMigration() {
        DatabaseSettings settings = DatabaseSettings.defaults().withoutMigration();

        assertThatThrownBy(() -> PstnDatabase.open(dataSource, settings))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("schema.check");
        TestPostgres.open(dataSource);
        assertThat(PstnDatabase.open(dataSource, settings)).isNotNull();
    }

    @Test
    @DisplayName("data that the first schema held stays readable")
    void firstSchema() throws IOException {
        TestPostgres.open(dataSource);
        execute(resource("data-v1.sql"));

        PstnDatabase database = TestPostgres.open(dataSource);

        assertThat(database.cdrs().find(Cdrs.full("sample").call())).contains(Cdrs.full("sample"));
        assertThat(database.directory()
                        .did(new PhoneNumber("+14165550100"))
                        .orElseThrow()
                        .owner())
                .isEqualTo(database.directory()
                        .user(Cdrs.CLINIC, new CareFlowId(1))
                        .orElseThrow());
        assertThat(database.rates().load().deck("telnyx", Direction.INBOUND)).isPresent();
    }

    @Test
    @DisplayName("records that were written before attempts were kept are read after the upgrade, without any")
    void beforeAttempts() throws IOException {
        migrate("core", "careflow_pstn_history", "3");
        migrate("users", "careflow_pstn_history_users", "1");
        execute(resource("data-v1.sql"));

        PstnDatabase database = TestPostgres.open(dataSource);

        assertThat(database.cdrs().find(Cdrs.full("sample").call())).contains(Cdrs.full("sample"));
        assertThat(database.rates().load().deck("telnyx", Direction.INBOUND)).isPresent();
    }

    @Test
    @DisplayName(
            "records that were written before callers' numbers were looked at are read after the upgrade, without a word of it")
    void beforeCallerTrust() throws IOException {
        migrate("core", "careflow_pstn_history", "5");
        migrate("users", "careflow_pstn_history_users", "1");
        execute(resource("data-v1.sql"));

        PstnDatabase database = TestPostgres.open(dataSource);

        assertThat(database.cdrs().find(Cdrs.full("sample").call()))
                .contains(Cdrs.full("sample"))
                .get()
                .extracting(Cdr::trust)
                .isNull();
    }

    private void migrate(String part, String history, String target) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:io/careflow/pstn/jdbc/schema/" + part)
                .table(history)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholderReplacement(false)
                .target(target)
                .load()
                .migrate();
    }

    @Test
    @DisplayName("every table and the columns that could be misread are explained in the catalog")
    void comments() {
        TestPostgres.open(dataSource);

        List<String> silent = Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery(
                                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                        + " AND relname NOT LIKE 'careflow_pstn_history%' AND obj_description(oid) IS NULL")
                        .mapTo(String.class)
                        .list());

        assertThat(silent).isEmpty();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SchemaIT.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void execute(String sql) {
        TestPostgres.execute(dataSource, sql);
    }
}
