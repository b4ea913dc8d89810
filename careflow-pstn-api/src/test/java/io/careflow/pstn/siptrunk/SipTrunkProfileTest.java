package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.siptrunk.TrunkMedia.Codec;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SipTrunkProfileTest {
    @Test
    @DisplayName("a profile of server, credentials and channels is enough, and a builder made of it gives it again")
    void enough() {
        SipTrunkProfile profile = Trunk.builder().build();
        assertThat(profile.name()).isEqualTo("siproute");
        assertThat(profile.media()).isEqualTo(TrunkMedia.USUAL);
        assertThat(profile.callerIds()).containsExactly(Trunk.OURS);
        assertThat(profile.toBuilder().build()).isEqualTo(profile);
    }

    @Test
    @DisplayName("all problems are told at once, each with its key")
    void allAtOnce() {
        SipTrunkBuilder builder = SipTrunkProfile.builder("Not An Id")
                .endpoint(SipEndpoint.of("nyc.voip.ms"))
                .auth(new TrunkAuth(
                        TrunkAuth.Mode.REGISTER,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofHours(2),
                        null,
                        List.of()))
                .capacity(TrunkCapacity.of(0))
                .number(Trunk.OURS)
                .number(Trunk.OURS);
        assertThatThrownBy(builder::build).isInstanceOfSatisfying(InvalidProfile.class, invalid -> {
            assertThat(invalid.problems())
                    .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                    .containsExactly(
                            "id",
                            "endpoints",
                            "auth.username",
                            "auth.secret",
                            "auth.registerExpiry",
                            "capacity.maxConcurrent",
                            "numbers");
            assertThat(invalid).hasMessageContaining("has 7 problems");
        });
    }

    @Test
    @DisplayName("an empty builder says what is missing")
    void nothing() {
        assertThatThrownBy(() -> SipTrunkProfile.builder("x").build())
                .hasMessageContaining("endpoints: are missing")
                .hasMessageContaining("auth.mode: is missing")
                .hasMessageContaining("capacity.maxConcurrent: is missing");
    }

    static Stream<Arguments> wrong() {
        IpRange us = IpRange.parse("192.0.2.10");
        return Stream.of(
                wrong("id: is", b -> SipTrunkProfile.builder("1st")),
                wrong("id: is", b -> SipTrunkProfile.builder("a-")),
                wrong("name: is blank", b -> b.name(" ")),
                wrong("name: is", b -> b.name("a\nb")),
                wrong("endpoints: are missing", b -> b.endpoints(List.of())),
                wrong(
                        "endpoints: SIP.carrier.example:5060 is there twice",
                        b -> b.endpoint(SipEndpoint.of("SIP.carrier.example"))),
                wrong(
                        "TLS on port 5060",
                        b -> b.endpoint(
                                SipEndpoint.of("a").over(SipTransport.TLS).port(5060))),
                wrong("UDP on port 5061", b -> b.endpoint(SipEndpoint.of("a").port(5061))),
                wrong("sources: 0.0.0.0/0", b -> b.source("0.0.0.0/0")),
                wrong("auth.localAddresses: are missing", b -> b.auth(TrunkAuth.ip(List.of()))),
                wrong(
                        "auth.techPrefix: is missing",
                        b -> b.auth(new TrunkAuth(
                                TrunkAuth.Mode.IP_WITH_TECH_PREFIX,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Duration.ofMinutes(5),
                                null,
                                List.of(us)))),
                wrong(
                        "auth.secret: is not used by IP",
                        b -> b.auth(new TrunkAuth(
                                TrunkAuth.Mode.IP,
                                null,
                                null,
                                new SecretRef("env:X"),
                                null,
                                null,
                                null,
                                null,
                                Duration.ofMinutes(5),
                                null,
                                List.of(us)))),
                wrong("auth.username: is", b -> b.auth(TrunkAuth.register("a;b", new SecretRef("env:X")))),
                wrong("auth.fromDomain: is", b -> b.auth(Trunk.REGISTER.from(null, "a b"))),
                wrong("auth.registrar: is", b -> b.auth(Trunk.REGISTER.registeringAt("a\"b", Duration.ofMinutes(5)))),
                wrong("media.codecs: are missing", b -> b.media(TrunkMedia.USUAL.codecs(new Codec[0]))),
                wrong("media.codecs: name one twice", b -> b.media(TrunkMedia.USUAL.codecs(Codec.PCMU, Codec.PCMU))),
                wrong(
                        "numbering.callerIds: +12125550100 is no number of the trunk",
                        b -> b.numbering(new TrunkNumbering(
                                NumberFormat.E164_PLUS,
                                "",
                                NumberFormat.E164_PLUS,
                                "",
                                NumberFormat.E164_PLUS,
                                CallerIdHeader.PAI,
                                Set.of(Trunk.FOREIGN),
                                false,
                                false))),
                wrong(
                        "numbering.callerIds: number +442071234567 cannot be written",
                        b -> b.numbering(TrunkNumbering.of(NumberFormat.NANP_10, CallerIdHeader.PAI)
                                .showing(Set.of(new PhoneNumber("+442071234567"))))),
                wrong(
                        "numbering.prefix: is",
                        b -> b.numbering(new TrunkNumbering(
                                NumberFormat.E164_PLUS,
                                "9,",
                                NumberFormat.E164_PLUS,
                                "",
                                NumberFormat.E164_PLUS,
                                CallerIdHeader.PAI,
                                Set.of(),
                                false,
                                false))),
                wrong(
                        "capacity.maxInbound: is 5",
                        b -> b.capacity(TrunkCapacity.of(4).directions(5, null))),
                wrong(
                        "capacity.maxOutbound: is -1",
                        b -> b.capacity(TrunkCapacity.of(4).directions(null, -1))),
                wrong(
                        "pricing.channels: are 3, but capacity.maxConcurrent is 4",
                        b -> b.pricing(TrunkPricing.flatPerChannel(Money.of("1", "USD"), 3, Set.of("1416"), Set.of()))),
                wrong(
                        "pricing.includedPrefixes: are missing",
                        b -> b.pricing(TrunkPricing.flatPerChannel(Money.of("1", "USD"), 4, Set.of(), Set.of()))),
                wrong(
                        "1416 is both included and excluded",
                        b -> b.pricing(
                                TrunkPricing.flatPerChannel(Money.of("1", "USD"), 4, Set.of("1416"), Set.of("1416")))),
                wrong(
                        "pricing.includedPrefixes: is '+1'",
                        b -> b.pricing(TrunkPricing.flatPerChannel(Money.of("1", "USD"), 4, Set.of("+1"), Set.of()))),
                wrong(
                        "pricing.monthlyPerChannel: is -1 USD",
                        b -> b.pricing(
                                TrunkPricing.flatPerChannel(Money.of("-1", "USD"), 4, Set.of("1416"), Set.of()))),
                wrong(
                        "pricing.rates: prefix 44 is there twice",
                        b -> b.pricing(TrunkPricing.metered(Currency.getInstance("USD"), List.of(rate(), rate())))),
                wrong(
                        "pricing.fairUseMinutesPerChannel",
                        b -> b.pricing(TrunkPricing.metered(Currency.getInstance("USD"), List.of(rate()))
                                .fairUse(3000))),
                wrong(
                        "numbers: monthly of +12125550100: is in EUR",
                        b -> b.pricing(Trunk.flat())
                                .number(new TrunkNumber(
                                        Trunk.FOREIGN, "", Set.of(), Money.of("1", "EUR"), null, null))),
                wrong(
                        "emergency.callerIds: +12125550100 of site 'hq'",
                        b -> b.emergency(new TrunkEmergency(true, Map.of("hq", Trunk.FOREIGN)))),
                wrong(
                        "emergency.callerIds: are there, but",
                        b -> b.emergency(new TrunkEmergency(false, Map.of("hq", Trunk.OURS)))),
                wrong(
                        "health.interval",
                        b -> b.health(new TrunkHealth(true, Duration.ofSeconds(1), Duration.ofSeconds(3)))),
                wrong(
                        "health.timeout",
                        b -> b.health(new TrunkHealth(true, Duration.ofSeconds(60), Duration.ofSeconds(31)))));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("what cannot work is refused")
    @MethodSource("wrong")
    void refused(String problem, UnaryOperator<SipTrunkBuilder> mistake) {
        assertThatThrownBy(() -> mistake.apply(Trunk.builder()).build())
                .isInstanceOf(InvalidProfile.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "env:", "env:1A", "file:relative", "ENV:A", "", "env:A B", "file:/a\nb"})
    @DisplayName("a literal password is refused, and not repeated")
    void literalSecret(String text) {
        assertThatThrownBy(() -> new SecretRef(text))
                .hasMessageContaining("env:NAME_OF_VARIABLE")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    @DisplayName("secrets are fetched from variables and files, and an absent one is told by its reference")
    void secrets(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pw"), "from-file\nmore\n");
        SecretSource source = new EnvironmentAndFiles(Map.of("PW", "from-env", "EMPTY", ""));
        assertThat(source.secret(new SecretRef("env:PW"))).isEqualTo(Secret.of("from-env"));
        assertThat(source.secret(new SecretRef("file:" + file))).isEqualTo(Secret.of("from-file"));
        for (String absent : List.of("env:NONE", "env:EMPTY", "file:/no/such/file")) {
            assertThatThrownBy(() -> source.secret(new SecretRef(absent)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(absent);
        }
    }

    @Test
    @DisplayName("what works but should be looked at is a warning")
    void warnings() {
        SipTrunkProfile plain = Trunk.builder()
                .sources(List.of())
                .numbers(List.of())
                .media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.REQUIRED))
                .build();
        assertThat(plain.warnings())
                .extracting(warning -> warning.substring(0, warning.indexOf(':')))
                .containsExactly("media.srtp", "emergency", "numbering.callerIds", "sources", "pricing");
        assertThat(Trunk.builder()
                        .pricing(TrunkPricing.flatPerChannel(Money.of("1", "USD"), 4, Set.of("1"), Set.of()))
                        .emergency(new TrunkEmergency(true, Map.of()))
                        .build()
                        .warnings())
                .extracting(warning -> warning.substring(0, warning.indexOf(':')))
                .containsExactly("emergency", "pricing.includedPrefixes");
    }

    private static Rate rate() {
        return Rate.builder("44").perMinute("0.01").increments(60, 60).build();
    }

    private static Arguments wrong(String problem, UnaryOperator<SipTrunkBuilder> mistake) {
        return Arguments.of(problem, Named.of("mistake", mistake));
    }
}
