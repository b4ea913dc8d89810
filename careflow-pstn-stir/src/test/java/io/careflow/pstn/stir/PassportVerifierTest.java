package io.careflow.pstn.stir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.call.CallerTrust.Source;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.lab.PhoneCompany;
import io.careflow.pstn.lab.PhoneCompany.Papers;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassportVerifierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String URL = "https://cert.example.org/passport.cer";
    private static final String FROM = "14165550100";
    private static final String TO = "18195550100";
    private static final PhoneCompany ROOT = PhoneCompany.authority("Root", NOW);
    private static final PhoneCompany COMPANY = ROOT.company("123X", NOW);

    private final Map<URI, PhoneCompany> shown = new HashMap<>(Map.of(URI.create(URL), COMPANY));
    private PassportSettings settings = PassportSettings.in("CA");
    private Instant now = NOW;
    private int fetches;
    private @Nullable PassportVerifier made;

    @ParameterizedTest
    @CsvSource({"A, FULL, VERIFIED_FULL", "B, PARTIAL, VERIFIED_PARTIAL", "C, GATEWAY, VERIFIED_GATEWAY"})
    @DisplayName("a good signature counts as far as it vouches, and its origin is kept")
    void good(String attest, Attestation attestation, Level level) {
        assertThat(check(signed(attest)))
                .isEqualTo(new CallerTrust(
                        level,
                        attestation,
                        "6e4d8c1a-3b0e-4d1c-9d55-21a8d1e3a1f7",
                        Source.IDENTITY_HEADER,
                        "the signature of the caller's network is good",
                        attest));
    }

    @ParameterizedTest
    @CsvSource({"+14165550100, +18195550100", "4165550100, 8195550100", "(416) 555-0100, 1-819-555-0100"})
    @DisplayName("numbers are compared whatever their form")
    void forms(String from, String to) {
        assertThat(check(call("c1", from, to, signed("A"))).level()).isEqualTo(Level.VERIFIED_FULL);
    }

    @Test
    @DisplayName("without a header nobody vouches, and nothing is fetched")
    void absent() {
        CallerTrust found =
                verifier().check(new InboundCall("1", NOW, ref("c1"), Party.of("+" + FROM), Party.of("+" + TO)));
        assertThat(found).isEqualTo(CallerTrust.ABSENT);
        assertThat(fetches).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "IDENTITY", "y"})
    @DisplayName("the header is found in every form of its name")
    void names(String name) {
        InboundCall call = new InboundCall(
                "1",
                NOW,
                ref("c1"),
                Party.of("+" + FROM),
                Party.of("+" + TO),
                new CallOrigin(Attestation.NONE, null, null, Map.of(name, signed("A"))));
        assertThat(check(call).level()).isEqualTo(Level.VERIFIED_FULL);
    }

    @ParameterizedTest(name = "made {0} seconds before the call: {1}")
    @CsvSource({
        "60, VERIFIED_FULL, is good",
        "61, FAILED, is 61 seconds old; allowed are 60",
        "-60, VERIFIED_FULL, is good",
        "-61, FAILED, 'is from the future, by 61 seconds'"
    })
    @DisplayName("a signature must be fresh, both ways")
    void freshness(long seconds, Level level, String reason) {
        CallerTrust found = check(COMPANY.identity(URL, "A", FROM, TO, NOW.minusSeconds(seconds)));
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.reason()).contains(reason);
    }

    @Test
    @DisplayName("a signature for other numbers is for nobody else")
    void otherNumbers() {
        failed(COMPANY.identity(URL, "A", "14165550199", TO, NOW), "for another caller's number");
        failed(COMPANY.identity(URL, "A", FROM, "18195550199", NOW), "for another called number");
        assertThat(fetches).isZero();
    }

    @Test
    @DisplayName(
            "of a call that was forwarded it is said that its signature is for the first number, and not that it is forged")
    void forwarded() {
        InboundCall call = new InboundCall(
                "1",
                NOW,
                ref("c1"),
                Party.of("+" + FROM),
                Party.of("+18195550177"),
                new CallOrigin(Attestation.NONE, null, Party.of("+" + TO), Map.of("Identity", signed("A"))));
        assertThat(check(call).level()).isEqualTo(Level.UNVERIFIED);
        assertThat(check(call).reason()).contains("forwarded");
    }

    @Test
    @DisplayName("a caller who withholds the number cannot be compared")
    void withheld() {
        InboundCall call = new InboundCall(
                "1",
                NOW,
                ref("c1"),
                Party.anonymous(),
                Party.of("+" + TO),
                new CallOrigin(Attestation.NONE, null, null, Map.of("Identity", signed("A"))));
        assertThat(check(call).level()).isEqualTo(Level.UNVERIFIED);
    }

    @Test
    @DisplayName("a copy for another call is noticed; the same call may come again, also after more than the freshness")
    void copies() {
        String header = signed("A");
        assertThat(check(header).level()).isEqualTo(Level.VERIFIED_FULL);
        assertThat(check(header).level()).isEqualTo(Level.VERIFIED_FULL);
        CallerTrust copy = check(call("c2", "+" + FROM, "+" + TO, header));
        assertThat(copy.level()).isEqualTo(Level.FAILED);
        assertThat(copy.reason()).contains("copy");

        now = NOW.plusSeconds(300);
        assertThat(check(header).level()).isEqualTo(Level.VERIFIED_FULL);
    }

    @Test
    @DisplayName("what cannot be remembered is not verified, and what was wrong takes no place")
    void fullMemory() {
        settings = settings.remembering(1);
        check(call("c0", "+" + FROM, "+" + TO, tampered(signed("C"))));
        assertThat(check(signed("A")).level()).isEqualTo(Level.VERIFIED_FULL);
        CallerTrust next = check(call("c2", "+" + FROM, "+" + TO, signed("B")));
        assertThat(next.level()).isEqualTo(Level.UNVERIFIED);
        now = NOW.plusSeconds(121);
        assertThat(check(call("c3", "+" + FROM, "+" + TO, signed("C"))).level()).isEqualTo(Level.VERIFIED_GATEWAY);
    }

    @Test
    @DisplayName("a claim that was changed, or another's key, is found out")
    void wrongSignature() {
        failed(tampered(signed("A")), "the signature is wrong");
        shown.put(URI.create(URL), ROOT.company("999Y", NOW));
        made = null;
        failed(signed("A"), "the signature is wrong");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"ES256\",\"ppt\":\"div\",\"typ\":\"passport\",\"x5u\":\"@\"} | not of the kind shaken | UNVERIFIED",
                "{\"alg\":\"ES256\",\"typ\":\"passport\",\"x5u\":\"@\"} | not of the kind shaken | UNVERIFIED",
                "{\"alg\":\"ES384\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"@\"} | not signed with ES256 | FAILED",
                "{\"alg\":\"HS256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"@\"} | not signed with ES256 | FAILED",
                "{\"alg\":\"none\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"@\"} | token cannot be read | FAILED",
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"JWT\",\"x5u\":\"@\"} | type is not passport | FAILED",
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"x5u\":\"@\"} | type is not passport | FAILED",
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\"} | where the certificate is (x5u) | FAILED",
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"http://cert.example.org/passport.cer\"} | expected https | FAILED",
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"https://u:p@cert.example.org/\"} | expected https | FAILED",
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"https://other.example.org/\"} | different certificates | FAILED",
                "{\"alg\":\"ES256\",\"crit\":[\"exp\"],\"exp\":1,\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"@\"} | extensions | FAILED"
            })
    @DisplayName("a token's header must be SHAKEN's")
    void tokenHeader(String header, String reason, Level level) {
        CallerTrust found = check(identity(header.replace("@", URL), claims("")));
        assertThat(found.reason()).contains(reason);
        assertThat(found.level()).isEqualTo(level);
        assertThat(fetches).isZero();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "attest | no claim attest | FAILED",
                "orig | no claim orig | FAILED",
                "dest | no claim dest | FAILED",
                "iat | when it was made | FAILED",
                "origid | no claim origid | FAILED",
                "\"attest\":\"D\" | none of A, B and C | UNVERIFIED",
                "\"origid\":\"x\" | no UUID | FAILED",
                "\"iat\":\"1772366400\" | when it was made | FAILED",
                "\"iat\":1772366400.5 | when it was made | FAILED",
                "\"iat\":-1 | when it was made | FAILED",
                "\"orig\":{\"uri\":\"sip:a@example.org\"} | orig is no telephone number | UNVERIFIED",
                "\"dest\":{\"uri\":[\"sip:a@example.org\"]} | dest holds no telephone number | UNVERIFIED",
                "\"dest\":{\"tn\":\"18195550100\"} | dest holds no telephone number | UNVERIFIED"
            })
    @DisplayName("a token's claims must be SHAKEN's")
    void claims(String change, String reason, Level level) {
        CallerTrust found = check(identity(header(), claims(change)));
        assertThat(found.reason()).contains(reason);
        assertThat(found.level()).isEqualTo(level);
        assertThat(fetches).isZero();
    }

    @Test
    @DisplayName("the example of RFC 8588 is read as it says, and is as old as it says")
    void exampleOfShaken() {
        String header =
                "{\"alg\":\"ES256\",\"typ\":\"passport\",\"ppt\":\"shaken\",\"x5u\":\"https://cert.example.org/passport.cer\"}";
        String claims = "{\"attest\":\"A\",\"dest\":{\"tn\":[\"12155550131\"]},\"iat\":1443208345,"
                + "\"orig\":{\"tn\":\"12155550121\"},\"origid\":\"123e4567-e89b-12d3-a456-426655440000\"}";
        CallerTrust found = check(call("c1", "+12155550121", "+12155550131", identity(header, claims)));
        assertThat(found.attestation()).isEqualTo(Attestation.FULL);
        assertThat(found.origid()).isEqualTo("123e4567-e89b-12d3-a456-426655440000");
        assertThat(found.level()).isEqualTo(Level.FAILED);
        assertThat(found.reason()).contains("seconds old");
    }

    @Test
    @DisplayName("the example of RFC 8225, which is no SHAKEN, is not verified")
    void exampleOfPassport() {
        String token =
                "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9"
                        + ".eyJkZXN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI6IjE0NDMyMDgzNDUiLCJvcmlnIjp7InRuIjoiMTIxNTU1NTEyMTIifX0"
                        + ".rq3pjT1hoRwakEGjHCnWSwUnshd0-zJ6F1VOgFWSjHBr8Qjpjlk-cpFYpFYsojNCpTzO3QfPOlckGaS6hEck7w";
        CallerTrust found = check(token + ";info=<" + URL + ">");
        assertThat(found.level()).isEqualTo(Level.UNVERIFIED);
        assertThat(found.reason()).contains("not of the kind shaken");
    }

    @Test
    @DisplayName("numbers in a token may be punctuated, and be among others")
    void punctuated() {
        assertThat(check(identity(header(), claims("\"dest\":{\"tn\":[\"12125550100\",\"+1 (819) 555-0100\"]}")))
                        .level())
                .isEqualTo(Level.VERIFIED_FULL);
    }

    @Test
    @DisplayName("the compact form is refused by name")
    void compact() {
        CallerTrust found = check("..c2lnbmF0dXJl;info=<" + URL + ">;alg=ES256;ppt=shaken");
        assertThat(found.level()).isEqualTo(Level.UNVERIFIED);
        assertThat(found.reason()).contains("compact form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "a.b", "a.b.c.d", "a.b.c", ";info=<https://cert.example.org/>", "$.$.$", "<", "\"", "=;=;="
            })
    @DisplayName("whatever else stands in the header is a failure and no exception")
    void nonsense(String header) {
        assertThat(check(header).level()).isEqualTo(Level.FAILED);
    }

    @Test
    @DisplayName("parameters of the header must be there and agree with the token")
    void parameters() {
        String token = signed("A").split(";", 2)[0];
        String info = token + ";info=<" + URL + ">";
        assertThat(check(info).level()).isEqualTo(Level.VERIFIED_FULL);
        assertThat(check(info + ";ppt=\"shaken\";alg=ES256;new=x").level()).isEqualTo(Level.VERIFIED_FULL);
        failed(token, "(info)");
        failed(info + ";alg=RS256", "another algorithm");
        failed(token + ";info=<http://cert.example.org/passport.cer>", "expected https");
        failed(token + ";info=<https://[oops>", "cannot be read");
        failed(info + ";" + "x".repeat(9000), "more than");
        assertThat(check(info + ";ppt=rcd").level()).isEqualTo(Level.UNVERIFIED);
    }

    @Test
    @DisplayName(
            "of several signatures the one that is good counts, and without one what is wrong before what is unknown")
    void several() {
        String other = COMPANY.identity(URL, "A", "14165550199", TO, NOW);
        String div = identity(header().replace("shaken", "div"), claims(""));
        assertThat(check(other + ", " + div + "," + signed("B")).level()).isEqualTo(Level.VERIFIED_PARTIAL);
        assertThat(check(div + "," + other).level()).isEqualTo(Level.FAILED);
        assertThat(check(other + "," + div).level()).isEqualTo(Level.FAILED);
        assertThat(check(div).level()).isEqualTo(Level.UNVERIFIED);
        assertThat(check(other + "," + other + "," + other + "," + other + "," + signed("A"))
                        .level())
                .as("beyond the fourth")
                .isEqualTo(Level.FAILED);
    }

    @Test
    @DisplayName("an authority between is fine, one that nobody trusts is not")
    void chains() {
        present(ROOT.intermediate("Between", NOW).company("123X", NOW), Level.VERIFIED_FULL, "good");
        present(PhoneCompany.authority("Root", NOW).company("123X", NOW), Level.FAILED, "no trusted authority");
        present(new Papers("Itself", NOW).code("123X").of(null), Level.FAILED, "no trusted authority");
        present(COMPANY.company("123X", NOW), Level.FAILED, "no trusted authority");
        PhoneCompany expired = new Papers("Old", NOW)
                .signing(true)
                .valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)))
                .of(ROOT);
        present(expired.company("123X", NOW), Level.FAILED, "no trusted authority");
    }

    @Test
    @DisplayName("a certificate must be valid when the call arrives, and be for signatures of a phone company")
    void certificates() {
        present(papers().valid(NOW.plusSeconds(1), NOW.plusSeconds(99)).of(ROOT), Level.FAILED, "not valid yet");
        present(papers().valid(NOW.minusSeconds(99), NOW.minusSeconds(1)).of(ROOT), Level.FAILED, "has expired");
        present(papers().usage(1 << 5).of(ROOT), Level.FAILED, "not for signatures");
        present(papers().usage(0).of(ROOT), Level.FAILED, "not for signatures");
        present(papers().signing(true).usage(0x84).of(ROOT), Level.FAILED, "an authority's");
        present(papers().curve("secp384r1").of(ROOT), Level.FAILED, "curve P-256");
        present(new Papers("Any", NOW).of(ROOT), Level.FAILED, "no TNAuthList");
    }

    @Test
    @DisplayName("a certificate must be for the caller's number")
    void numbers() {
        present(new Papers("One", NOW).number(FROM).of(ROOT), Level.VERIFIED_FULL, "good");
        present(new Papers("One", NOW).number("14165550199").of(ROOT), Level.FAILED, "not for the caller's number");
        present(new Papers("Range", NOW).range("14165550000", 101).of(ROOT), Level.VERIFIED_FULL, "good");
        present(new Papers("Range", NOW).range("14165550000", 100).of(ROOT), Level.FAILED, "not for the caller's");
        present(new Papers("Both", NOW).number("1").code("1").of(ROOT), Level.VERIFIED_FULL, "good");
        present(new Papers("Empty", NOW).numbers(new byte[] {0x30, 0}).of(ROOT), Level.FAILED, "for no numbers");
        present(new Papers("Cut", NOW).numbers(new byte[] {0x30, 5, 1}).of(ROOT), Level.FAILED, "cannot be read");
        present(new Papers("Odd", NOW).numbers(new byte[] {4, 0}).of(ROOT), Level.FAILED, "cannot be read");
    }

    @Test
    @DisplayName("who may delegate numbers delegates none but their own (RFC 9060)")
    void delegated() {
        PhoneCompany provider =
                new Papers("Provider", NOW).signing(true).code("123X").of(ROOT);
        present(new Papers("Same", NOW).code("123X").of(provider), Level.VERIFIED_FULL, "good");
        present(new Papers("Customer", NOW).number(FROM).of(provider), Level.VERIFIED_FULL, "good");
        present(new Papers("Other", NOW).code("999Y").of(provider), Level.FAILED, "delegated");
        PhoneCompany few =
                new Papers("Few", NOW).signing(true).range("14165550000", 101).of(ROOT);
        present(new Papers("Within", NOW).number(FROM).of(few), Level.VERIFIED_FULL, "good");
        present(new Papers("Code", NOW).code("123X").of(few), Level.FAILED, "delegated");
        PhoneCompany others =
                new Papers("Others", NOW).signing(true).number("14165550199").of(provider);
        present(new Papers("Beyond", NOW).number(FROM).of(others), Level.FAILED, "delegated");
    }

    @Test
    @DisplayName("certificates that cannot be had leave a number unverified, and are not asked for again at once")
    void unreachable() {
        shown.clear();
        assertThat(check(signed("A")).level()).isEqualTo(Level.UNVERIFIED);
        assertThat(check(signed("A")).reason()).contains("could not be fetched");
        assertThat(fetches).isEqualTo(1);
        shown.put(URI.create(URL), COMPANY);
        now = NOW.plusSeconds(31);
        assertThat(check(signed("A")).level()).isEqualTo(Level.VERIFIED_FULL);
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    @DisplayName("a certificate is fetched again when its time is over, or ours, or its place is taken")
    void kept() {
        settings = settings.keeping(1, Duration.ofSeconds(50));
        check(signed("A"));
        check(call("c2", "+" + FROM, "+" + TO, signed("B")));
        assertThat(fetches).isEqualTo(1);
        now = NOW.plusSeconds(50);
        check(call("c3", "+" + FROM, "+" + TO, signed("C")));
        assertThat(fetches).isEqualTo(2);
        shown.put(URI.create("https://cert.example.org/2"), COMPANY);
        check(call("c4", "+" + FROM, "+" + TO, COMPANY.identity("https://cert.example.org/2", "A", FROM, TO, NOW)));
        check(call("c3", "+" + FROM, "+" + TO, signed("C")));
        assertThat(fetches).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    @DisplayName("what is no certificate is as good as none")
    void noCertificate(String pem) {
        CallerTrust found = new PassportVerifier(
                        TrustAnchors.of(List.of(ROOT.certificate())),
                        url -> new CertificateFetcher.Fetched(pem, Duration.ZERO),
                        settings,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .check(call("c1", "+" + FROM, "+" + TO, signed("A")));
        assertThat(found.level()).isEqualTo(Level.UNVERIFIED);
        assertThat(found.attestation()).as("what was claimed").isEqualTo(Attestation.FULL);
    }

    @Test
    @DisplayName("a fetcher that throws what it should not is no harm")
    void brokenFetcher() {
        CallerTrust found = new PassportVerifier(
                        TrustAnchors.of(List.of(ROOT.certificate())),
                        url -> {
                            throw new IllegalStateException("secret");
                        },
                        settings,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .check(call("c1", "+" + FROM, "+" + TO, signed("A")));
        assertThat(found.level()).isEqualTo(Level.UNVERIFIED);
        assertThat(found.toString()).doesNotContain("secret");
    }

    @Test
    @DisplayName("no answer quotes token or certificate")
    void quiet() {
        String header = signed("A");
        for (String each : List.of(header, tampered(header), header.substring(3), header.replace('.', '!'))) {
            String said = check(call("c9", "+" + FROM, "+" + TO, each)).toString();
            assertThat(said)
                    .doesNotContain(header.substring(20, 60))
                    .doesNotContain("BEGIN")
                    .doesNotContain("CN=");
        }
    }

    @Test
    @DisplayName("trust anchors must be certificates, and at least one")
    void anchors() {
        assertThat(TrustAnchors.ofPem(ROOT.pem())).isNotNull();
        assertThatThrownBy(() -> TrustAnchors.of(List.of())).hasMessageContaining("no trust anchors");
        assertThatThrownBy(() -> TrustAnchors.ofPem("hello")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("settings out of bounds are refused with what is allowed")
    void bounds() {
        assertThatThrownBy(() -> PassportSettings.in("Canada")).hasMessageContaining("ISO 3166");
        assertThatThrownBy(() -> settings.within(Duration.ofMillis(999)))
                .hasMessageContaining("1 second to 10 minutes");
        assertThatThrownBy(() -> settings.within(Duration.ofSeconds(601)))
                .hasMessageContaining("1 second to 10 minutes");
        assertThatThrownBy(() -> settings.remembering(-1)).hasMessageContaining("0 to 1000000");
        assertThatThrownBy(() -> settings.keeping(0, Duration.ZERO)).hasMessageContaining("1 to 100000");
        assertThatThrownBy(() -> settings.keeping(1, Duration.ofDays(8))).hasMessageContaining("7 days");
    }

    // --- the parties ---

    private PassportVerifier verifier() {
        PassportVerifier known = made;
        if (known == null) {
            known = new PassportVerifier(
                    TrustAnchors.of(List.of(ROOT.certificate())), this::fetch, settings, new Moving());
            made = known;
        }
        return known;
    }

    private CertificateFetcher.Fetched fetch(URI url) throws IOException {
        fetches++;
        PhoneCompany company = shown.get(url);
        if (company == null) {
            throw new IOException("no such file");
        }
        return new CertificateFetcher.Fetched(company.pem(), Duration.ofHours(1));
    }

    private CallerTrust check(String header) {
        return check(call("c1", "+" + FROM, "+" + TO, header));
    }

    private CallerTrust check(InboundCall call) {
        return verifier().check(call);
    }

    private void failed(String header, String reason) {
        CallerTrust found = check(header);
        assertThat(found.reason()).contains(reason);
        assertThat(found.level()).isEqualTo(Level.FAILED);
    }

    private void present(PhoneCompany company, Level level, String reason) {
        made = null;
        shown.put(URI.create(URL), company);
        CallerTrust found = check(company.identity(URL, "A", FROM, TO, NOW));
        assertThat(found.reason()).contains(reason);
        assertThat(found.level()).isEqualTo(level);
    }

    private static Papers papers() {
        return new Papers("SHAKEN 123X", NOW).code("123X");
    }

    private static String signed(String attest) {
        return COMPANY.identity(URL, attest, FROM, TO, NOW);
    }

    /** The attestation is changed and the signature is not. */
    private static String tampered(String header) {
        String[] parts = header.split("\\.", 3);
        String claims =
                new String(java.util.Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
        String changed = claims.replaceFirst("6e4d8c1a", "6e4d8c1b");
        return parts[0] + "."
                + java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(changed.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "." + parts[2];
    }

    private static String header() {
        return "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + URL + "\"}";
    }

    /** Claims of which this one is left out, or is another. */
    private static String claims(String change) {
        Map<String, String> all = new java.util.TreeMap<>(Map.of(
                "attest",
                "\"A\"",
                "dest",
                "{\"tn\":[\"" + TO + "\"]}",
                "iat",
                Long.toString(NOW.getEpochSecond()),
                "orig",
                "{\"tn\":\"" + FROM + "\"}",
                "origid",
                "\"123e4567-e89b-12d3-a456-426655440000\""));
        if (change.startsWith("\"")) {
            String[] parts = change.split(":", 2);
            all.put(parts[0].replace("\"", ""), parts[1]);
        } else {
            all.remove(change);
        }
        return all.entrySet().stream()
                .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    private static String identity(String header, String claims) {
        return COMPANY.token(header, claims) + ";info=<" + URL + ">";
    }

    private static InboundCall call(String id, String from, String to, String header) {
        return new InboundCall(
                "1",
                NOW,
                ref(id),
                Party.of(from),
                Party.of(to),
                new CallOrigin(Attestation.NONE, null, null, Map.of("Identity", header)));
    }

    private static CallRef ref(String id) {
        return new CallRef(new ProviderId("test"), id);
    }

    private final class Moving extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
