package io.careflow.pstn.report;

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
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Call records from a CSV file, row by row, never all in memory. The header names the columns, in any order: {@code call},
 * {@code provider}, {@code direction} (inbound, outbound, on_net), {@code from}, {@code to}, {@code started}, {@code answered} (empty:
 * nobody did), {@code ended}; and if there are such, {@code user}, {@code price} with {@code currency}. Times are ISO 8601 with an
 * offset. An empty price is not known. Immutable and thread-safe.
 */
public final class CallsCsv {
    private static final List<String> NEEDED =
            List.of("call", "provider", "direction", "from", "to", "started", "answered", "ended");

    private final TenantId tenant;

    /** A reader of calls of this tenant. */
    public CallsCsv(TenantId tenant) {
        this.tenant = tenant;
    }

    /**
     * Gives each call to a consumer, in the order of the file.
     *
     * @throws IOException if the file cannot be read
     * @throws BadFile if a row is wrong; thrown at the end, or after 100 of them. What the consumer has got then is not all
     */
    public void read(Path file, Consumer<Cdr> consumer) throws IOException {
        Rows.read(file, NEEDED, row -> consumer.accept(cdr(row)));
    }

    private Cdr cdr(Rows.Row row) {
        String provider = row.required("provider");
        Instant answered = row.text("answered") == null ? null : instant(row, "answered");
        Instant started = instant(row, "started");
        Instant ended = instant(row, "ended");
        if (answered != null && (answered.isBefore(started) || answered.isAfter(ended))) {
            throw new IllegalArgumentException("answered is " + answered + ", not between started and ended");
        }
        return new Cdr(
                new CallRef(new ProviderId(provider), row.required("call")),
                tenant,
                row.word("direction", Direction.class),
                provider,
                party(row.text("from")),
                party(row.text("to")),
                null,
                row.text("user"),
                new CdrTimes(started, answered, null, null, answered, answered == null ? null : ended, ended, true),
                answered == null ? Disposition.NO_ANSWER : Disposition.ANSWERED,
                HangupCause.UNKNOWN,
                ReleasedBy.UNKNOWN,
                List.of(),
                null,
                cost(row.money("price")));
    }

    private static CdrCost cost(@Nullable Money price) {
        if (price == null) {
            return CdrCost.UNRATED;
        }
        if (price.signum() < 0) {
            throw new IllegalArgumentException("price is " + price + "; what we pay is written without a sign");
        }
        return new CdrCost(price, price.amount(), "of the file");
    }

    private static Party party(@Nullable String address) {
        return address == null ? Party.anonymous() : Party.of(address);
    }

    private static Instant instant(Rows.Row row, String column) {
        String text = row.required(column);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    column + " is '" + text + "'; expected a moment such as 2026-03-01T09:30:00Z", e);
        }
    }
}
