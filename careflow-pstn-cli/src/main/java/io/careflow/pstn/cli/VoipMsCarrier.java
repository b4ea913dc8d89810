package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRequest;
import io.careflow.pstn.voipms.LongText;
import io.careflow.pstn.voipms.Route;
import io.careflow.pstn.voipms.VoipMsBuilder;
import io.careflow.pstn.voipms.VoipMsOptions;
import io.careflow.pstn.voipms.VoipMsProvider;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An account at VoIP.ms. */
final class VoipMsCarrier implements Carrier {
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9]{1,12}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22,128}");
    private static final int FEWEST_DIFFERENT = 10;
    private static final int LONGEST_SMS = 160;
    private static final int LONGEST_MMS = 2048;

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
                + " 'pstn trunk create' makes one, a profile with preset=voipms describes it (docs/voipms.md),"
                + " 'pstn config render asterisk' configures your Asterisk for it, and"
                + " your application places the call there");
    }

    @Override
    public PstnProvider open(Settings settings, @Nullable URI baseUrl) {
        VoipMsBuilder builder = VoipMsProvider.with(
                settings.text("api-username").orElseThrow(),
                settings.secret("api-password").orElseThrow());
        settings.text("server").ifPresent(builder::server);
        settings.secret("webhook-token").map(VoipMsCarrier::unguessable).ifPresent(builder::webhookToken);
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

    @Override
    public Optional<String> whyNot(Object request, Settings settings) {
        if (request instanceof MessageRequest message) {
            return text(message, settings);
        } else if (request instanceof NumberSettings number) {
            boolean asked =
                    number.voiceUrl() != null || number.voiceFallbackUrl() != null || number.statusUrl() != null;
            return asked
                    ? Optional.of("VoIP.ms asks no URL about a call: leave --voice-url, --voice-fallback-url and"
                            + " --status-url out, and give --trunk")
                    : Optional.empty();
        }
        return request instanceof TrunkRequest trunk ? trunk(trunk) : Optional.empty();
    }

    private static Optional<String> text(MessageRequest message, Settings settings) {
        Object option = message.options().get(VoipMsOptions.LONG_TEXT);
        LongText chosen = option instanceof LongText word
                ? word
                : settings.text("long-texts")
                        .map(text -> word(LongText.class, "long-texts", text))
                        .orElse(LongText.REFUSE);
        int longest = chosen == LongText.MMS ? LONGEST_MMS : LONGEST_SMS;
        return chosen == LongText.SPLIT || message.text().length() <= longest
                ? Optional.empty()
                : Optional.of("the text has " + message.text().length() + " characters; VoIP.ms takes " + longest
                        + ". Setting voipms.long-texts says whether to send it in parts or as MMS");
    }

    private static Optional<String> trunk(TrunkRequest trunk) {
        String user = trunk.credentials().isEmpty()
                ? trunk.name().replace("-", "")
                : trunk.credentials().get(0).username();
        if (trunk.kind() != TrunkKind.TRUNK) {
            return Optional.of("VoIP.ms has trunks only: leave --kind out");
        } else if (trunk.limits() != null) {
            return Optional.of("VoIP.ms enforces no limits of a trunk; option " + VoipMsOptions.INTERNATIONAL.name()
                    + " opens calls abroad, which are locked otherwise");
        } else if (!trunk.inbound().isEmpty()) {
            return Optional.of("VoIP.ms sends calls where the PBX registers: leave --to out");
        } else if (trunk.credentials().size() > 1) {
            return Optional.of("a trunk of VoIP.ms has one user: give --user once");
        }
        return USER.matcher(user).matches()
                ? Optional.empty()
                : Optional.of("the user of the sub-account at VoIP.ms would be '" + Values.printable(user)
                        + "'; allowed are 1 to 12 letters and digits: give --user, or a shorter name");
    }

    private static Secret unguessable(Secret token) {
        String text = token.reveal();
        if (!TOKEN.matcher(text).matches() || text.chars().distinct().count() < FEWEST_DIFFERENT) {
            throw new BadUsage(
                    "setting voipms.webhook-token can be guessed; allowed are 22 to 128 letters, digits, '-' and"
                            + " '_', of which ten differ. 'openssl rand -hex 16' makes one");
        }
        return token;
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
