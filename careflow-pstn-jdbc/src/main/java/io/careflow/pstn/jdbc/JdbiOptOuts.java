package io.careflow.pstn.jdbc;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.messagedesk.OptChoice;
import io.careflow.pstn.messagedesk.OptOuts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * The last choice of each recipient, in the table {@code pstn_opt_outs}, for all nodes of an application. Keeping one is one statement,
 * so of choices that come at the same time the latest counts. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be
 * asked.
 */
public final class JdbiOptOuts implements OptOuts {
    private static final String PUT =
            "INSERT INTO pstn_opt_outs AS kept (sender, recipient, opted_out, source, word, chosen_at)"
                    + " VALUES (:sender, :recipient, :out, :source, :word, :at) ON CONFLICT (sender, recipient) DO UPDATE"
                    + " SET opted_out = excluded.opted_out, source = excluded.source, word = excluded.word,"
                    + " chosen_at = excluded.chosen_at WHERE excluded.chosen_at > kept.chosen_at"
                    + " OR (excluded.chosen_at = kept.chosen_at AND excluded.opted_out AND NOT kept.opted_out)";

    private final Database database;

    JdbiOptOuts(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(OptChoice choice) {
        return database.quick("opt-outs.put", handle -> {
            try (Update sql = handle.createUpdate(PUT)) {
                return sql.bind("sender", choice.sender().e164())
                                .bind("recipient", choice.recipient().e164())
                                .bind("out", choice.out())
                                .bind("source", choice.source().name())
                                .bind("word", StoredForm.clean(choice.word()))
                                .bind("at", Sql.time(choice.at()))
                                .execute()
                        == 1;
            }
        });
    }

    @Override
    public Optional<OptChoice> find(PhoneNumber sender, PhoneNumber recipient) {
        return database.quick("opt-outs.find", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT * FROM pstn_opt_outs WHERE sender = :sender AND recipient = :recipient")) {
                return sql.bind("sender", sender.e164())
                        .bind("recipient", recipient.e164())
                        .map((row, context) -> choice(row))
                        .findOne();
            }
        });
    }

    private static OptChoice choice(ResultSet row) throws SQLException {
        return new OptChoice(
                new PhoneNumber(row.getString("sender")),
                new PhoneNumber(row.getString("recipient")),
                row.getBoolean("opted_out"),
                OptChoice.Source.valueOf(row.getString("source")),
                row.getString("word"),
                Objects.requireNonNull(Sql.time(row, "chosen_at"), "chosen_at"));
    }
}
