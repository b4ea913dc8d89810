package io.careflow.pstn.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work on a connection, under a time limit, with our exceptions. Thread-safe. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    /** The server's answer to a cancelled query must still come through before the socket gives up. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final DatabaseSettings settings;

    Database(DataSource dataSource, DatabaseSettings settings) {
        this.jdbi = Jdbi.create(dataSource)
                .registerArrayType(String.class, "text")
                .registerArrayType(Integer.class, "int4")
                .registerArrayType(Long.class, "int8")
                .registerArrayType(BigDecimal.class, "numeric");
        this.settings = settings;
    }

    /** Work that a call waits for. */
    <T> T quick(String operation, Function<Handle, T> work) {
        return run(operation, settings.queryTimeout(), work);
    }

    /** Work that no call waits for. */
    <T> T slow(String operation, Function<Handle, T> work) {
        return run(operation, settings.reportTimeout(), work);
    }

    private <T> T run(String operation, Duration limit, Function<Handle, T> work) {
        try {
            return jdbi.withHandle(handle -> limited(handle, limit, work));
        } catch (RuntimeException e) {
            throw StoreErrors.translated(operation, e);
        }
    }

    private static <T> T limited(Handle handle, Duration limit, Function<Handle, T> work) {
        handle.getConfig(SqlStatements.class)
                .setQueryTimeout(Math.toIntExact(limit.plusMillis(999).toSeconds()));
        Connection connection = handle.getConnection();
        int before = socketTimeout(connection, limit.plus(GRACE));
        try {
            return work.apply(handle);
        } finally {
            restore(connection, before);
        }
    }

    /** A query time-out asks the server to stop; a server that has vanished without a word needs this as well. */
    private static int socketTimeout(Connection connection, Duration limit) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
            return before;
        } catch (SQLException e) {
            LOG.debug("The data source does not take a network time-out", e);
            return -1;
        }
    }

    private static void restore(Connection connection, int before) {
        try {
            if (before >= 0 && !connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, before);
            }
        } catch (SQLException e) {
            LOG.debug("Connection broke while its network time-out was being restored", e);
        }
    }
}
