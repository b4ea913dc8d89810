package io.careflow.pstn.stir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.lab.CertificateServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCertificateFetcherTest {
    private final CertificateServer server = CertificateServer.start();
    private final HttpCertificateFetcher inside = HttpCertificateFetcher.inside(
            InetAddress::isLoopbackAddress, Set.of(server.port()), server.tls(), server.authorities());

    @AfterEach
    void close() {
        inside.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'max-age=60', 60",
        "'public, max-age=86400', 86400",
        "'no-store', 0",
        "'no-cache, max-age=60', 0",
        "'', 600"
    })
    @DisplayName("what a server has is fetched and kept as long as it says, ten minutes if it does not")
    void fetched(String cacheControl, long seconds) throws IOException {
        Map<String, String> headers = cacheControl.isEmpty() ? Map.of() : Map.of("Cache-Control", cacheControl);
        String url = server.answer("/a.pem", 200, headers, "hello");
        assertThat(inside.fetch(URI.create(url)))
                .isEqualTo(new CertificateFetcher.Fetched("hello", Duration.ofSeconds(seconds)));
    }

    @Test
    @DisplayName("a redirect is not followed")
    void redirect() {
        String there = server.answer("/there", 200, Map.of(), "hello");
        String url = server.answer("/a.pem", 302, Map.of("Location", there), "");
        assertThatThrownBy(() -> inside.fetch(URI.create(url)))
                .isInstanceOf(IOException.class)
                .hasMessage("status 302");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName("an error is no certificate, and neither is more than 64 KiB")
    void refused() throws IOException {
        String missing = server.answer("/a.pem", 404, Map.of(), "hello");
        assertThatThrownBy(() -> inside.fetch(URI.create(missing))).hasMessage("status 404");
        String most = server.answer("/b.pem", 200, Map.of(), "x".repeat(64 * 1024));
        assertThat(inside.fetch(URI.create(most)).pem()).hasSize(64 * 1024);
        String more = server.answer("/c.pem", 200, Map.of(), "x".repeat(64 * 1024 + 1));
        assertThatThrownBy(() -> inside.fetch(URI.create(more))).hasMessageContaining("more than");
    }

    @Test
    @Timeout(20)
    @DisplayName("a server that takes the connection and says nothing is given up")
    void silence() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpCertificateFetcher fetcher = HttpCertificateFetcher.inside(
                        InetAddress::isLoopbackAddress,
                        Set.of(silent.getLocalPort()),
                        server.tls(),
                        server.authorities())) {
            URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> fetcher.fetch(url)).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("a network of one's own is not reached unless that is allowed, by name or by address")
    void ownNetwork() throws IOException {
        String url = server.answer("/a.pem", 200, Map.of(), "hello");
        try (HttpCertificateFetcher outside = HttpCertificateFetcher.inside(
                address -> false, Set.of(server.port()), server.tls(), server.authorities())) {
            assertThatThrownBy(() -> outside.fetch(URI.create(url))).hasStackTraceContaining("not a public one");
            URI byName = URI.create(url.replace("127.0.0.1", "localhost"));
            assertThatThrownBy(() -> outside.fetch(byName)).hasStackTraceContaining("not a public one");
        }
        assertThat(server.requests()).isZero();
        assertThat(inside.fetch(URI.create(url)).pem()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1/", "https://127.0.0.1:22/", "https://127.0.0.1:8080/a", "ftp://127.0.0.1/"})
    @DisplayName("other schemes and ports are not even tried")
    void otherPorts(String url) {
        try (HttpCertificateFetcher outside = new HttpCertificateFetcher()) {
            assertThatThrownBy(() -> outside.fetch(URI.create(url))).hasMessageContaining("only https on the ports");
        }
    }

    @Test
    @DisplayName("a server whose certificate nobody trusts is not believed")
    void strangeServer() {
        try (CertificateServer stranger = CertificateServer.start();
                HttpCertificateFetcher fetcher = HttpCertificateFetcher.inside(
                        InetAddress::isLoopbackAddress, Set.of(stranger.port()), server.tls(), server.authorities())) {
            String url = stranger.answer("/a.pem", 200, Map.of(), "hello");
            assertThatThrownBy(() -> fetcher.fetch(URI.create(url))).isInstanceOf(javax.net.ssl.SSLException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "0.0.0.0, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "192.0.0.170, false",
        "198.18.0.1, false",
        "203.0.113.9, false",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fc00::1, false",
        "fd12:3456::1, false",
        "ff02::1, false",
        "64:ff9b::7f00:1, false",
        "::ffff:127.0.0.1, false",
        "2002:7f00:1::, false",
        "2001:0:1::1, false",
        "2001:db8::1, false",
        "::127.0.0.1, false",
        "8.8.8.8, true",
        "100.128.0.1, true",
        "172.32.0.1, true",
        "198.20.0.1, true",
        "2606:4700::1111, true",
        "2001:4860:4860::8888, true"
    })
    @DisplayName("public is what can be no machine of one's own")
    void publicAddresses(String address, boolean isPublic) throws IOException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isEqualTo(isPublic);
    }
}
