package io.careflow.pstn.asterisk;

import io.careflow.pstn.desk.CallerTrustCheck;
import io.careflow.pstn.lab.CertificateServer;
import io.careflow.pstn.lab.PhoneCompany;
import io.careflow.pstn.stir.HttpCertificateFetcher;
import io.careflow.pstn.stir.PassportSettings;
import io.careflow.pstn.stir.PassportVerifier;
import io.careflow.pstn.stir.TrustAnchors;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A phone company that signs its callers' numbers, and somebody who verifies that. */
final class Signatures implements AutoCloseable {
    private final CertificateServer repository = CertificateServer.start();
    private final PhoneCompany authority = PhoneCompany.authority("Lab STI-CA", Instant.now());
    private final PhoneCompany company = authority.company("123X", Instant.now());
    private final HttpCertificateFetcher fetcher = HttpCertificateFetcher.inside(
            InetAddress::isLoopbackAddress, Set.of(repository.port()), repository.tls(), repository.authorities());
    final CallerTrustCheck verifier = new PassportVerifier(
            TrustAnchors.of(List.of(authority.certificate())), fetcher, PassportSettings.in("CA"), Clock.systemUTC());

    /** The header of a call between these numbers, with an address of the certificate of so many more characters. */
    String header(String attest, String from, String to, int more) {
        String path = "/" + "c".repeat(more) + ".pem";
        String url = repository.answer(path, 200, Map.of("Cache-Control", "max-age=60"), company.pem());
        return "Identity: " + company.identity(url, attest, from.substring(1), to.substring(1), Instant.now());
    }

    @Override
    public void close() {
        fetcher.close();
        repository.close();
    }
}
