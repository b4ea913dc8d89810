package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.twilio.TwilioBuilder;
import io.careflow.pstn.twilio.TwilioProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account at Twilio. The names of its settings are those of Twilio's own command. */
final class TwilioCarrier implements Carrier {

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public List<SettingKey> settings() {
        return List.of(
                SettingKey.required("account-sid", "the account, AC..."),
                SettingKey.required("auth-token", "its primary auth token, which also signs webhooks")
                        .kept(),
                SettingKey.optional("api-key", "an API key for requests instead of the auth token, SK..."),
                SettingKey.optional("api-secret", "the secret of the API key").kept(),
                SettingKey.optional("region", "the region that holds the account's data, such as ie1"),
                SettingKey.optional("edge", "where requests enter Twilio's network, such as dublin"),
                SettingKey.optional(
                        "public-url",
                        "where your application takes webhooks; without it there are none, a call cannot dial, gather or take a"
                                + " message, and machines are not detected"),
                SettingKey.optional("sip-domain", "the SIP domain at which users such as sip:1001 are registered"),
                SettingKey.optional("secondary-auth-token", "signs webhooks too, while tokens change")
                        .kept());
    }

    @Override
    public PstnProvider open(Settings settings, @Nullable URI baseUrl) {
        TwilioBuilder builder = TwilioProvider.at(
                settings.text("account-sid").orElseThrow(),
                settings.secret("auth-token").orElseThrow());
        Optional<String> key = settings.text("api-key");
        Optional<Secret> keySecret = settings.secret("api-secret");
        if (key.isPresent() != keySecret.isPresent()) {
            throw new BadUsage("twilio.api-key and twilio.api-secret belong together; one of them is missing");
        }
        key.ifPresent(sid -> builder.apiKey(sid, keySecret.orElseThrow()));
        settings.text("region").ifPresent(builder::region);
        settings.text("edge").ifPresent(builder::edge);
        settings.url("public-url").ifPresent(builder::publicUrl);
        settings.text("sip-domain").ifPresent(builder::sipDomain);
        settings.secret("secondary-auth-token").ifPresent(builder::moreAuthTokens);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        return builder.build();
    }
}
