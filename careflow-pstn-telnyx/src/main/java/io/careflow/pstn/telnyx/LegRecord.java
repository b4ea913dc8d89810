package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Telnyx billed of one leg, in several records: the leg itself, the fee of Call Control, its recordings. Used by one thread.
 */
final class LegRecord {
    private final Map<String, Fields> records = new LinkedHashMap<>();
    private final Fields leg;

    /** @param leg the record that tells most */
    LegRecord(String kind, Fields leg) {
        this.leg = leg;
        add(kind, leg);
    }

    /** One more charge of the same leg. */
    void add(String kind, Fields record) {
        String name = kind;
        for (int number = 2; records.putIfAbsent(name, record) != null; number++) {
            name = kind + "-" + number;
        }
    }

    /** When the leg began. */
    Optional<Instant> started() {
        return started(leg);
    }

    static Optional<Instant> started(Fields record) {
        return record.instant("started_at").or(() -> record.instant("created_at"));
    }

    /** What tells the leg from others: its own ids and the handle of commands, as far as a record has them. */
    static List<String> keys(Fields record) {
        return Stream.of("telnyx_leg_id", "call_leg_id", "call_control_id")
                .flatMap(name -> record.text(name).stream())
                .toList();
    }

    static Optional<String> session(Fields record) {
        return record.text("telnyx_session_id").or(() -> record.text("call_session_id"));
    }

    ProviderCdr cdr(ProviderId provider) {
        String raw = leg.text("hangup_cause").or(() -> leg.text("status")).orElse("");
        Instant ended = leg.instant("finished_at").orElse(null);
        Disposition disposition = disposition(ended, raw);
        return new ProviderCdr(
                new CallRef(provider, id()),
                null,
                direction(),
                Callers.party(first("cli", "caller_number", "from"), null),
                Callers.party(first("cld", "dest_number", "to"), null),
                started().orElse(null),
                ended,
                billedSeconds(disposition),
                disposition,
                raw,
                price(),
                details());
    }

    // A leg of a trunk has no handle.
    private String id() {
        return records.values().stream()
                .flatMap(record -> record.text("call_control_id").stream())
                .findFirst()
                .or(() -> keys(leg).stream().findFirst())
                .or(() -> leg.text("id"))
                .orElseThrow(() -> leg.wrong("id", "the id of a leg"));
    }

    private Direction direction() {
        return switch (first("direction", "leg_direction")) {
            case "inbound", "incoming" -> Direction.INBOUND;
            default -> Direction.OUTBOUND;
        };
    }

    private @Nullable Disposition disposition(@Nullable Instant ended, String word) {
        if (ended == null) {
            return null;
        }
        if (isAnswered()) {
            return Disposition.ANSWERED;
        }
        return word.equals("originator_cancel") || word.equalsIgnoreCase("ORIGINATOR_CANCEL")
                ? Disposition.ABANDONED
                : Disposition.unanswered(cause(word));
    }

    private boolean isAnswered() {
        return leg.has("answered_at")
                ? leg.instant("answered_at").isPresent()
                : leg.longInteger("call_sec").orElse(0) > 0
                        && leg.bool("completed").or(() -> leg.bool("connected")).orElse(true);
    }

    private HangupCause cause(String word) {
        int code = leg.text("hangup_code")
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(value -> value > 0 && value <= 127)
                .orElse(0);
        return HangupCause.of(code == 0 ? ofWord(word) : code, word);
    }

    private static int ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "user_busy" -> 17;
            case "timeout", "no_answer" -> 19;
            case "call_rejected" -> 21;
            case "not_found" -> 1;
            default -> 31;
        };
    }

    private @Nullable Long billedSeconds(@Nullable Disposition disposition) {
        if (leg.has("billed_sec")) {
            return leg.requireLongInteger("billed_sec");
        }
        return disposition == null || disposition == Disposition.ANSWERED ? null : Long.valueOf(0);
    }

    // One charge that is not known yet makes the sum unknown: unknown is not zero.
    private @Nullable Money price() {
        Money sum = null;
        for (Fields record : records.values()) {
            Money cost =
                    record.has("currency") ? record.money("cost", "currency").orElse(null) : null;
            if (cost == null || (sum != null && !sum.currency().equals(cost.currency()))) {
                return null;
            }
            Money positive = cost.signum() < 0 ? cost.negate() : cost;
            sum = sum == null ? positive : sum.plus(positive);
        }
        return sum;
    }

    private Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        for (String name : leg.names()) {
            if (leg.node().path(name).isValueNode()) {
                leg.text(name).ifPresent(value -> details.put(name, value));
            }
        }
        List.of("tags").forEach(name -> {
            if (leg.node().path(name).isArray()) {
                details.put(name, String.join(", ", leg.texts(name)));
            }
        });
        records.forEach((kind, record) -> record.decimal("cost")
                .map(BigDecimal::toPlainString)
                .ifPresent(cost -> details.put("cost." + kind, cost)));
        return details;
    }

    private String first(String... names) {
        for (String name : names) {
            Optional<String> text = leg.text(name);
            if (text.isPresent()) {
                return text.get();
            }
        }
        return "";
    }
}
