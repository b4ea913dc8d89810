package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.voipms.VoipMsBuilder;
import io.careflow.pstn.voipms.VoipMsProvider;
import java.net.URI;
import java.util.List;
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
                        .kept());
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
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        return builder.build();
    }
}
