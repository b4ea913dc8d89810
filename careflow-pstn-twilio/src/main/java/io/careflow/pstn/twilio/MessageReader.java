package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.message.MessageRef;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what comes in or becomes of text messages. Thread-safe. */
final class MessageReader {
    private static final int MOST_MEDIA = 100;

    private final ProviderId provider;

    MessageReader(ProviderId provider) {
        this.provider = provider;
    }

    Reading read(SignedRequest signed, Instant now) {
        Form form = signed.fields();
        String sid = form.find("MessageSid").orElse(form.text("SmsSid"));
        String status = form.find("MessageStatus").orElse(form.text("SmsStatus"));
        if (sid.isEmpty()) {
            return WebhookReader.unrecognized(signed, now);
        }
        MessageRef message = new MessageRef(provider, sid);
        boolean arrives = status.equals("received") || status.equals("receiving");
        if (arrives || (status.isEmpty() && form.has("Body"))) {
            return Reading.of(
                    new Reading.Next.Nothing(),
                    new MessageReceived(
                            sid + ":received",
                            now,
                            message,
                            form.text("From"),
                            form.text("To"),
                            form.text("Body"),
                            media(form)));
        } else if (status.isEmpty()) {
            return WebhookReader.unrecognized(signed, now);
        }
        String error = form.text("ErrorCode");
        return Reading.of(
                new Reading.Next.Taken(),
                new MessageStatusChanged(
                        sid + ":" + status,
                        now,
                        message,
                        MessageRecords.status(status),
                        status,
                        error.isEmpty() ? null : error));
    }

    private static List<URI> media(Form form) {
        List<URI> media = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_MEDIA, Moments.seconds(form, "NumMedia")); i++) {
            form.find("MediaUrl" + i).map(URI::create).ifPresent(media::add);
        }
        return media;
    }
}
