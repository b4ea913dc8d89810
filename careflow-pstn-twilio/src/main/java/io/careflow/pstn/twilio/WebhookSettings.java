package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.HangUp;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks need to know.
 *
 * @param provider whose webhooks
 * @param tokens what they are signed with
 * @param authority scheme, host and port that Twilio sees, such as {@code https://phone.example.org}, to be put in the place of
 *     those of the request; null where the request's URL is the public one
 * @param handler answers calls
 * @param telling is told every event
 * @param apology what callers hear when the handler fails
 * @param phones whose phones dial
 */
record WebhookSettings(
        ProviderId provider,
        List<Secret> tokens,
        @Nullable String authority,
        FlowHandler handler,
        Consumer<? super PstnEvent> telling,
        CallFlow apology,
        OwnPhones phones,
        Clock clock) {
    private static final CallFlow SORRY = CallFlow.start()
            .say("We are sorry. We cannot take your call at the moment. Please try again later.", Locale.ENGLISH)
            .end(new HangUp(HangupCause.TEMPORARY_FAILURE));

    WebhookSettings {
        tokens = List.copyOf(tokens);
    }

    /** Those of a provider. Without a handler every call hears the apology. */
    static WebhookSettings of(TwilioSettings settings, URI publicUrl) {
        FlowHandler nobody = event -> {
            throw new IllegalStateException("nobody answers calls: the builder was given no answeredBy");
        };
        return new WebhookSettings(
                settings.id(),
                settings.webhookTokens(),
                settings.behindProxy() ? publicUrl.getScheme() + "://" + publicUrl.getRawAuthority() : null,
                settings.answering() == null ? nobody : settings.answering(),
                settings.telling(),
                settings.apology() == null ? SORRY : settings.apology(),
                settings.phones(),
                settings.clock());
    }

    /** The URL that Twilio called. */
    String signedUrl(String arrived) {
        if (authority == null) {
            return arrived;
        }
        int path = arrived.indexOf("://") + 3;
        while (path < arrived.length() && "/?#".indexOf(arrived.charAt(path)) < 0) {
            path++;
        }
        return authority + arrived.substring(path);
    }
}
