package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.voipms.LongText;
import io.careflow.pstn.voipms.Route;
import io.careflow.pstn.voipms.VoipMsBuilder;
import io.careflow.pstn.voipms.VoipMsProvider;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account at VoIP.ms. */
final class VoipMsCarrier implements Carrier {

    @Override
    public String name() {
        return "voipms";
    }

    @Override
    public List<SettingKey> settings() {
        return List.of(
                SettingKey.required("api-username", "the e-mail address with which one logs in to the portal"),
                SettingKey.required(
                                "api-password",
                                "the password of the API, which is neither that of the portal nor that of SIP; the portal lists"
                                        + " the addresses that may use it")
                        .kept(),
                SettingKey.optional(
                        "server",
                        "the server that your PBX registers at, such as toronto1.voip.ms; without it the first that VoIP.ms"
                                + " recommends"),
                SettingKey.optional(
                                "webhook-token",
                                "the secret in the URL of callbacks, as VoIP.ms signs nothing; without it none is trusted")
                        .kept(),
                SettingKey.optional("webhook-url", "where your application takes callbacks, without the token"),
                SettingKey.optional(
                        "long-texts",
                        "what becomes of texts of more than 160 characters: refuse (default), split or mms"),
                SettingKey.optional("route", "whose prices are told: value (default) or premium"));
    }

    @Override
    public Optional<String> whyNoCalls() {
        return Optional.of("the API of VoIP.ms starts no calls, a server of your own does over a trunk:"
                + " 'pstn trunk create' makes one, 'pstn config render asterisk' configures your Asterisk for it, and"
                + " your application places the call there");
    }

    @Override
    public PstnProvider open(Settings settings, @Nullable URI baseUrl) {
        VoipMsBuilder builder = VoipMsProvider.with(
                settings.text("api-username").orElseThrow(),
                settings.secret("api-password").orElseThrow());
        settings.text("server").ifPresent(builder::server);
        settings.secret("webhook-token").ifPresent(builder::webhookToken);
        settings.url("webhook-url").ifPresent(builder::webhookUrl);
        settings.text("long-texts")
                .map(text -> word(LongText.class, "long-texts", text))
                .ifPresent(builder::longTexts);
        settings.text("route").map(text -> word(Route.class, "route", text)).ifPresent(builder::pricedRoute);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        return builder.build();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String setting, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadUsage(
                    "setting voipms." + setting + " is '" + Values.printable(text) + "'; allowed are "
                            + EnumSet.allOf(type).toString().toLowerCase(Locale.ROOT),
                    e);
        }
    }
}
