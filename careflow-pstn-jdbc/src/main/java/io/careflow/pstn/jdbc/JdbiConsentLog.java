package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.consent.ConsentAction;
import io.careflow.pstn.consent.ConsentLog;
import io.careflow.pstn.consent.ConsentRecord;
import io.careflow.pstn.consent.Jurisdiction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * What parties agreed to, in the table {@code pstn_consents}. Thread-safe, also across nodes. Instants come back in milliseconds, and so
 * do offsets. Throws {@link StoreUnavailable} if the database cannot be asked, after which a record may be kept again, and
 * {@link StoreRefused} for a row that it does not take or that cannot be read.
 */
public final class JdbiConsentLog implements ConsentLog {
    private static final String INSERT =
            "INSERT INTO pstn_consents (call_id, party, place, action, rule, wording, answer,"
                    + " consented_at, notice_ms) VALUES (:call_id, :party, :place, :action, :rule, :wording, :answer,"
                    + " :consented_at, :notice_ms) ON CONFLICT DO NOTHING";

    private final Database database;

    JdbiConsentLog(Database database) {
        this.database = database;
    }

    @Override
    public void keep(ConsentRecord consent) {
        Duration notice = consent.noticeAt();
        int unused = database.quick("consent.keep", handle -> {
            try (Update sql = handle.createUpdate(INSERT)) {
                return sql.bind("call_id", StoredForm.of(consent.call()).toString())
                        .bind("party", StoredForm.clean(consent.party()))
                        .bind("place", consent.place().code())
                        .bind("action", consent.action().name())
                        .bind("rule", StoredForm.clean(consent.rule()))
                        .bind("wording", consent.wording())
                        .bind("answer", consent.answer().name())
                        .bind("consented_at", Sql.time(Sql.millis(consent.at())))
                        .bind("notice_ms", notice == null ? null : notice.toMillis())
                        .execute();
            }
        });
    }

    @Override
    public List<ConsentRecord> of(CallRef call) {
        CallRef stored = StoredForm.of(call);
        return database.quick("consent.of", handle -> {
            try (Query sql = handle.createQuery("SELECT * FROM pstn_consents WHERE call_id = :call_id ORDER BY id")) {
                return sql.bind("call_id", stored.toString())
                        .map((row, context) -> read(row, stored))
                        .list();
            }
        });
    }

    private static ConsentRecord read(ResultSet row, CallRef call) throws SQLException {
        Long notice = row.getObject("notice_ms", Long.class);
        try {
            return new ConsentRecord(
                    call,
                    row.getString("party"),
                    new Jurisdiction(row.getString("place")),
                    ConsentAction.valueOf(row.getString("action")),
                    row.getString("rule"),
                    row.getString("wording"),
                    ConsentRecord.Answer.valueOf(row.getString("answer")),
                    Objects.requireNonNull(Sql.time(row, "consented_at")),
                    notice == null ? null : Duration.ofMillis(notice));
        } catch (IllegalArgumentException e) {
            throw new StoreRefused(
                    "consent.read", "a row of call " + call + " holds something that this version cannot read");
        }
    }
}
