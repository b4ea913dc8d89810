package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.telnyx.TelnyxBuilder;
import io.careflow.pstn.telnyx.TelnyxProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account at Telnyx. The names of its settings are those of Telnyx's own tools where they have one. */
final class TelnyxCarrier implements Carrier {

    @Override
    public String name() {
        return "telnyx";
    }

    @Override
    public List<SettingKey> settings() {
        return List.of(
                SettingKey.required("api-key", "an API v2 key of the account").kept(),
                SettingKey.optional(
                        "public-key", "the account's public key, Base64; without it webhooks cannot be checked"),
                SettingKey.optional(
                        "connection",
                        "the id of the call-control application that places calls; without it none can be placed"),
                SettingKey.optional(
                        "public-url",
                        "where your application takes webhooks; without it Telnyx uses what the application and the"
                                + " messaging profile say"),
                SettingKey.optional(
                        "messaging-profile", "the id of the profile that sends texts whose sender is no number"),
                SettingKey.optional(
                        "sip-domain", "where users such as sip:1001 are registered, if not at sip.telnyx.com"));
    }

    @Override
    public Optional<String> whyNoCalls() {
        return Optional.of(
                "at Telnyx the application that takes the webhooks runs what happens in a call, and this command"
                        + " takes none: place the call from your application");
    }

    @Override
    public PstnProvider open(Settings settings, @Nullable URI baseUrl) {
        TelnyxBuilder builder = TelnyxProvider.with(settings.secret("api-key").orElseThrow());
        settings.text("public-key").ifPresent(builder::publicKey);
        settings.text("connection").ifPresent(builder::connection);
        settings.url("public-url").ifPresent(builder::publicUrl);
        settings.text("messaging-profile").ifPresent(builder::messagingProfile);
        settings.text("sip-domain").ifPresent(builder::sipDomain);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        return builder.build();
    }
}
