package io.careflow.pstn.lab;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A repository of certificates: https on loopback, with a certificate of its own that only its clients trust. Thread-safe. */
public final class CertificateServer implements AutoCloseable {
    private static final char[] PASSWORD = "laboratory".toCharArray();

    private final HttpsServer server;
    private final SSLContext tls;
    private final X509TrustManager authorities;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    private record Answer(int status, Map<String, String> headers, String body) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private CertificateServer(HttpsServer server, SSLContext tls, X509TrustManager authorities) {
        this.server = server;
        this.tls = tls;
        this.authorities = authorities;
    }

    /** Starts on a free port. */
    public static CertificateServer start() {
        try {
            PhoneCompany itself = new PhoneCompany.Papers("repository", Instant.now())
                    .host("127.0.0.1")
                    .of(null);
            SSLContext tls = SSLContext.getInstance("TLS");
            X509TrustManager authorities = trusting(itself.certificate());
            tls.init(keys(itself).getKeyManagers(), new X509TrustManager[] {authorities}, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            CertificateServer made = new CertificateServer(server, tls, authorities);
            made.begin(server);
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new LabException("cannot start a repository of certificates", e);
        }
    }

    private void begin(HttpServer http) {
        http.createContext("/", exchange -> {
            requests.incrementAndGet();
            Answer answer = answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, Map.of(), ""));
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] body = answer.bytes();
            try (exchange) {
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        http.start();
    }

    /** Answers so from now on; the address of it. */
    public String answer(String path, int status, Map<String, String> headers, String body) {
        answers.put(path, new Answer(status, Map.copyOf(headers), body));
        return "https://127.0.0.1:" + port() + path;
    }

    /** Shows the certificates of this company; the address of them. */
    public String show(PhoneCompany company) {
        return answer("/" + company.certificate().getSerialNumber() + ".pem", 200, Map.of(), company.pem());
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** How often it was asked. */
    public int requests() {
        return requests.get();
    }

    /** Makes connections that trust this server only. */
    public SSLSocketFactory tls() {
        return tls.getSocketFactory();
    }

    /** Whom those connections trust. */
    public X509TrustManager authorities() {
        return authorities;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static KeyManagerFactory keys(PhoneCompany itself) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "itself", itself.keys().getPrivate(), PASSWORD, itself.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory;
    }

    private static X509TrustManager trusting(X509Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("itself", certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) Objects.requireNonNull(factory.getTrustManagers()[0]);
    }
}
