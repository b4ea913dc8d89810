package io.careflow.pstn.twilio;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Webhooks over a handler, to which a test posts what it wants. */
final class Desk {
    static final String BASE = "https://phone.example.org/twilio";
    static final Instant NOW = Instant.parse("2026-01-05T12:00:00.500Z");

    private final List<PstnEvent> events = new ArrayList<>();
    private final TwilioWebhooks webhooks;

    private Desk(FlowHandler handler, CallFlow apology, OwnPhones phones) {
        MemoSeal seal = new MemoSeal(Secret.of("key"));
        TwimlRenderer renderer = new TwimlRenderer(
                new FlowSettings(
                        TwilioStage.TWILIO, new WebhookUrls(URI.create(BASE)), "acme.sip.twilio.com", Map.of()),
                seal);
        webhooks = new TwilioWebhooks(
                new WebhookSettings(
                        TwilioStage.TWILIO,
                        List.of(Secret.of(SimTwilio.TOKEN)),
                        null,
                        handler,
                        events::add,
                        apology,
                        phones,
                        Clock.fixed(NOW, ZoneOffset.UTC)),
                seal,
                renderer,
                new EndedCalls());
    }

    static Desk answering(FlowHandler handler) {
        return apologising(
                handler, CallFlow.start().say("We are sorry.", Locale.ENGLISH).hangUp());
    }

    static Desk apologising(FlowHandler handler, CallFlow apology) {
        return new Desk(handler, apology, OwnPhones.none());
    }

    /** Hangs up every call, and knows whose phones these are. */
    static Desk knowing(OwnPhones phones) {
        CallFlow over = CallFlow.start().hangUp();
        return new Desk(event -> over, over, phones);
    }

    static Desk hangingUp() {
        return answering(event -> CallFlow.start().hangUp());
    }

    TwilioWebhooks webhooks() {
        return webhooks;
    }

    List<PstnEvent> events() {
        return events;
    }

    /** The one event of this kind. */
    <E extends PstnEvent> E event(Class<E> kind) {
        List<E> found = events.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one " + kind.getSimpleName() + " in " + events);
        }
        return found.get(0);
    }

    WebhookReply post(String url, Map<String, String> fields) {
        return webhooks.answer(request(url, fields));
    }

    /** What a call that arrives is answered. */
    String arrives(String... more) {
        return post(BASE + "/voice", call("ringing", more)).body();
    }

    static Map<String, String> call(String status, String... more) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "CallSid", "CA1",
                "AccountSid", "AC1",
                "From", "+14165550142",
                "To", "+18195550100",
                "Direction", "inbound",
                "ApiVersion", "2010-04-01",
                "CallStatus", status));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    static WebhookRequest request(String url, Map<String, String> fields) {
        String called = url.replaceFirst("#.*", "");
        return WebhookRequest.post(called, Signing.form(fields))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", Signing.sign(SimTwilio.TOKEN, called, new TreeMap<>(fields)));
    }
}
