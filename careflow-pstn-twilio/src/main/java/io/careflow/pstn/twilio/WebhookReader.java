package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.Unrecognized;
import java.time.Instant;

/** Finds out what kind of webhook it is, by its fields. A pure function of the request and the time; thread-safe. */
final class WebhookReader {
    private final CallReader calls;
    private final LegReader legs;
    private final MessageReader messages;

    WebhookReader(ProviderId provider, OwnPhones phones) {
        calls = new CallReader(provider, phones);
        legs = new LegReader(provider);
        messages = new MessageReader(provider);
    }

    /** A webhook that continues a flow, or tells of somebody whom it dials. */
    Reading read(SignedRequest signed, CallMemo memo, Instant now) {
        return switch (memo.kind()) {
            case LEG -> legs.read(signed, memo, now);
            case PLACED -> calls.placed(signed.fields(), PlacedMemo.read(memo.details()), now);
            default -> calls.goesOn(signed.fields(), memo, now);
        };
    }

    /** Any other webhook. */
    Reading read(SignedRequest signed, Instant now) {
        Form form = signed.fields();
        if (form.has("MessageSid") || form.has("SmsSid")) {
            return messages.read(signed, now);
        } else if (!form.has("CallSid")) {
            return unrecognized(signed, now);
        } else if (form.has("RecordingSid") && form.has("RecordingStatus")) {
            return calls.recording(signed, now);
        } else if (form.has("StatusCallbackEvent") || form.has("ParentCallSid")) {
            return unrecognized(signed, now);
        } else if (form.has("AnsweredBy") && !form.has("CallStatus")) {
            return Reading.of(new Reading.Next.Taken(), calls.machine(form, now));
        } else if (form.has("CallbackSource") || Causes.isOver(form.text("CallStatus"))) {
            return calls.status(form, now);
        } else if (form.text("Direction").startsWith("outbound") || !form.has("CallStatus")) {
            return unrecognized(signed, now);
        }
        return calls.arrives(form, now);
    }

    /** Nothing is dropped: the application sees what came. */
    static Reading unrecognized(SignedRequest signed, Instant now) {
        Form form = signed.fields();
        String type = form.find("StatusCallbackEvent")
                .or(() -> form.find("CallStatus"))
                .or(() -> form.find("EventType"))
                .orElse("unknown");
        String raw = signed.request().body().length > 0 ? signed.request().text() : signed.url();
        String id = signed.request()
                .header("I-Twilio-Idempotency-Token")
                .orElseGet(() -> Integer.toHexString(raw.hashCode()) + "-" + raw.length());
        return Reading.of(new Reading.Next.Taken(), new Unrecognized("unrecognized:" + id, now, type, raw));
    }
}
