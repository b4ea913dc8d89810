package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.trunk.SipEndpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Text that a configuration file would take for its own is refused, and the field is named")
class DangerousTextTest {
    private static final List<String> DANGEROUS = List.of(
            "aaaaaaaa\nb",
            "aaaaaaaa\r\n[general]",
            "\n#include \"/etc/passwd\"",
            "aaaaaaaa\u2028b",
            "aaaaaaaa\u0000b",
            "aaaaaaaa;b",
            "aaaaaaaa;--b",
            "#exec /bin/sh",
            "aaaa${SHELL(id)}",
            "aaaa$[1+1]",
            "[general](+)",
            "aaaaaaaa\"b",
            "aaaaaaaa`id`",
            "aaaaaaaa\\",
            "aaaaaaaa<sip:x>",
            "aaaaaaaa&PJSIP/x",
            "aaaaaaaa|b");
    private static final Set<String> HARMLESS_IN_PASSWORDS =
            Set.of("[general](+)", "aaaaaaaa<sip:x>", "aaaaaaaa&PJSIP/x", "aaaaaaaa|b");
    private static final SipEndpoint SERVER = SipEndpoint.of("sip.carrier.example");

    private static Map<String, Consumer<String>> fields() {
        Map<String, Consumer<String>> fields = new LinkedHashMap<>();
        fields.put("user name", text -> new SipUser(text, "Desk", Secret.of("secret-1001"), false, null));
        fields.put("display name", text -> new SipUser("1001", text, Secret.of("secret-1001"), false, null));
        fields.put("password of user", text -> new SipUser("1001", "Desk", Secret.of(text), false, null));
        fields.put("listen address", text -> Samples.plain().http(text, 8088));
        fields.put("certificate", text -> Samples.plain().tls(text, "/k.pem", null));
        fields.put("key", text -> Samples.plain().tls("/c.pem", text, null));
        fields.put("authorities", text -> Samples.plain().tls("/c.pem", "/k.pem", text));
        fields.put("ARI user", text -> Samples.plain().ari(text, Secret.of("ari-password")));
        fields.put("application", text -> Samples.plain().application(text));
        fields.put("fallback sound", text -> Samples.plain().fallbackPlaying(text));
        fields.put(
                "fallback user", text -> Samples.plain().fallbackRinging(text).render());
        fields.put("address of Kamailio", text -> Samples.plain().behindKamailio(text, 5060, "sip.example.org"));
        fields.put("domain of Kamailio", text -> Samples.plain().behindKamailio("192.0.2.2", 5060, text));
        fields.put("public address", text -> Samples.plain().publicAddress(text));
        fields.put("local network", text -> Samples.plain().publicAddress("192.0.2.1", text));
        fields.put("id", text -> Samples.registering(text, SERVER).build());
        fields.put("SIP host", SipEndpoint::of);
        fields.put("auth.username", text -> auth(text, null, null, null, null, null));
        fields.put("auth.authUsername", text -> auth("user", text, null, null, null, null));
        fields.put("auth.realm", text -> auth("user", null, text, null, null, null));
        fields.put("auth.fromUser", text -> auth("user", null, null, text, null, null));
        fields.put("auth.fromDomain", text -> auth("user", null, null, null, text, null));
        fields.put("auth.registrar", text -> auth("user", null, null, null, null, text));
        return fields;
    }

    private static SipTrunkProfile auth(
            String user,
            @org.jspecify.annotations.Nullable String authUser,
            @org.jspecify.annotations.Nullable String realm,
            @org.jspecify.annotations.Nullable String fromUser,
            @org.jspecify.annotations.Nullable String fromDomain,
            @org.jspecify.annotations.Nullable String registrar) {
        return Samples.trunk(
                        "siproute",
                        SERVER,
                        new TrunkAuth(
                                TrunkAuth.Mode.REGISTER,
                                user,
                                authUser,
                                Samples.reference(),
                                realm,
                                fromUser,
                                fromDomain,
                                registrar,
                                Duration.ofMinutes(10),
                                null,
                                List.of()))
                .build();
    }

    static Stream<Arguments> everyFieldAndText() {
        return fields().keySet().stream()
                .flatMap(field -> DANGEROUS.stream()
                        .filter(text -> !field.startsWith("password") || !HARMLESS_IN_PASSWORDS.contains(text))
                        .map(text -> Arguments.of(field, text)));
    }

    @ParameterizedTest
    @MethodSource("everyFieldAndText")
    @DisplayName("every field refuses it")
    void refused(String field, String text) {
        Consumer<String> use = Objects.requireNonNull(fields().get(field));
        assertThatIllegalArgumentException().isThrownBy(() -> use.accept(text)).withMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dr. O-Neil, (A&E)", "Zoë", "受付 1"})
    @DisplayName("harmless text of all languages is shown as it is")
    void shown(String name) {
        String harmless = name.replace("&", "+");
        RenderedConfig config = Samples.plain()
                .user(new SipUser("1001", harmless, Secret.of("secret-1001"), false, null))
                .render();
        assertThat(ConfSections.of(config, "pjsip.conf").one("1001", "endpoint").value("callerid"))
                .isEqualTo("\"" + harmless + "\" <1001>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "tab\there", "nul\u0000l", "späce", "with space"})
    @DisplayName(
            "passwords of trunks and ARI may have all visible ASCII characters and nothing else; they are not repeated")
    void passwords(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.plain()
                        .secrets(reference -> Secret.of(password))
                        .trunk(Samples.registering("siproute", SERVER).build())
                        .render())
                .withMessageContaining("password of trunk siproute")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(password));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.plain().ari("careflow", Secret.of(password)))
                .withMessageContaining("password of ARI")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {">begins", "#begins", "ends\\", "semi;colon", "semi\\;colon;--x--;", "[x](+)", "a=b=>c", "\"q\""
            })
    @DisplayName("a password of odd characters comes out as it went in")
    void oddPasswords(String password) {
        RenderedConfig config = Samples.plain()
                .secrets(reference -> Secret.of(password))
                .trunk(Samples.registering("siproute", SERVER).build())
                .render();
        assertThat(ConfSections.of(config, "pjsip_secrets.conf")
                        .one("siproute", "auth")
                        .value("password"))
                .isEqualTo(password);
    }
}
