package io.careflow.pstn.twilio;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where Twilio is to tell what becomes of things.
 *
 * @param call of calls
 * @param machine of the detection of answering machines
 * @param recording of recordings
 * @param message of messages
 */
record Callbacks(URI call, URI machine, URI recording, URI message) {

    /** Null where no public URL is set. */
    static @Nullable Callbacks of(TwilioSettings settings) {
        if (settings.publicUrl() == null) {
            return null;
        }
        WebhookUrls urls = new WebhookUrls(settings.publicUrl());
        return new Callbacks(
                URI.create(urls.status()),
                URI.create(urls.machine()),
                URI.create(urls.recording()),
                URI.create(urls.messageStatus()));
    }
}
