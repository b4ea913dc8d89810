package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.cdr.RecordingErasure;
import io.careflow.pstn.cdr.RouteQualities;
import io.careflow.pstn.routing.RouteQuality;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * Records in the table {@code pstn_cdr}, one row per call. Thread-safe, also across nodes that share the database.
 *
 * <p>A record is stored in one statement, and comes back equal up to what the table holds: instants in milliseconds, the exact
 * amount at scale 10, U+FFFD for characters that PostgreSQL cannot hold. Two records are the same if they are equal in that form.
 *
 * <p>Failures are {@link StoreUnavailable}, after which an append may be repeated, and {@link StoreRefused}: an amount that does
 * not fit, a row that cannot be read.
 */
public final class JdbiCdrStore implements CdrStore, RecordingErasure {
    private static final int FETCH = 500;
    private static final String FOREIGN_KEY = "23503";

    private final Database database;
    private final CdrRows rows = new CdrRows();
    private final String insert;

    JdbiCdrStore(Database database, String userKey) {
        this.database = database;
        this.insert = "INSERT INTO pstn_cdr (call_id, provider, tenant, direction, carrier, pstn_number, caller_number,"
                + " caller_name, dialled_number, dialled_name, typed_id, careflow_user_id, user_ref,"
                + " destination_number, start_time, pickup_time, ring_time, ring_end_time, answer_time, talk_end_time, end_time,"
                + " end_exact, ring_ms, talk_ms, billable_ms, duration, status, cause_q850, cause_sip, cause_text,"
                + " released_by, cost, currency, cost_exact, cost_explanation, recording_url, legs, attempts, caller_trust) VALUES (:call_id,"
                + " :provider, :tenant, :direction, :carrier, :pstn_number, :caller_number, :caller_name,"
                + " :dialled_number, :dialled_name, :typed_id, " + userKey + ", :user_ref, :destination_number,"
                + " :start_time, :pickup_time, :ring_time, :ring_end_time, :answer_time, :talk_end_time, :end_time, :end_exact,"
                + " :ring_ms, :talk_ms, :billable_ms, :duration, :status, :cause_q850, :cause_sip, :cause_text,"
                + " :released_by, :cost, :currency, :cost_exact, :cost_explanation, :recording_url,"
                + " CAST(:legs AS jsonb), CAST(:attempts AS jsonb), CAST(:caller_trust AS jsonb)) ON CONFLICT (call_id) DO NOTHING";
    }

    @Override
    public Appended append(Cdr cdr) {
        Cdr form = StoredForm.of(cdr);
        return database.quick("cdr.append", handle -> {
            while (!insert(handle, form)) {
                Optional<Cdr> kept = find(handle, form.call());
                if (kept.isPresent()) {
                    return kept.get().equals(form) || isErased(handle, kept.get(), form)
                            ? Appended.DUPLICATE
                            : Appended.CONFLICT;
                }
            }
            return Appended.STORED;
        });
    }

    @Override
    public Optional<Cdr> find(CallRef call) {
        return database.quick("cdr.find", handle -> find(handle, StoredForm.of(call)));
    }

    /**
     * Hands over every record that matches, in the order the calls started, then by call. Reads a few hundred at a time within
     * one snapshot: what is appended meanwhile does not show. What the consumer throws is thrown on and ends the reading. The
     * consumer may use this store; it keeps a connection busy as long as it runs.
     */
    @Override
    public void each(CdrQuery query, Consumer<Cdr> consumer) {
        try {
            database.slow(
                    "cdr.each",
                    handle -> handle.inTransaction(transaction -> {
                        try (Query sql = query(transaction, query);
                                ResultIterator<Cdr> found = sql.map((row, context) -> rows.read(row))
                                        .iterator()) {
                            handOver(found, consumer);
                        }
                        return true;
                    }));
        } catch (ConsumerFailed e) {
            throw e.failure;
        }
    }

    /**
     * How trunks and providers did in the calls that match, towards each prefix: what {@link RouteQualities#byPrefix} finds in the
     * same records, added up by the database in one query.
     *
     * @param digits how long the prefixes are, 0 (all destinations together) to 18
     */
    public Map<RouteQualities.Key, RouteQuality> qualities(CdrQuery query, int digits) {
        RouteQualities.requireDigits(digits);
        return database.slow("cdr.qualities", handle -> QualityRows.read(handle, query, digits));
    }

