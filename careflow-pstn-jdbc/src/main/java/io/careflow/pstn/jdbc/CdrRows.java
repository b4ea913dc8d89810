package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.SecondsRounding;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Rows of {@code pstn_cdr} to records and back. Thread-safe. */
final class CdrRows {
    private final JsonMapper mapper = new JsonMapper();
    private final LegsJson legs = new LegsJson(mapper);
    private final AttemptsJson attempts = new AttemptsJson(mapper, legs);
    private final TrustJson trust = new TrustJson(mapper);

    /** Binds every column but those that the database fills. */
    void bind(SqlStatement<?> sql, Cdr cdr) {
        CdrTimes times = cdr.times();
        CdrCost cost = cdr.cost();
        Money amount = cost.amount();
        sql.bind("call_id", cdr.call().toString())
                .bind("provider", cdr.call().provider().value())
                .bind("tenant", cdr.tenant().value())
                .bind("direction", cdr.direction().name())
                .bind("carrier", cdr.carrier())
                .bind("pstn_number", ourNumber(cdr))
                .bind("caller_number", cdr.from().address())
                .bind("caller_name", cdr.from().displayName())
                .bind("dialled_number", cdr.to().address())
                .bind("dialled_name", cdr.to().displayName())
                .bind("typed_id", cdr.typed())
                .bind("user_ref", cdr.userId())
                .bind("destination_number", destination(cdr))
                .bind("start_time", Sql.time(times.started()))
                .bind("pickup_time", Sql.time(times.pickedUp()))
                .bind("ring_time", Sql.time(times.ringing()))
                .bind("ring_end_time", Sql.time(times.ringEnded()))
                .bind("answer_time", Sql.time(times.answered()))
                .bind("talk_end_time", Sql.time(times.talkEnded()))
                .bind("end_time", Sql.time(times.ended()))
                .bind("end_exact", times.endExact())
                .bind("ring_ms", times.ringMillis())
                .bind("talk_ms", times.talkMillis())
                .bind("billable_ms", times.billableMillis())
                .bind("duration", SecondsRounding.CEIL.seconds(times.talkMillis()))
                .bind("status", cdr.disposition().name())
                .bind("cause_q850", cdr.cause().q850())
                .bind("cause_sip", cdr.cause().sipStatus())
                .bind("cause_text", cdr.cause().text())
                .bind("released_by", cdr.releasedBy().name())
                .bind("cost", amount == null ? null : amount.amount())
                .bind("currency", amount == null ? null : amount.currency().getCurrencyCode())
                .bind("cost_exact", cost.exact())
                .bind("cost_explanation", cost.explanation())
                .bind(
                        "recording_url",
                        cdr.recording() == null ? null : cdr.recording().toString())
                .bind("legs", legs.write(cdr.legs()))
                .bind("attempts", attempts.write(cdr.attempts()))
                .bind("caller_trust", trust.write(cdr.trust()));
    }

    /** The record in a row; a row that is none ends in {@link StoreRefused}. */
    Cdr read(ResultSet row) throws SQLException {
        String id = row.getString("call_id");
        try {
            return cdr(row, id);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new StoreRefused(
                    "cdr.read", "the row of call " + id + " holds something that this version cannot read");
        }
    }

    private Cdr cdr(ResultSet row, String id) throws SQLException {
        ProviderId provider = new ProviderId(row.getString("provider"));
        String recording = row.getString("recording_url");
        return new Cdr(
                new CallRef(provider, id.substring(provider.value().length() + 1)),
                new TenantId(row.getString("tenant")),
                Direction.valueOf(row.getString("direction")),
                row.getString("carrier"),
                new Party(row.getString("caller_number"), row.getString("caller_name")),
                new Party(row.getString("dialled_number"), row.getString("dialled_name")),
                row.getString("typed_id"),
                row.getString("user_ref"),
                times(row),
                Disposition.valueOf(row.getString("status")),
                cause(row),
                ReleasedBy.valueOf(row.getString("released_by")),
                legs.read(row.getString("legs")),
                recording == null ? null : URI.create(recording),
                cost(row),
                attempts.read(row.getString("attempts")),
                trust.read(row.getString("caller_trust")));
    }

    private static CdrTimes times(ResultSet row) throws SQLException {
        Instant started = Objects.requireNonNull(Sql.time(row, "start_time"));
        Instant ended = Objects.requireNonNull(Sql.time(row, "end_time"));
        return new CdrTimes(
                started,
                Sql.time(row, "pickup_time"),
                Sql.time(row, "ring_time"),
                Sql.time(row, "ring_end_time"),
                Sql.time(row, "answer_time"),
                Sql.time(row, "talk_end_time"),
                ended,
                row.getBoolean("end_exact"));
    }

    private static HangupCause cause(ResultSet row) throws SQLException {
        return new HangupCause(
                row.getInt("cause_q850"), row.getObject("cause_sip", Integer.class), row.getString("cause_text"));
    }

    private static CdrCost cost(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("cost");
        String explanation = row.getString("cost_explanation");
        if (amount == null) {
            return new CdrCost(null, null, explanation);
        }
        Money money = new Money(amount, Currency.getInstance(row.getString("currency")));
        return new CdrCost(money, row.getBigDecimal("cost_exact"), explanation);
    }

    private static @Nullable String ourNumber(Cdr cdr) {
        return switch (cdr.direction()) {
            case INBOUND -> number(cdr.to());
            case OUTBOUND -> number(cdr.from());
            case ON_NET -> null;
        };
    }

    private static @Nullable String destination(Cdr cdr) {
        return switch (cdr.direction()) {
            case INBOUND -> cdr.destination().orElse(null);
            case OUTBOUND, ON_NET -> number(cdr.to());
        };
    }

    private static String number(Party party) {
        return party.number().map(PhoneNumber::e164).orElse(party.address());
    }
}
