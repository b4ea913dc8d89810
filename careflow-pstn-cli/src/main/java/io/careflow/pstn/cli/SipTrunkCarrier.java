package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.siptrunk.SipTrunkProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SIP trunk of a carrier that has no API: what is known of it stands in a profile. */
final class SipTrunkCarrier implements Carrier {

    @Override
    public String name() {
        return "sip-trunk";
    }

    @Override
    public List<SettingKey> settings() {
        return List.of(SettingKey.required("profile", "the file of the trunk's profile, properties or JSON"));
    }

    @Override
    public Optional<String> whyNoCalls() {
        return Optional.of(
                "a SIP trunk without an API only carries calls: 'pstn config render asterisk' configures your"
                        + " Asterisk for it, and your application places the call there");
    }

    @Override
    public Optional<String> whyNoChanges() {
        return Optional.of(
                "this carrier has no API: change it in the carrier's portal or contract, then write it into the"
                        + " profile, and look at that with 'pstn trunk check'");
    }

    @Override
    public PstnProvider open(Settings settings, @Nullable URI baseUrl) {
        if (baseUrl != null) {
            throw new BadUsage("--base-url is for carriers with an API; a SIP trunk without one asks nobody");
        }
        return SipTrunkProvider.of(
                TrunkFile.read(Path.of(settings.text("profile").orElseThrow())));
    }
}
