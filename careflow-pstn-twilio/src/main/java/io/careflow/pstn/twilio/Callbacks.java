package io.careflow.pstn.twilio;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where Twilio is to tell what becomes of things. Immutable and thread-safe. */
final class Callbacks {
    private final WebhookUrls urls;
    private final MemoSeal seal;

    private Callbacks(WebhookUrls urls, MemoSeal seal) {
        this.urls = urls;
        this.seal = seal;
    }

    /** Null where no public URL is set. */
    static @Nullable Callbacks of(TwilioSettings settings) {
        URI publicUrl = settings.publicUrl();
        return publicUrl == null
                ? null
                : new Callbacks(new WebhookUrls(publicUrl), new MemoSeal(settings.continuationKey()));
    }

    /** Of a call that is placed. */
    URI call(PlacedMemo placed) {
        return URI.create(urls.status(seal.seal(placed.memo())));
    }

    /** Of the detection of answering machines. */
    URI machine() {
        return URI.create(urls.machine());
    }

    /** Of recordings. */
    URI recording() {
        return URI.create(urls.recording());
    }

    /** Of messages. */
    URI message() {
        return URI.create(urls.messageStatus());
    }
}
