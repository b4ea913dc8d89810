package io.careflow.pstn.voipms;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for messages and reads them: {@code getSMS}, {@code getMMS}. Thread-safe. */
final class MessageRows {
    /** Unless told, VoIP.ms shows 50, and today's only. */
    static final int LIMIT = 1000;

    private static final int REMEMBERED_DAYS = 90;

    private final VoipMsClient client;
    private final VoipMsClock clock;

    MessageRows(VoipMsClient client, VoipMsClock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * The messages of these days.
     *
     * @param did ours, as VoIP.ms writes it
     * @param contact the other side, likewise, or null
     * @param type 1 for those that came, 0 for those that were sent, or null for both
     */
    List<StoredMessage> of(
            String operation,
            boolean mms,
            RecordDays days,
            String did,
            @Nullable String contact,
            @Nullable String type) {
        VoipMsCall call = asking(operation, mms, days)
                .with("did", did)
                .withAny("contact", contact)
                .withAny("type", type)
                .with("limit", Integer.toString(LIMIT));
        List<Fields> rows = client.list(call, "sms");
        if (rows.size() < LIMIT) {
            return rows.stream().map(row -> message(row, mms, days)).toList();
        }
        List<RecordDays> halves = days.halves();
        if (halves.size() == 1) {
            throw new ProviderUnavailable(Failure.of(
                    client.id(),
                    operation,
                    Effect.NONE,
                    "there are " + LIMIT + " messages or more on " + days.first() + ", and VoIP.ms has no pages"));
        }
        List<StoredMessage> all = new ArrayList<>();
        halves.forEach(half -> all.addAll(of(operation, mms, half, did, contact, type)));
        return all;
    }

    /** The message of an id, if it is of the last {@value #REMEMBERED_DAYS} days. */
    Optional<StoredMessage> find(String operation, String id, boolean mms) {
        LocalDate today = clock.day(client.clock().instant());
        RecordDays days = RecordDays.of(clock, today.minusDays(REMEMBERED_DAYS), today.plusDays(1));
        VoipMsCall call = asking(operation, mms, days).with(mms ? "mms" : "sms", id);
        try {
            return client.list(call, "sms").stream()
                    .filter(row -> row.text("id").orElse("").equals(id))
                    .findFirst()
                    .map(row -> message(row, mms, days));
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    private static VoipMsCall asking(String operation, boolean mms, RecordDays days) {
        return VoipMsCall.of(operation, mms ? "getMMS" : "getSMS")
                .with("from", days.first().toString())
                .with("to", days.last().toString())
                .with("timezone", days.timezone());
    }

    private StoredMessage message(Fields row, boolean mms, RecordDays days) {
        String ours = number(row.text("did").orElse(""));
        String other = number(row.text("contact").orElse(""));
        boolean received = row.requireBool("type");
        String raw = row.text("carrier_status").orElse("");
        Optional<VoipMsClock.Reading> moment = days.moment(row, "date");
        Message message = new Message(
                new MessageRef(client.id(), MessageIds.of(row.requireText("id"), mms)),
                received ? other : ours,
                received ? ours : other,
                received ? Message.Status.RECEIVED : status(raw),
                received && raw.isEmpty() ? "received" : raw,
                null,
                null,
                null,
                moment.map(VoipMsClock.Reading::instant).orElse(null));
        return new StoredMessage(
                message,
                row.text("message").orElse(""),
                mms ? media(row) : List.of(),
                moment.map(VoipMsClock.Reading::ambiguous).orElse(false));
    }

    private static List<URI> media(Fields row) {
        List<String> links = row.has("media") && row.node().path("media").isArray()
                ? row.texts("media")
                : List.of("col_media1", "col_media2", "col_media3").stream()
                        .flatMap(name -> row.text(name).stream())
                        .toList();
        return links.stream().flatMap(link -> uri(link).stream()).distinct().toList();
    }

    static Optional<URI> uri(String text) {
        try {
            return Optional.of(text.strip())
                    .filter(link -> !link.isEmpty())
                    .map(URI::create)
                    .filter(URI::isAbsolute);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A number as E.164 where it is one, whatever the number's dial mode is; else its text. */
    static String number(String text) {
        return WireNumbers.fromWire(text).map(number -> number.e164()).orElse(text.strip());
    }

    /** What the receiving network says; VoIP.ms has no list of its words, and often no word. */
    static Message.Status status(String raw) {
        return switch (raw.strip().toLowerCase(Locale.ROOT)) {
            case "", "sent", "success", "accepted", "acceptd" -> Message.Status.SENT;
            case "queued", "pending", "enroute", "buffered" -> Message.Status.QUEUED;
            case "delivered", "delivrd" -> Message.Status.DELIVERED;
            case "undelivered", "undeliverable", "undeliv", "expired" -> Message.Status.UNDELIVERED;
            case "failed", "rejected", "rejectd" -> Message.Status.FAILED;
            default -> Message.Status.OTHER;
        };
    }
}
