package io.careflow.pstn.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** One real PostgreSQL for all tests of this JVM, an empty database of it for each test. */
final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    static DataSource emptyDatabase() {
        String name = "t" + DATABASES.incrementAndGet();
        Jdbi.create(Holder.SERVER.getPostgresDatabase()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return Holder.SERVER.getDatabase("postgres", name);
    }

    /** A store without records, in a database that all who ask for it share: a database costs a second and 1000 files. */
    static JdbiCdrStore emptyStore() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_cdr");
        return database.cdrs();
    }

    /** As {@link #emptyStore}, without flows. */
    static JdbiFlowStore emptyFlows() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_flows");
        return database.flows();
    }

    /** As {@link #emptyStore}, without consents. */
    static JdbiConsentLog emptyConsents() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_consents");
        return database.consents();
    }

    /** As {@link #emptyStore}, without outbound calls. */
    static JdbiOutboundBook emptyOutbound() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_outbound");
        return database.outbound();
    }

    /** As {@link #emptyStore}, without texts. */
    static JdbiMessageBook emptyMessages() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_messages");
        return database.messages();
    }

    /** As {@link #emptyStore}, without choices about texts. */
    static JdbiOptOuts emptyOptOuts() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_opt_outs");
        return database.optOuts();
    }

    /** As {@link #emptyStore}, without channels in use. */
    static JdbiChannelLeases emptyChannels() {
        PstnDatabase database = open(Shared.DATABASE);
        execute(Shared.DATABASE, "TRUNCATE pstn_channel_leases");
        return database.channels();
    }

    /** Makes the leases of {@link #emptyChannels} older. */
    static void ageChannels(Duration by) {
        execute(
                Shared.DATABASE,
                "UPDATE pstn_channel_leases SET expires_at = expires_at - interval '" + by.toMillis() + " ms'");
    }

    /** The database that {@link #emptyStore} and others share, as it is. */
    static PstnDatabase shared() {
        return open(Shared.DATABASE);
    }

    /** Makes moments of {@link #shared} older. */
    static void age(String table, String column, Duration by) {
        execute(
                Shared.DATABASE,
                "UPDATE " + table + " SET " + column + " = " + column + " - interval '" + by.toMillis() + " ms'");
    }

    /** An empty database of an older version of the library. */
    static DataSource databaseOf(String version) {
        DataSource dataSource = emptyDatabase();
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:io/careflow/pstn/jdbc/schema/core")
                .table("careflow_pstn_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholderReplacement(false)
                .target(version)
                .load()
                .migrate();
        return dataSource;
    }

    static PstnDatabase open(DataSource dataSource) {
        return PstnDatabase.open(dataSource, DatabaseSettings.defaults());
    }

    /** Runs a script as it stands; jdbi would take a colon in it for a parameter. */
    static void execute(DataSource dataSource, String script) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static EmbeddedPostgres.Builder builder() {
        String dir = System.getProperty("java.io.tmpdir") + "/embedded-pg-" + System.getProperty("user.name");
        System.setProperty("ot.epg.working-dir", dir);
        return EmbeddedPostgres.builder();
    }

    private static final class Shared {
        private static final DataSource DATABASE = emptyDatabase();
    }

    private static final class Holder {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