    @Override
    public boolean eraseRecording(CallRef call, String reason, Instant at) {
        RecordingErasure.requireReason(reason);
        return database.quick("cdr.erase-recording", handle -> {
            try (Update sql = handle.createUpdate(
                    "UPDATE pstn_cdr SET recording_url = NULL, recording_deleted_at = :at,"
                            + " recording_deleted_because = :reason WHERE call_id = :call_id AND recording_url IS NOT NULL")) {
                return sql.bind("call_id", StoredForm.of(call).toString())
                                .bind("reason", StoredForm.clean(reason))
                                .bind("at", Sql.time(Sql.millis(at)))
                                .execute()
                        == 1;
            }
        });
    }

    /** Whether they differ in nothing but a recording that was deleted since. */
    private static boolean isErased(Handle handle, Cdr kept, Cdr form) {
        if (!kept.equals(form.withoutRecording())) {
            return false;
        }
        try (Query sql =
                handle.createQuery("SELECT recording_deleted_at IS NOT NULL FROM pstn_cdr WHERE call_id = :call_id")) {
            return sql.bind("call_id", form.call().toString())
                    .mapTo(Boolean.class)
                    .one();
        }
    }

    /**
     * How trunks and providers did in the calls that match, towards each country: what {@link RouteQualities#byCountry} finds in the
     * same records. The database adds up by the number that was called, in one query; what country that is, is found here.
     */
    public Map<RouteQualities.Key, RouteQuality> qualitiesByCountry(CdrQuery query) {
        RouteQualities countries = RouteQualities.byCountry();
        database.slow("cdr.qualities", handle -> QualityRows.read(handle, query, QualityRows.WHOLE_NUMBER))
                .forEach((key, sums) -> countries.add(key.line(), key.destination(), sums));
        return countries.all();
    }

    private static void handOver(Iterator<Cdr> found, Consumer<Cdr> consumer) {
        while (found.hasNext()) {
            Cdr cdr = found.next();
            try {
                consumer.accept(cdr);
            } catch (RuntimeException e) {
                throw new ConsumerFailed(e);
            }
        }
    }

    private boolean insert(Handle handle, Cdr form) {
        try {
            return insertOnce(handle, form);
        } catch (RuntimeException e) {
            if (StoreErrors.translated("cdr.append", e) instanceof StoreRefused refused
                    && refused.sqlState().filter(FOREIGN_KEY::equals).isPresent()) {
                // The user was deleted between being looked up and being referred to: the second time it is not found.
                return insertOnce(handle, form);
            }
            throw e;
        }
    }

    private boolean insertOnce(Handle handle, Cdr form) {
        try (Update sql = handle.createUpdate(insert)) {
            rows.bind(sql, form);
            return sql.execute() == 1;
        }
    }

    private Optional<Cdr> find(Handle handle, CallRef call) {
        try (Query sql = handle.createQuery("SELECT * FROM pstn_cdr WHERE call_id = :call_id")) {
            return sql.bind("call_id", call.toString())
                    .map((row, context) -> rows.read(row))
                    .findOne();
        }
    }

    private static Query query(Handle handle, CdrQuery query) {
        Query sql = handle.createQuery("SELECT * FROM pstn_cdr WHERE start_time >= :from AND start_time < :to"
                + (query.tenant() == null ? "" : " AND tenant = :tenant")
                + (query.provider() == null ? "" : " AND provider = :provider")
                + " ORDER BY start_time, call_id COLLATE \"C\"");
        if (query.tenant() != null) {
            sql.bind("tenant", query.tenant().value());
        }
        if (query.provider() != null) {
            sql.bind("provider", query.provider().value());
        }
        return sql.bind("from", Sql.bound(query.from()))
                .bind("to", Sql.bound(query.to()))
                .setFetchSize(FETCH);
    }

    private static final class ConsumerFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final RuntimeException failure;

        ConsumerFailed(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
