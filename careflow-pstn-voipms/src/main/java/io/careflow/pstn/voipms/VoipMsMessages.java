package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages that VoIP.ms keeps. Thread-safe. */
final class VoipMsMessages implements MessageArchive {
    private static final List<Message.Status> WORST_FIRST = List.of(
            Message.Status.FAILED,
            Message.Status.UNDELIVERED,
            Message.Status.OTHER,
            Message.Status.QUEUED,
            Message.Status.SENT,
            Message.Status.DELIVERED,
            Message.Status.RECEIVED);

    private final VoipMsClient client;
    private final VoipMsClock clock;
    private final MessageRows rows;

    VoipMsMessages(VoipMsClient client, VoipMsClock clock) {
        this.client = client;
        this.clock = clock;
        this.rows = new MessageRows(client, clock);
    }

    @Override
    public List<StoredMessage> list(PhoneNumber ours, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "span " + from + " to " + to + " is empty; its end must lie after its start");
        }
        Map<String, StoredMessage> found = new LinkedHashMap<>();
        for (RecordDays days : RecordDays.of(clock, from, to)) {
            for (boolean mms : new boolean[] {false, true}) {
                rows.of("message.list", mms, days, WireNumbers.toWire(ours), null, null).stream()
                        .filter(message -> isWithin(message, from, to))
                        .forEach(message ->
                                found.putIfAbsent(message.message().ref().id(), message));
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparing(VoipMsMessages::sentAt))
                .toList();
    }

    @Override
    public Optional<StoredMessage> find(MessageRef message) {
        return find("message.find", message);
    }

    /** One that was divided has the text of all its parts, and the worst of their statuses. */
    Optional<StoredMessage> find(String operation, MessageRef message) {
        if (!isOurs(message)) {
            return Optional.empty();
        }
        MessageIds ids = MessageIds.parse(message.id());
        List<StoredMessage> parts = new ArrayList<>();
        for (String id : ids.parts()) {
            rows.find(operation, id, ids.mms()).map(this::withMedia).ifPresent(parts::add);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(joined(message, parts));
    }

    @Override
    public void delete(MessageRef message) {
        if (!isOurs(message)) {
            return;
        }
        MessageIds ids = MessageIds.parse(message.id());
        for (String id : ids.parts()) {
            try {
                Fields unused = client.write(VoipMsCall.of("message.delete", ids.mms() ? "deleteMMS" : "deleteSMS")
                        .with("id", id));
            } catch (NotFound e) {
                // Gone already.
            }
        }
    }

    private StoredMessage withMedia(StoredMessage found) {
        MessageIds ids = MessageIds.parse(found.message().ref().id());
        // A long text that we sent has none, and VoIP.ms need not know an answer to that question.
        boolean ours = found.message().status() != Message.Status.RECEIVED;
        if (!ids.mms() || ours || !found.media().isEmpty()) {
            return found;
        }
        List<URI> media = client
                .read(VoipMsCall.of("message.media", "getMediaMMS")
                        .with("id", ids.parts().get(0))
                        .flag("media_as_array", true))
                .texts("media")
                .stream()
                .flatMap(link -> MessageRows.uri(link).stream())
                .toList();
        return new StoredMessage(found.message(), found.text(), media, found.timeAmbiguous());
    }

    private static StoredMessage joined(MessageRef ref, List<StoredMessage> parts) {
        StoredMessage first = parts.get(0);
        Message worst = parts.stream()
                .map(StoredMessage::message)
                .min(Comparator.comparing(message -> WORST_FIRST.indexOf(message.status())))
                .orElse(first.message());
        Message message = new Message(
                ref,
                worst.from(),
                worst.to(),
                worst.status(),
                worst.rawStatus(),
                worst.segments(),
                worst.price(),
                worst.errorCode(),
                first.message().sentAt());
        String text = String.join(" ", parts.stream().map(StoredMessage::text).toList());
        return new StoredMessage(message, text, first.media(), first.timeAmbiguous());
    }

    private boolean isOurs(MessageRef message) {
        return message.provider().equals(client.id()) && MessageIds.isValid(message.id());
    }

    private static boolean isWithin(StoredMessage message, Instant from, Instant to) {
        Instant at = message.message().sentAt();
        return at != null && !at.isBefore(from) && at.isBefore(to);
    }

    private static Instant sentAt(StoredMessage message) {
        Instant at = message.message().sentAt();
        return at == null ? Instant.EPOCH : at;
    }
}
