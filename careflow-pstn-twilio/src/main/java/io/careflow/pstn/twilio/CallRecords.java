package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's call resource: every leg has one, ours, the dialled ones, and those of SIP trunks. */
final class CallRecords {
    private static final List<String> DETAILS = List.of(
            "direction",
            "price",
            "price_unit",
            "trunk_sid",
            "phone_number_sid",
            "answered_by",
            "forwarded_from",
            "caller_name",
            "group_sid",
            "queue_time",
            "date_created",
            "date_updated");

    private final ProviderId provider;

    CallRecords(ProviderId provider) {
        this.provider = provider;
    }

    Call call(Fields fields) {
        String raw = fields.requireText("status");
        return new Call(ref(fields), CallWords.status(raw), raw);
    }

    ProviderCdr cdr(Fields fields) {
        String raw = fields.requireText("status");
        Disposition disposition = CallWords.disposition(raw);
        return new ProviderCdr(
                ref(fields),
                fields.text("parent_call_sid")
                        .map(sid -> new CallRef(provider, sid))
                        .orElse(null),
                direction(fields),
                Callers.party(
                        fields.text("from").orElse(""),
                        fields.text("caller_name").orElse(null)),
                Callers.party(fields.text("to").orElse(""), null),
                started(fields).orElse(null),
                fields.instant("end_time").orElse(null),
                billedSeconds(fields, disposition),
                disposition,
                raw,
                price(fields),
                details(fields));
    }

    /** When it was dialled, or taken if it waits to be dialled: calls above the account's rate are queued. */
    static Optional<Instant> started(Fields fields) {
        return fields.instant("start_time").or(() -> fields.instant("date_created"));
    }

    /** What a resource cost us. Twilio writes a charge as a negative amount, and null until it has rated it. */
    static @Nullable Money price(Fields fields) {
        return fields.money("price", "price_unit")
                .map(price -> price.signum() < 0 ? price.negate() : price)
                .orElse(null);
    }

    private CallRef ref(Fields fields) {
        return new CallRef(provider, fields.requireText("sid"));
    }

    // Seen from us: trunking-terminating goes from our SIP server to the network, trunking-originating comes from
    // there.
    private static Direction direction(Fields fields) {
        return switch (fields.requireText("direction")) {
            case "inbound", "trunking-originating" -> Direction.INBOUND;
            case "outbound-api", "outbound-dial", "trunking-terminating" -> Direction.OUTBOUND;
            default -> fields.requireText("direction").startsWith("inbound") ? Direction.INBOUND : Direction.OUTBOUND;
        };
    }

    private static @Nullable Long billedSeconds(Fields fields, @Nullable Disposition disposition) {
        long seconds = fields.longInteger("duration").orElse(0);
        if (seconds > 0) {
            return seconds;
        }
        // Twilio writes null and "0" alike, for what nobody answered and for what is not counted yet.
        return disposition == null || disposition == Disposition.ANSWERED ? null : Long.valueOf(0);
    }

    private static Map<String, String> details(Fields fields) {
        Map<String, String> details = new LinkedHashMap<>();
        DETAILS.forEach(
                name -> fields.text(name).filter(text -> !text.isBlank()).ifPresent(text -> details.put(name, text)));
        return details;
    }
}
