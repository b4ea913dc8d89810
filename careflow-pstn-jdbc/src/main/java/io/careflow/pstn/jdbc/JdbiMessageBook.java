package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.messagedesk.MessageEntry;
import io.careflow.pstn.messagedesk.MessageQuote;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the book of texts in the table {@code pstn_messages}, for all nodes of an application. Opening and changing are one statement
 * each, so of nodes that do it at the same time one succeeds. Characters that PostgreSQL cannot hold come back as U+FFFD; moments are
 * cut to milliseconds. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be asked, {@link StoreRefused} if it refuses
 * a value, such as a price of more than 10 decimals.
 */
public final class JdbiMessageBook implements MessageBook {
    private static final int DECIMALS = 10;
    private static final String COLUMNS =
            "command, fingerprint, tenant, user_id, sender, recipient, state, provider, message, encoding, units, parts,"
                    + " part_price, currency, ticket, detail, because, changed_at, version";
    private static final String VALUES =
            ":command, :fingerprint, :tenant, :user, :sender, :recipient, :state, :provider, :message, :encoding, :units,"
                    + " :parts, :price, :currency, :ticket, :detail, :because, :changed, :version";

    private final Database database;

    JdbiMessageBook(Database database) {
        this.database = database;
    }

    @Override
    public Opened open(MessageEntry first) {
        return database.quick("messages.open", handle -> {
            boolean mine = insert(handle, first);
            MessageEntry entry = mine
                    ? first
                    : byCommand(handle, first.command())
                            .orElseThrow(() -> new IllegalStateException(
                                    "command " + first.command() + " was deleted while it was opened"));
            return new Opened(mine, entry);
        });
    }

    @Override
    public boolean change(MessageEntry next) {
        return database.quick("messages.change", handle -> {
            try (Update sql = handle.createUpdate("UPDATE pstn_messages SET (" + COLUMNS + ") = ROW(" + VALUES
                    + ") WHERE command = :command AND version = :version - 1")) {
                return bound(sql, next).execute() == 1;
            }
        });
    }

    @Override
    public Optional<MessageEntry> find(CommandId command) {
        return database.quick("messages.find", handle -> byCommand(handle, command));
    }

    @Override
    public Optional<MessageEntry> find(MessageRef message) {
        return database.quick("messages.find-message", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT " + COLUMNS + " FROM pstn_messages WHERE provider = :provider AND message = :message")) {
                return sql.bind("provider", message.provider().value())
                        .bind("message", StoredForm.clean(message.id()))
                        .map((row, context) -> entry(row))
                        .findOne();
            }
        });
    }

    @Override
    public List<MessageEntry> stale(MessageEntry.State state, Instant before, int most) {
        return database.quick("messages.stale", handle -> {
            try (Query sql = handle.createQuery("SELECT " + COLUMNS + " FROM pstn_messages"
                    + " WHERE state = :state AND changed_at < :before ORDER BY changed_at LIMIT :most")) {
                return sql.bind("state", state.name())
                        .bind("before", Sql.bound(before))
                        .bind("most", most)
                        .map((row, context) -> entry(row))
                        .list();
            }
        });
    }

    private static boolean insert(Handle handle, MessageEntry first) {
        try (Update sql = handle.createUpdate("INSERT INTO pstn_messages (" + COLUMNS + ") VALUES (" + VALUES
                + ") ON CONFLICT (command) DO NOTHING")) {
            return bound(sql, first).execute() == 1;
        }
    }

    private static Optional<MessageEntry> byCommand(Handle handle, CommandId command) {
        try (Query sql = handle.createQuery("SELECT " + COLUMNS + " FROM pstn_messages WHERE command = :command")) {
            return sql.bind("command", command.value())
                    .map((row, context) -> entry(row))
                    .findOne();
        }
    }

    private static <S extends SqlStatement<S>> S bound(S sql, MessageEntry entry) {
        MessageRef message = entry.message();
        S half = sql.bind("command", entry.command().value())
                .bind("fingerprint", entry.fingerprint())
                .bind("tenant", entry.tenant().value())
                .bind("user", StoredForm.clean(entry.user()))
                .bind("sender", entry.from().e164())
                .bind("recipient", entry.to().e164())
                .bind("state", entry.state().name())
                .bind("provider", message == null ? null : message.provider().value())
                .bind("message", message == null ? null : StoredForm.clean(message.id()));
        return priced(half, entry.quote())
                .bind("ticket", StoredForm.text(entry.ticket()))
                .bind("detail", StoredForm.clean(entry.detail()))
                .bind("because", StoredForm.clean(entry.because()))
                .bind("changed", Sql.time(Sql.millis(entry.changedAt())))
                .bind("version", entry.version());
    }

    private static <S extends SqlStatement<S>> S priced(S sql, @Nullable MessageQuote quote) {
        if (quote == null) {
            return sql.bind("encoding", (String) null)
                    .bind("units", (Integer) null)
                    .bind("parts", (Integer) null)
                    .bind("price", (BigDecimal) null)
                    .bind("currency", (String) null);
        }
        Money price = quote.perPart();
        if (price.amount().scale() > DECIMALS) {
            throw new StoreRefused(
                    "messages.change",
                    "the price of a part has more than " + DECIMALS + " decimals; nothing is rounded");
        }
        return sql.bind("encoding", quote.segments().encoding().name())
                .bind("units", quote.segments().units())
                .bind("parts", quote.segments().count())
                .bind("price", price.amount())
                .bind("currency", price.currency().getCurrencyCode());
    }

    private static MessageEntry entry(ResultSet row) throws SQLException {
        String provider = row.getString("provider");
        return new MessageEntry(
                new CommandId(row.getString("command")),
                row.getString("fingerprint"),
                new TenantId(row.getString("tenant")),
                row.getString("user_id"),
                new PhoneNumber(row.getString("sender")),
                new PhoneNumber(row.getString("recipient")),
                MessageEntry.State.valueOf(row.getString("state")),
                provider == null ? null : new MessageRef(new ProviderId(provider), row.getString("message")),
                quote(row),
                row.getString("ticket"),
                row.getString("detail"),
                row.getString("because"),
                Objects.requireNonNull(Sql.time(row, "changed_at"), "changed_at"),
                row.getLong("version"));
    }

    private static @Nullable MessageQuote quote(ResultSet row) throws SQLException {
        String encoding = row.getString("encoding");
        if (encoding == null) {
            return null;
        }
        SmsSegments segments =
                new SmsSegments(SmsSegments.Encoding.valueOf(encoding), row.getInt("units"), row.getInt("parts"));
        Currency currency = Currency.getInstance(row.getString("currency"));
        return new MessageQuote(segments, new Money(row.getBigDecimal("part_price"), currency));
    }
}
