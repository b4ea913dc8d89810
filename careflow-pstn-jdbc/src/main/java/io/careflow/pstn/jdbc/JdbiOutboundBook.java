package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/**
 * Keeps the book of outbound calls in the table {@code pstn_outbound}, for all nodes of an application. Opening and changing are one
 * statement each, so of nodes that do it at the same time one succeeds. Characters that PostgreSQL cannot hold come back as U+FFFD;
 * moments are cut to milliseconds. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be asked, {@link StoreRefused}
 * if it refuses a value.
 */
public final class JdbiOutboundBook implements OutboundBook {
    private static final String COLUMNS =
            "command, fingerprint, state, provider, call, work_order, because, changed_at, version";

    private final Database database;

    JdbiOutboundBook(Database database) {
        this.database = database;
    }

    @Override
    public Opened open(OutboundEntry first) {
        return database.quick("outbound.open", handle -> {
            boolean mine = insert(handle, first);
            OutboundEntry entry = mine
                    ? first
                    : byCommand(handle, first.command())
                            .orElseThrow(() -> new IllegalStateException(
                                    "command " + first.command() + " was deleted while it was opened"));
            return new Opened(mine, entry);
        });
    }

    @Override
    public boolean change(OutboundEntry next) {
        return database.quick("outbound.change", handle -> {
            try (Update sql = handle.createUpdate("UPDATE pstn_outbound SET fingerprint = :fingerprint, state = :state,"
                    + " provider = :provider, call = :call, work_order = :order, because = :because,"
                    + " changed_at = :changed, version = :version"
                    + " WHERE command = :command AND version = :version - 1")) {
                return bound(sql, next).execute() == 1;
            }
        });
    }

    @Override
    public Optional<OutboundEntry> find(CommandId command) {
        return database.quick("outbound.find", handle -> byCommand(handle, command));
    }

    @Override
    public Optional<OutboundEntry> find(CallRef call) {
        return database.quick("outbound.find-call", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT " + COLUMNS + " FROM pstn_outbound WHERE provider = :provider AND call = :call")) {
                return sql.bind("provider", call.provider().value())
                        .bind("call", call.id())
                        .map((row, context) -> entry(row))
                        .findOne();
            }
        });
    }

    @Override
    public List<OutboundEntry> stale(Instant before, int most) {
        return database.quick("outbound.stale", handle -> {
            try (Query sql = handle.createQuery("SELECT " + COLUMNS + " FROM pstn_outbound"
                    + " WHERE state NOT IN ('DENIED', 'ENDED') AND changed_at < :before"
                    + " ORDER BY changed_at LIMIT :most")) {
                return sql.bind("before", Sql.bound(before))
                        .bind("most", most)
                        .map((row, context) -> entry(row))
                        .list();
            }
        });
    }

    private static boolean insert(Handle handle, OutboundEntry first) {
        try (Update sql = handle.createUpdate(
                "INSERT INTO pstn_outbound (" + COLUMNS + ") VALUES (:command, :fingerprint,"
                        + " :state, :provider, :call, :order, :because, :changed, :version) ON CONFLICT (command) DO NOTHING")) {
            return bound(sql, first).execute() == 1;
        }
    }

    private static Optional<OutboundEntry> byCommand(Handle handle, CommandId command) {
        try (Query sql = handle.createQuery("SELECT " + COLUMNS + " FROM pstn_outbound WHERE command = :command")) {
            return sql.bind("command", command.value())
                    .map((row, context) -> entry(row))
                    .findOne();
        }
    }

    private static <S extends SqlStatement<S>> S bound(S sql, OutboundEntry entry) {
        CallRef call = entry.call();
        return sql.bind("command", entry.command().value())
                .bind("fingerprint", entry.fingerprint())
                .bind("state", entry.state().name())
                .bind("provider", call == null ? null : call.provider().value())
                .bind("call", call == null ? null : call.id())
                .bind("order", StoredForm.clean(entry.order()))
                .bind("because", StoredForm.clean(entry.because()))
                .bind("changed", Sql.time(Sql.millis(entry.changedAt())))
                .bind("version", entry.version());
    }

    private static OutboundEntry entry(ResultSet row) throws SQLException {
        String provider = row.getString("provider");
        CallRef call = provider == null ? null : new CallRef(new ProviderId(provider), row.getString("call"));
        return new OutboundEntry(
                new CommandId(row.getString("command")),
                row.getString("fingerprint"),
                OutboundEntry.State.valueOf(row.getString("state")),
                call,
                row.getString("work_order"),
                row.getString("because"),
                Objects.requireNonNull(Sql.time(row, "changed_at"), "changed_at"),
                row.getLong("version"));
    }
}
