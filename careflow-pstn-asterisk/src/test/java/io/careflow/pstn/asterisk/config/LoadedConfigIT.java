package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.siptrunk.TrunkMedia.Codec;
import io.careflow.pstn.siptrunk.TrunkNumbering;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rendered configuration is loaded without a complaint")
class LoadedConfigIT {
    private static final SipEndpoint SERVER = new SipEndpoint("127.0.0.9", 5070, SipTransport.UDP, 10, 10);

    AsteriskInstall install() {
        return AsteriskInstall.find();
    }

    @Test
    @DisplayName("PJSIP with every kind of trunk and user")
    void pjsip() {
        try (AsteriskServer server = start(config -> config.render(), LoadedConfigIT::everything)) {
            assertThat(complaints(server)).isEmpty();
            assertThat(server.cli("pjsip show endpoints"))
                    .contains("registering", "digest", "by-address", "prefixed", "encrypted", "1001/1001", "2001/2001");
            assertThat(server.cli("pjsip show registrations")).contains("registering/sip:127.0.0.9:5070");
            assertThat(server.cli("pjsip show endpoint registering")).contains("(ulaw|g722)", "100000_sub");
            assertThat(server.cli("pjsip show identifies")).contains("127.0.0.9/32", "198.51.100.0/24");
            assertThat(server.cli("pjsip show auth registering")).contains(Samples.TRUNK_PASSWORD);
            assertThat(server.cli("pjsip show endpoint 2001")).containsPattern("webrtc\\s+: (yes|true)");
        }
    }

    @Test
    @DisplayName("PJSIP behind Kamailio")
    void behindKamailio() {
        try (AsteriskServer server = start(
                AsteriskConfig::render,
                (config, lab) -> config.trunk(
                                Samples.registering("registering", SERVER).build())
                        .user(Samples.user("1001"))
                        .fallbackRinging("1001")
                        .behindKamailio("127.0.0.8", 5060, "sip.example.org"))) {
            assertThat(complaints(server)).isEmpty();
            assertThat(server.cli("pjsip show endpoints")).contains("registering", "kam-users", "kam-web");
            assertThat(server.cli("pjsip show identifies")).contains("X-CF-Trunk: registering");
            assertThat(server.cli("pjsip show registrations")).contains("No objects found");
        }
    }

    @Test
    @DisplayName("TLS for SIP and for browsers, with a trunk over TLS")
    void tls() throws Exception {
        try (AsteriskServer server = start(AsteriskConfig::render, (config, lab) -> {
            TestCertificate made = TestCertificate.in(lab.runDirectory());
            config.listen(SipTransport.TLS, lab.address(), lab.sipPort() + 1)
                    .listen(SipTransport.TCP, lab.address(), lab.sipPort())
                    .https(lab.address(), lab.httpPort() + 1)
                    .tls(
                            made.certificate().toString(),
                            made.key().toString(),
                            made.certificate().toString())
                    .publicAddress("203.0.113.5", "127.0.0.0/8")
                    .trunk(Samples.byAddress("encrypted", SERVER.over(SipTransport.TLS))
                            .media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.REQUIRED))
                            .build())
                    .user(Samples.browser("2001"));
        })) {
            assertThat(complaints(server)).isEmpty();
            assertThat(server.cli("pjsip show transports"))
                    .contains("transport-udp", "transport-tcp", "transport-tls", "transport-ws", "transport-wss");
            assertThat(server.cli("http show status")).contains("HTTPS Server Enabled");
            assertThat(certificateAt(server.address(), server.sipPort() + 1)).contains("CN=localhost");
            assertThat(certificateAt(server.address(), server.httpPort() + 1)).contains("CN=localhost");
        }
    }

    private static String certificateAt(String address, int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everybody()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address, port)) {
            socket.setSoTimeout(5_000);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    /** Trusts whoever answers: who it is, is looked at afterwards. */
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void everything(AsteriskConfig config, AsteriskServer lab) {
        config.trunk(Samples.registering("registering", SERVER)
                        .endpoint(SERVER.port(5071).ranked(20, 10))
                        .media(TrunkMedia.USUAL.codecs(Codec.PCMU, Codec.G722))
                        .build())
                .trunk(Samples.digest("digest", SERVER)
                        .source("198.51.100.0/24")
                        .media(TrunkMedia.USUAL.dtmf(TrunkMedia.Dtmf.INFO))
                        .numbering(TrunkNumbering.of(NumberFormat.NANP_10, CallerIdHeader.RPID))
                        .build())
                .trunk(Samples.byAddress("by-address", SERVER)
                        .source("198.51.101.0/24")
                        .media(TrunkMedia.USUAL.dtmf(TrunkMedia.Dtmf.INBAND))
                        .numbering(TrunkNumbering.of(NumberFormat.NANP_11, CallerIdHeader.FROM))
                        .build())
                .trunk(Samples.trunk(
                                "prefixed",
                                SERVER,
                                TrunkAuth.ip(
                                        List.of(IpRange.parse("192.0.2.10")),
                                        new TrunkAuth.TechPrefix("12345678", "*")))
                        .source("198.51.102.0/24")
                        .media(new TrunkMedia(
                                List.of(Codec.PCMA, Codec.G729, Codec.GSM, Codec.OPUS),
                                TrunkMedia.Dtmf.AUTO,
                                TrunkMedia.Srtp.NONE,
                                TrunkMedia.Keying.SDES,
                                true,
                                List.of(),
                                null))
                        .build())
                .trunk(Samples.byAddress("encrypted", SERVER)
                        .source("198.51.103.0/24")
                        .media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.REQUIRED))
                        .build())
                .trunk(Samples.byAddress("either", SERVER)
                        .source("198.51.104.0/24")
                        .media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.OPTIONAL))
                        .build())
                .user(Samples.user("1001"))
                .user(Samples.browser("2001"))
                .fallbackRinging("1001")
                .fallbackPlaying("sorry");
    }

    private AsteriskServer start(
            Function<AsteriskConfig, RenderedConfig> render,
            java.util.function.BiConsumer<AsteriskConfig, AsteriskServer> content) {
        return AsteriskServer.builder()
                .install(install())
                .rendered(lab -> {
                    AsteriskConfig config = Samples.on(lab);
                    content.accept(config, lab);
                    return Samples.files(render.apply(config));
                })
                .start();
    }

    private static List<String> complaints(AsteriskServer server) {
        return java.util.stream.Stream.concat(server.errors().stream(), server.warnings().stream())
                .toList();
    }
}
