package io.careflow.pstn.stir;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Certificates by address, kept as long as their servers allow, and failures a little. Thread-safe. */
final class Certificates {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 8;
    private static final int LONGEST_CHAIN = 8;

    private final CertificateFetcher fetcher;
    private final PassportSettings settings;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<URI, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    Certificates(CertificateFetcher fetcher, PassportSettings settings, Clock clock) {
        this.fetcher = fetcher;
        this.settings = settings;
        this.clock = clock;
    }

    /** The signer's certificate and those of its authorities; at least one. */
    List<X509Certificate> at(URI url) throws Refused {
        Kept known = find(url);
        Kept found = known == null ? fetch(url) : known;
        if (found.chain().isEmpty()) {
            throw Refused.unverified("the certificate could not be fetched");
        }
        return found.chain();
    }

    private Kept fetch(URI url) throws Refused {
        if (!places.tryAcquire()) {
            throw Refused.unverified("too many certificates are being fetched");
        }
        CertificateFetcher.Fetched fetched;
        try {
            fetched = fetcher.fetch(url);
        } catch (IOException | RuntimeException e) {
            return keep(url, List.of(), AFTER_FAILURE);
        } finally {
            places.release();
        }
        List<X509Certificate> chain;
        try {
            chain = TrustAnchors.certificates(fetched.pem());
        } catch (CertificateException e) {
            chain = List.of();
        }
        if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
            return keep(url, List.of(), AFTER_FAILURE);
        }
        Duration allowed = fetched.keepFor();
        return keep(url, chain, allowed.compareTo(settings.keepAtMost()) < 0 ? allowed : settings.keepAtMost());
    }

    private synchronized @Nullable Kept find(URI url) {
        Kept found = kept.get(url);
        return found != null && clock.instant().isBefore(found.until()) ? found : null;
    }

    private synchronized Kept keep(URI url, List<X509Certificate> chain, Duration time) {
        Kept found = new Kept(chain, clock.instant().plus(time));
        if (time.isZero()) {
            kept.remove(url);
            return found;
        }
        kept.put(url, found);
        Iterator<URI> oldest = kept.keySet().iterator();
        while (kept.size() > settings.certificates()) {
            oldest.next();
            oldest.remove();
        }
        return found;
    }

    private record Kept(List<X509Certificate> chain, Instant until) {}
}
