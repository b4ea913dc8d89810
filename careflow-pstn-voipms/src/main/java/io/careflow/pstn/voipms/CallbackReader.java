package io.careflow.pstn.voipms;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a callback that is trusted: the GET of a URL with variables, or the POST of JSON that is made for PBXs and looks like
 * Telnyx's. Thread-safe.
 */
final class CallbackReader {
    private static final String OPERATION = "webhook";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd['T'][ ]HH:mm:ss", Locale.ROOT);
    private static final int ID_DIGITS = 16;

    private final ProviderId provider;
    private final Clock clock;
    private final Json json = new Json();

    CallbackReader(ProviderId provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * What it tells.
     *
     * @throws Unreadable if it is no message
     */
    PstnEvent read(WebhookRequest request, CallbackForm form) throws Unreadable {
        boolean hasBody = request.method().equals("POST") && request.body().length > 0;
        return hasBody ? posted(request) : said(form);
    }

    private MessageReceived said(CallbackForm form) throws Unreadable {
        String from = form.text("from").orElseThrow(() -> new Unreadable("there is no parameter 'from'"));
        String to = form.text("to").orElseThrow(() -> new Unreadable("there is no parameter 'to'"));
        Optional<String> text = form.value("message");
        List<URI> media = form.text("media").stream()
                .flatMap(links -> Stream.of(links.split("[,\\s]+")))
                .flatMap(link -> MessageRows.uri(link).stream())
                .toList();
        if (text.isEmpty() && media.isEmpty()) {
            throw new Unreadable("there is neither a parameter 'message' nor 'media'");
        }
        return received(
                form.text("id").orElse(""),
                from,
                to,
                text.orElse(""),
                media,
                form.text("ts").orElse(""));
    }

    private PstnEvent posted(WebhookRequest request) throws Unreadable {
        JsonNode tree;
        try {
            tree = json.read(request.body());
        } catch (MalformedJson e) {
            throw new Unreadable("the body is " + e.getMessage());
        }
        if (!tree.isObject()) {
            throw new Unreadable("the body is not a JSON object");
        }
        try {
            return posted(Fields.of(provider, OPERATION, tree), request.text());
        } catch (ProtocolError e) {
            throw new Unreadable("a field of it is missing or cannot be read");
        }
    }

    private PstnEvent posted(Fields envelope, String raw) throws Unreadable {
        Fields data = envelope.object("data").orElseThrow(() -> new Unreadable("it has no data"));
        String type = data.text("event_type").orElse("");
        Optional<Fields> payload = data.object("payload");
        if (payload.isEmpty() || !(type.isEmpty() || type.equals("message.received"))) {
            String id = data.text("id").orElse("") + "-" + fingerprint(raw);
            return new Unrecognized(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), type, raw);
        }
        Fields message = payload.get();
        List<URI> media = new ArrayList<>();
        if (message.node().path("media").path(0).isTextual()) {
            message.texts("media").forEach(link -> MessageRows.uri(link).ifPresent(media::add));
        } else {
            message.list("media")
                    .forEach(file -> file.text("url").flatMap(MessageRows::uri).ifPresent(media::add));
        }
        String to = message.list("to").stream()
                .flatMap(each -> each.text("phone_number").stream())
                .findFirst()
                .orElseThrow(() -> message.wrong("to", "a list with a phone_number"));
        return received(
                data.text("id").orElse(""),
                message.requireObject("from").requireText("phone_number"),
                to,
                message.text("text").orElse(""),
                media,
                message.text("received_at").orElse(""));
    }

    /**
     * A long text comes in several callbacks, and nobody says whether under one id; so what tells them apart is the id and the
     * text together. A repeat has both the same.
     */
    private MessageReceived received(
            String id, String from, String to, String text, List<URI> media, String timestamp) {
        String same = id.isEmpty() ? fingerprint(from, to, timestamp, text) : id + "-" + fingerprint(text);
        String ref = id.isEmpty() ? "unnumbered-" + same : MessageIds.of(id, !media.isEmpty());
        return new MessageReceived(
                same,
                moment(timestamp).truncatedTo(ChronoUnit.MILLIS),
                new MessageRef(provider, ref),
                MessageRows.number(from),
                MessageRows.number(to),
                text,
                media);
    }

    private Instant moment(String text) {
        try {
            if (text.matches("[0-9]{9,11}")) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
            if (text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")) {
                return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text.strip().replace(' ', 'T'), Instant::from);
            }
            VoipMsClock newYork = VoipMsClock.newYork();
            LocalDateTime written = LocalDateTime.parse(text.strip(), TIME);
            return newYork.read(written, newYork.hours(clock.instant())).instant();
        } catch (RuntimeException e) {
            return clock.instant();
        }
    }

    // Lengths in front, so that no two lists of texts run together to the same.
    private static String fingerprint(String... texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            all.append(text.length()).append(':').append(text);
        }
        byte[] digest = CallbackToken.digest(all.toString());
        return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS * 2);
    }

    /** A trusted callback that is no message. Quotes nothing of it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String explanation) {
            super(explanation);
        }

        /** For the log. */
        String explanation() {
            return String.valueOf(getMessage());
        }
    }
}
