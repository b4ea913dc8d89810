package io.careflow.pstn.stir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CacheControl;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches certificates over https. The addresses come from strangers, so: public addresses and the ports 443 and 8443 only
 * (ATIS-1000074), no proxy, no redirects, no cookies; 2 seconds to connect, 4 in all, 64 KiB. Thread-safe.
 */
public final class HttpCertificateFetcher implements CertificateFetcher, AutoCloseable {
    private static final int LONGEST = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(4);
    private static final Duration UNLESS_SAID = Duration.ofMinutes(10);
    private static final Set<Integer> PORTS = Set.of(443, 8443);

    private final OkHttpClient client;
    private final Set<Integer> ports;

    /** Fetches from the public network, trusting the authorities that the JDK trusts for https. */
    public HttpCertificateFetcher() {
        this(base(PublicAddresses::contain).build(), PORTS);
    }

    private HttpCertificateFetcher(OkHttpClient client, Set<Integer> ports) {
        this.client = client;
        this.ports = Set.copyOf(ports);
    }

    /**
     * Fetches also from a network of one's own, such as a certificate repository inside it, or one on loopback in tests.
     *
     * @param allowed the addresses that may be reached besides public ones
     * @param ports the ports that may be reached
     * @param tls makes the connections
     * @param authorities whom those trust
     */
    public static HttpCertificateFetcher inside(
            Predicate<InetAddress> allowed, Set<Integer> ports, SSLSocketFactory tls, X509TrustManager authorities) {
        Predicate<InetAddress> reachable = allowed.or(PublicAddresses::contain);
        return new HttpCertificateFetcher(
                base(reachable).sslSocketFactory(tls, authorities).build(), ports);
    }

    @Override
    public Fetched fetch(URI url) throws IOException {
        HttpUrl target = HttpUrl.parse(url.toString());
        if (target == null || !target.isHttps() || !ports.contains(target.port())) {
            throw new IOException("only https on the ports " + ports + " is allowed");
        }
        Request request = new Request.Builder()
                .url(target)
                .header("Accept", "application/pem-certificate-chain, application/x-pem-file, */*;q=0.1")
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException("status " + response.code());
            }
            byte[] body = response.body().byteStream().readNBytes(LONGEST + 1);
            if (body.length > LONGEST) {
                throw new IOException("more than " + LONGEST + " bytes");
            }
            return new Fetched(new String(body, StandardCharsets.ISO_8859_1), keepFor(response.cacheControl()));
        }
    }

    private static Duration keepFor(CacheControl said) {
        if (said.noStore() || said.noCache()) {
            return Duration.ZERO;
        }
        return said.maxAgeSeconds() < 0 ? UNLESS_SAID : Duration.ofSeconds(said.maxAgeSeconds());
    }

    /** Fetches no more. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static OkHttpClient.Builder base(Predicate<InetAddress> allowed) {
        return new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(allowed))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                // A certificate is fetched once and kept; its host's connection would only idle.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .connectTimeout(CONNECT)
                .readTimeout(WHOLE)
                .callTimeout(WHOLE);
    }
}
