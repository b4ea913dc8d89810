package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolingCdrStoreIT {
    private static final Duration SOON = Duration.ofMillis(50);

    @TempDir
    private Path temp = Path.of("set by JUnit");

    @Test
    @DisplayName(
            "while the database is down records go to disk, and into it once it is up again; none is lost or doubled")
    void downAndUp() throws Exception {
        Path data = temp.resolve("data");
        int port = freePort();
        EmbeddedPostgres server = start(data, port);
        try (HikariDataSource pool = pool(port)) {
            JdbiCdrStore store =
                    PstnDatabase.open(pool, DatabaseSettings.defaults()).cdrs();
            try (SpoolingCdrStore spool = SpoolingCdrStore.open(store, temp.resolve("spool"), SOON, SOON)) {
                assertThat(spool.append(Cdrs.full("before"))).isEqualTo(Appended.STORED);
                assertThat(spool.spooled()).isZero();

                server.close();
                for (int i = 0; i < 20; i++) {
                    assertThat(spool.append(Cdrs.full("down" + i))).isEqualTo(Appended.STORED);
                }
                assertThat(spool.append(Cdrs.full("down0"))).isEqualTo(Appended.DUPLICATE);
                assertThat(spool.append(Cdrs.full("down0").costing(CdrCost.UNRATED)))
                        .isEqualTo(Appended.CONFLICT);
                assertThat(spool.append(Cdrs.full("before").costing(CdrCost.UNRATED)))
                        .as("that it differs is found out later")
                        .isEqualTo(Appended.STORED);
                assertThat(spool.spooled()).isEqualTo(21);
                assertThat(spool.find(Cdrs.full("down7").call())).contains(Cdrs.full("down7"));
                assertThatThrownBy(() -> spool.find(Cdrs.full("never").call())).isInstanceOf(StoreUnavailable.class);

                server = start(data, port);
                await().atMost(Duration.ofSeconds(20)).until(() -> spool.spooled() == 0);
                assertThat(ids(store)).hasSize(21);
                assertThat(store.find(Cdrs.full("before").call())).contains(Cdrs.full("before"));
                assertThat(spool.setAside()).isEqualTo(1);
                await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                    String id = "direct" + System.nanoTime();
                    spool.append(Cdrs.full(id));
                    assertThat(store.find(Cdrs.full(id).call())).isPresent();
                });
            }
        } finally {
            server.close();
        }
    }

    @Test
    @DisplayName("what was acknowledged survives kill -9, and the next process stores it")
    void killed() throws Exception {
        Path directory = temp.resolve("spool");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingSpool.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        Set<String> acknowledged = new TreeSet<>();
        try (var output = child.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                if (line.startsWith("kept ")) {
                    acknowledged.add(line.substring(5));
                }
                if (acknowledged.size() == 50) {
                    child.destroyForcibly();
                }
                line = output.readLine();
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("closed");
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(50);
        Files.writeString(directory.resolve("torn.tmp"), "{");

        JdbiCdrStore store = TestPostgres.open(TestPostgres.emptyDatabase()).cdrs();
        try (SpoolingCdrStore spool = SpoolingCdrStore.open(store, directory, SOON, SOON)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> spool.spooled() == 0);
            assertThat(ids(store)).containsAll(acknowledged);
            assertThat(spool.setAside()).isZero();
        }
        assertThat(directory.resolve("torn.tmp")).doesNotExist();
    }

    @Test
    @DisplayName("a file that is no record, or of a later version, is set aside and holds up nobody")
    void poison() throws Exception {
        Path directory = temp.resolve("spool");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("00.json"), "not JSON");
        Files.writeString(directory.resolve("01.json"), "{\"version\":2}");
        Files.write(directory.resolve("02.json"), new CdrJson().write(Cdrs.full("good")));

        JdbiCdrStore store = TestPostgres.open(TestPostgres.emptyDatabase()).cdrs();
        try (SpoolingCdrStore spool = SpoolingCdrStore.open(store, directory, SOON, SOON)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> spool.spooled() == 0);
            assertThat(spool.setAside()).isEqualTo(2);
        }
        assertThat(ids(store)).containsExactly("good");
    }

    @Test
    @DisplayName("a record that the store refuses is set aside, and the caller is told")
    void refused() {
        JdbiCdrStore store = TestPostgres.open(TestPostgres.emptyDatabase()).cdrs();
        CdrCost fine = new CdrCost(
                io.careflow.pstn.money.Money.of("0.00000000001", "USD"),
                new java.math.BigDecimal("0.00000000001"),
                "fine");
        try (SpoolingCdrStore spool = SpoolingCdrStore.open(store, temp.resolve("spool"), SOON, SOON)) {
            assertThatThrownBy(() -> spool.append(Cdrs.full("x").costing(fine))).isInstanceOf(StoreRefused.class);
            assertThat(spool.setAside()).isEqualTo(1);
            assertThat(spool.spooled()).isZero();
        }
    }

    @Test
    @DisplayName("a directory has one owner")
    void oneOwner() {
        JdbiCdrStore store = TestPostgres.open(TestPostgres.emptyDatabase()).cdrs();
        Path directory = temp.resolve("spool");
        try (SpoolingCdrStore first = SpoolingCdrStore.open(store, directory)) {
            assertThat(first.spooled()).isZero();
            assertThatThrownBy(() -> SpoolingCdrStore.open(store, directory)).isInstanceOf(IllegalStateException.class);
        }
        SpoolingCdrStore.open(store, directory).close();
    }

    private static List<String> ids(JdbiCdrStore store) {
        List<String> ids = new ArrayList<>();
        store.each(Cdrs.ALL, (Cdr cdr) -> ids.add(cdr.call().id()));
        return ids;
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return TestPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static HikariDataSource pool(int port) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        config.setConnectionTimeout(500);
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
