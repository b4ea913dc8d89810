package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Secret;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Kamailio calls a carrier over TLS")
class CarrierTlsIT {
    @Test
    @DisplayName("whose certificate is signed by an authority that we trust")
    void trusted(@TempDir Path folder) throws Exception {
        assertThat(firstWords(folder, true)).startsWith("OPTIONS sip:");
    }

    @Test
    @DisplayName("and says nothing to one who pretends to be it")
    void stranger(@TempDir Path folder) throws Exception {
        assertThat(firstWords(folder, false)).isEmpty();
    }

    /** What a carrier with a certificate of its own making hears of a Kamailio that probes it. */
    private static String firstWords(Path folder, boolean trusted) throws Exception {
        TestCertificate carrier = TestCertificate.in(Files.createDirectory(folder.resolve("carrier")));
        TestCertificate other = TestCertificate.in(Files.createDirectory(folder.resolve("other")));
        try (KamailioServer kamailio = KamailioServer.lease();
                SSLServerSocket server = (SSLServerSocket) carrier.server()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getByName(kamailio.carrierAddress()))) {
            server.setSoTimeout(10_000);
            Path place = kamailio.folder();
            kamailio.write("chain.pem", Files.readString(other.certificate()));
            kamailio.write("key.pem", Files.readString(other.key()));
            kamailio.write("trusted.pem", Files.readString((trusted ? carrier : other).certificate()));
            KamailioConfig.builder(KamailioServer.DOMAIN, KamailioSamples.KEY)
                    .listen(SipListener.udp(kamailio.address(), kamailio.sipPort()))
                    .listen(SipListener.tls(kamailio.address(), kamailio.webPort()))
                    .tls(place.resolve("chain.pem"), place.resolve("key.pem"))
                    .authorities(place.resolve("trusted.pem"))
                    .node(new AsteriskNode(kamailio.carrierAddress(), kamailio.carrierPort()))
                    .trunk(Samples.trunk(
                                    "encrypted",
                                    new SipEndpoint(
                                            kamailio.carrierAddress(), server.getLocalPort(), SipTransport.TLS, 10, 10),
                                    TrunkAuth.ip(KamailioSamples.ours()))
                            .health(new TrunkHealth(true, Duration.ofSeconds(60), Duration.ofSeconds(3)))
                            .build())
                    .limits(KamailioLimits.USUAL.nodes(
                            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(1)))
                    .secrets(reference -> Secret.of("unused"))
                    .folder(place)
                    .run(kamailio.run())
                    .build()
                    .render()
                    .files()
                    .forEach(file -> kamailio.write(file.name(), file.text()));
            kamailio.start();
            try (SSLSocket call = (SSLSocket) server.accept()) {
                call.setSoTimeout(10_000);
                byte[] words = new byte[200];
                int count = call.getInputStream().read(words);
                return count < 0 ? "" : new String(words, 0, count, StandardCharsets.US_ASCII);
            } catch (SSLException refusedByCaller) {
                return "";
            }
        }
    }
}
