package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code getCDR}. Thread-safe. */
final class CdrRows {
    /** Marks a record whose time may also be an hour later. */
    static final String AMBIGUOUS = "date.ambiguous";

    /** The second of two legs that VoIP.ms gives one id: the one that goes out. */
    static final String OUTGOING = ":outgoing";

    private static final Pattern CALLER = Pattern.compile("\\s*\"?(.*?)\"?\\s*<([^>]*)>\\s*", Pattern.DOTALL);
    private static final Set<String> WITHHELD =
            Set.of("", "anonymous", "unknown", "restricted", "unavailable", "private", "asterisk", "0");
    private static final int LONGEST = 256;

    private final ProviderId provider;

    CdrRows(ProviderId provider) {
        this.provider = provider;
    }

    /** Everything that the row says, by its names. */
    static Map<String, String> details(Fields row) {
        Map<String, String> details = new TreeMap<>();
        for (String name : row.names()) {
            if (row.node().path(name).isValueNode()) {
                row.text(name).ifPresent(value -> details.put(name, value));
            }
        }
        return details;
    }

    /** Which way a call went by what the row says of it; empty if it says nothing. */
    static Optional<Direction> direction(Fields row) {
        String description = row.text("description").orElse("").toLowerCase(Locale.ROOT);
        if (row.text("destination_type").orElse("").toUpperCase(Locale.ROOT).startsWith("IN:")
                || description.contains("inbound")
                || description.contains("incoming")) {
            return Optional.of(Direction.INBOUND);
        }
        return row.has("destination_type") || !description.isEmpty()
                ? Optional.of(Direction.OUTBOUND)
                : Optional.empty();
    }

    /** @param id ours, which is VoIP.ms's unless two legs share that */
    ProviderCdr cdr(String id, @Nullable String parent, Direction direction, Fields row, RecordDays days) {
        Optional<VoipMsClock.Reading> moment = days.moment(row, "date");
        Instant started = moment.map(VoipMsClock.Reading::instant).orElse(null);
        Duration length = row.longInteger("seconds").isPresent()
                ? Duration.ofSeconds(row.requireLongInteger("seconds"))
                : RecordDays.length(row, "duration").orElse(null);
        Map<String, String> details = details(row);
        if (moment.map(VoipMsClock.Reading::ambiguous).orElse(false)) {
            details.put(AMBIGUOUS, "true");
        }
        String raw = row.text("disposition").orElse("");
        return new ProviderCdr(
                new CallRef(provider, id),
                parent == null ? null : new CallRef(provider, parent),
                direction,
                caller(row.text("callerid").orElse("")),
                Party.of(cut(number(row.text("destination").orElse("")))),
                started,
                started == null || length == null ? null : started.plus(length),
                length == null ? null : length.toSeconds(),
                disposition(raw),
                raw,
                price(row),
                details);
    }

    /** What VoIP.ms calls the end of a call; null for a word that is not known. */
    static @Nullable Disposition disposition(String raw) {
        return switch (raw.strip().toUpperCase(Locale.ROOT)) {
            case "ANSWERED" -> Disposition.ANSWERED;
            case "NO ANSWER", "NOANSWER" -> Disposition.NO_ANSWER;
            case "BUSY" -> Disposition.BUSY;
            case "FAILED" -> Disposition.FAILED;
            default -> null;
        };
    }

    /** A caller as {@code "Name" <number>}, or the number alone. */
    static Party caller(String text) {
        Matcher both = CALLER.matcher(text);
        String address = both.matches() ? both.group(2).strip() : text.strip();
        String name = both.matches() ? both.group(1).strip() : "";
        if (WITHHELD.contains(address.toLowerCase(Locale.ROOT))) {
            return Party.anonymous();
        }
        boolean told = !name.isEmpty() && !name.equals(address);
        return new Party(cut(number(address)), told ? cut(name) : null);
    }

    /** E.164 where it is a number, also as it is dialled: with 011 or 00 in front. */
    static String number(String text) {
        String plain = text.strip();
        String dialled = plain.matches("(011|00)[1-9][0-9]{6,14}") ? "+" + plain.replaceFirst("^(011|00)", "") : plain;
        // A short code is no number of anybody.
        return dialled.matches("[0-9]{1,6}") ? dialled : MessageRows.number(dialled);
    }

    private static @Nullable Money price(Fields row) {
        return Prices.amount(row, "total")
                .map(amount -> amount.signum() < 0 ? amount.negate() : amount)
                .orElse(null);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
