package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.cdr.Appended;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class FrozenNetworkIT {
    @TempDir
    private Path temp = Path.of("set by JUnit");

    @Test
    @DisplayName("a network that swallows packets does not hang a call, and with a spool does not cost a record")
    void frozen() throws Exception {
        DataSource direct = TestPostgres.emptyDatabase();
        JdbiCdrStore truth = TestPostgres.open(direct).cdrs();
        PGSimpleDataSource server = direct.unwrap(PGSimpleDataSource.class);
        try (FreezingProxy proxy = new FreezingProxy(server.getPortNumbers()[0]);
                HikariDataSource pool = pool(proxy.port(), server.getDatabaseName())) {
            DatabaseSettings settings = DatabaseSettings.defaults().withQueryTimeout(Duration.ofSeconds(3));
            JdbiCdrStore store = PstnDatabase.open(pool, settings).cdrs();
            try (SpoolingCdrStore spool = SpoolingCdrStore.open(
                    store, temp.resolve("spool"), Duration.ofMillis(50), Duration.ofMillis(200))) {
                assertThat(spool.append(Cdrs.full("before"))).isEqualTo(Appended.STORED);
                proxy.freeze(true);

                assertPrompt(() -> assertThatThrownBy(
                                () -> store.find(Cdrs.full("before").call()))
                        .isInstanceOf(StoreUnavailable.class));
                assertPrompt(() -> assertThat(spool.append(Cdrs.full("frozen"))).isEqualTo(Appended.STORED));
                assertThat(spool.spooled()).isEqualTo(1);
                long before = System.nanoTime();
                assertThat(spool.append(Cdrs.full("next"))).isEqualTo(Appended.STORED);
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .as("while the store is known to be away nobody waits for it")
                        .isLessThan(Duration.ofMillis(2500));

                proxy.freeze(false);
                await().atMost(Duration.ofSeconds(20)).until(() -> spool.spooled() == 0);
                assertThat(truth.find(Cdrs.full("frozen").call())).contains(Cdrs.full("frozen"));
                assertThat(truth.find(Cdrs.full("next").call())).contains(Cdrs.full("next"));
            }
        }
    }

    private static void assertPrompt(Runnable work) {
        long before = System.nanoTime();
        work.run();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    private static HikariDataSource pool(int port, String database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database
                + "?user=postgres&connectTimeout=1&loginTimeout=1&cancelSignalTimeout=1");
        config.setConnectionTimeout(1000);
        config.setValidationTimeout(500);
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }
}
