package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What flows need to know of the account.
 *
 * @param provider whose flows
 * @param urls where Twilio finds us
 * @param sipDomain the host of SIP users whose address names none, such as {@code acme.sip.twilio.com}; null if there is none
 * @param usersAreClients whether those users are clients of the Voice SDK
 * @param voices Twilio's names of voices, by language tag
 */
record FlowSettings(
        ProviderId provider,
        WebhookUrls urls,
        @Nullable String sipDomain,
        boolean usersAreClients,
        Map<String, String> voices) {
    FlowSettings {
        voices = Map.copyOf(voices);
    }

    /** Where users are at the SIP domain. */
    FlowSettings(ProviderId provider, WebhookUrls urls, @Nullable String sipDomain, Map<String, String> voices) {
        this(provider, urls, sipDomain, false, voices);
    }

    static FlowSettings of(TwilioSettings settings, URI publicUrl) {
        return new FlowSettings(
                settings.id(),
                new WebhookUrls(publicUrl),
                settings.sipDomain(),
                settings.usersAreClients(),
                settings.voices());
    }
}
