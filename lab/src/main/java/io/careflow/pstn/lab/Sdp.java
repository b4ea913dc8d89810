package io.careflow.pstn.lab;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The media part of our SIP messages: G.711 u-law and telephone events, to the probe or to nobody. */
final class Sdp {

    private Sdp() {}

    static String of(@Nullable RtpProbe probe) {
        return Templates.fill(
                Templates.read("sip/sdp.txt"),
                Map.of(
                        "MEDIA_IP", probe == null ? "[media_ip]" : probe.address(),
                        "MEDIA_PORT", probe == null ? "[media_port]" : Integer.toString(probe.port())));
    }
}
