package io.careflow.pstn.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Makes our exceptions of those of jdbi and the driver, without the values that theirs repeat. */
final class StoreErrors {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int SQL_SHOWN = 160;

    private StoreErrors() {}

    /** Ours for a failure of the database; anything else is returned as it is. */
    static RuntimeException translated(String operation, RuntimeException failure) {
        if (!(failure instanceof JdbiException)) {
            return failure;
        }
        SQLException sql = sqlException(failure);
        String statement = statement(failure);
        if (sql == null) {
            return new StoreUnavailable(operation, failure.getClass().getSimpleName() + statement, null, failure);
        }
        String state = sql.getSQLState();
        ServerErrorMessage server = sql instanceof PSQLException ps ? ps.getServerErrorMessage() : null;
        boolean fault = state != null && (state.startsWith("22") || state.startsWith("23"));
        String problem = problem(sql, server, state) + statement;
        return fault
                ? new StoreRefused(operation, problem, state, withoutValues(sql, state))
                : new StoreUnavailable(operation, problem, state, server == null ? sql : withoutValues(sql, state));
    }

    private static String problem(SQLException sql, @Nullable ServerErrorMessage server, @Nullable String state) {
        if (server == null) {
            return sql.getMessage() + (state == null ? "" : " (SQLSTATE " + state + ")");
        }
        StringBuilder text = new StringBuilder("SQLSTATE ").append(state);
        append(text, ", constraint ", server.getConstraint());
        append(text, ", table ", server.getTable());
        append(text, ", column ", server.getColumn());
        boolean ofData = state != null && (state.startsWith("22") || state.startsWith("23"));
        append(text, ": ", ofData ? null : server.getMessage());
        return text.toString();
    }

    private static void append(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append(label).append(value);
        }
    }

    /** The driver's message and detail repeat values; where it happened is worth keeping. */
    private static SQLException withoutValues(SQLException sql, @Nullable String state) {
        SQLException plain = new SQLException("SQLSTATE " + state, state);
        plain.setStackTrace(sql.getStackTrace());
        return plain;
    }

    private static String statement(RuntimeException failure) {
        if (failure instanceof StatementException e && e.getStatementContext() != null) {
            String sql = e.getStatementContext().getRawSql();
            if (sql != null) {
                String oneLine = BLANKS.matcher(sql).replaceAll(" ").strip();
                return " [" + (oneLine.length() > SQL_SHOWN ? oneLine.substring(0, SQL_SHOWN) + "..." : oneLine) + "]";
            }
        }
        return "";
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof BatchUpdateException batch && batch.getNextException() != null) {
                return batch.getNextException();
            }
            if (e instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
