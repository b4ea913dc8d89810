package io.careflow.pstn.lab;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL for tests: a real server of our own on a free port, or one that is there already. Every test class takes
 * a fresh, empty database.
 *
 * <p>Safe for use by several threads.
 */
public final class LabPostgres implements AutoCloseable {

    private final @Nullable EmbeddedPostgres server;
    private final Database main;

    private LabPostgres(@Nullable EmbeddedPostgres server, Database main) {
        this.server = server;
        this.main = main;
    }

    /**
     * A database to connect to.
     *
     * @param jdbcUrl without user and password
     * @param user its owner
     * @param password may be empty
     */
    public record Database(String jdbcUrl, String user, String password) {

        /** A new connection; the caller closes it. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /**
     * Starts a server, or uses the one that the system properties {@code careflow.lab.jdbc-url},
     * {@code careflow.lab.jdbc-user} and {@code careflow.lab.jdbc-password} name.
     */
    public static LabPostgres start() {
        String url = System.getProperty("careflow.lab.jdbc-url", "");
        if (!url.isEmpty()) {
            return use(new Database(
                    url,
                    System.getProperty("careflow.lab.jdbc-user", "postgres"),
                    System.getProperty("careflow.lab.jdbc-password", "")));
        }
        return started(EmbeddedPostgres.builder());
    }

    /** As a server is run in earnest, a server of our own: what is committed is on the disk. {@link #start} does not wait for it. */
    public static LabPostgres durable() {
        return started(
                EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on"));
    }

    private static LabPostgres started(EmbeddedPostgres.Builder builder) {
        try {
            // The library opens the folder it unpacks to for everybody, so that one lies behind a closed one.
            Path unpacked = OwnFolder.in(AsteriskInstall.cache(), "postgres").resolve("unpacked");
            EmbeddedPostgres server = builder.setOverrideWorkingDirectory(unpacked.toFile())
                    .setDataDirectory(Files.createTempDirectory(
                            Path.of(System.getProperty("careflow.lab.dir", "/tmp")), "cf-pg-"))
                    .start();
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            String local = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
            return new LabPostgres(server, new Database(local, "postgres", "postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** A server that is there already; it is not stopped, but gets new databases. */
    public static LabPostgres use(Database database) {
        return new LabPostgres(null, database);
    }

    /** The database that comes with the server. */
    public Database main() {
        return main;
    }

    /** A fresh, empty database. */
    public Database newDatabase() {
        String name = "lab_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = main.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new LabException("cannot create a database: " + e.getMessage(), e);
        }
        return new Database(
                main.jdbcUrl().replaceFirst("/[^/?]*(\\?.*)?$", "/" + name + "$1"), main.user(), main.password());
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
