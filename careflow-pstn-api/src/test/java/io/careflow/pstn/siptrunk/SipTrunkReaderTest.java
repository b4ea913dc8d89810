package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SipTrunkReaderTest {
    private static final String EVERYTHING = """
            id=siproute
            name=SIPRoute flat
            brand=SIPROUTE
            endpoints.0.host=sip1.carrier.example
            endpoints.1.host=sip2.carrier.example
            endpoints.1.transport=tls
            endpoints.1.priority=20
            outboundProxy.host=proxy.example
            sources=192.0.2.0/24, 198.51.100.7
            auth.mode=register
            auth.username=100000_pbx
            auth.secret=env:SIPROUTE_PASSWORD
            auth.realm=carrier.example
            auth.fromUser=100000_pbx
            auth.registerExpiry=300
            media.codecs=pcmu,g722
            media.dtmf=info
            media.srtp=optional
            media.rtpPorts.first=10000
            media.rtpPorts.last=20000
            numbering.dial=nanp-10-plus-011-intl
            numbering.inbound=NANP_10
            numbering.callerId=NANP_10
            numbering.callerIdHeader=rpid
            numbering.foreignCallerIds=true
            numbering.callerIds=+14165550100,+12125550100
            capacity.maxConcurrent=4
            capacity.maxInbound=2
            capacity.overflow=BURST_METERED
            pricing.model=FLAT_PER_CHANNEL
            pricing.currency=USD
            pricing.monthlyPerChannel=24.99
            pricing.channels=4
            pricing.includedPrefixes=1
            pricing.excludedPrefixes=1900,1876
            pricing.fairUseMinutesPerChannel=3000
            pricing.effectiveFrom=2026-01-01T00:00:00Z
            pricing.rates.0.prefix=1876
            pricing.rates.0.perMinute=0.30
            pricing.rates.0.increment=60
            numbers.0.e164=+14165550100
            numbers.0.label=Clinic
            numbers.0.features=VOICE,FAX
            numbers.0.monthlyCost=1.50
            numbers.0.emergencyAddress=1 Main St
            emergency.supported=true
            emergency.callerIds.hq=+14165550100
            health.interval=PT2M
            """;

    private final SipTrunkReader reader = new SipTrunkReader();

    @Test
    @DisplayName("what follows from a value that cannot be read is not told as well")
    void noFollowOn() {
        assertThatThrownBy(() -> reader.read(
                        properties(EVERYTHING.replace("pricing.model=FLAT_PER_CHANNEL", "pricing.model=FLAT"))))
                .isInstanceOfSatisfying(
                        InvalidProfile.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .startsWith("pricing.model: is 'FLAT'"));
        assertThatThrownBy(() -> reader.read(
                        properties(EVERYTHING.replace("capacity.maxConcurrent=4", "capacity.maxConcurrent=..."))))
                .isInstanceOfSatisfying(
                        InvalidProfile.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly("capacity.maxConcurrent: is '...'; expected a whole number"));
    }

    @Test
    @DisplayName("an amount without a currency is not said to be unreadable")
    void noCurrency() {
        assertThatThrownBy(() -> reader.read(properties(EVERYTHING.replace("pricing.currency=USD\n", ""))))
                .isInstanceOfSatisfying(
                        InvalidProfile.class,
                        refused -> assertThat(refused.problems())
                                .contains("pricing.monthlyPerChannel: is an amount without a currency; name that as"
                                        + " pricing.currency")
                                .noneMatch(problem -> problem.contains("expected an amount")));
    }

    @Test
    @DisplayName("what stands in a template to be filled in is no value")
    void template() {
        assertThatThrownBy(() -> reader.read(properties(EVERYTHING
                                .replace("id=siproute\n", "id=\n")
                                .replace("auth.username=100000_pbx", "auth.username=...")
                        + "\npricing.source=contract of ...")))
                .isInstanceOfSatisfying(
                        InvalidProfile.class,
                        refused -> assertThat(refused.problems())
                                .anyMatch(problem -> problem.startsWith("id: is missing"))
                                .anyMatch(problem -> problem.startsWith("auth.username: is '...'"))
                                .anyMatch(problem -> problem.startsWith("pricing.source: is 'contract of ...'"))
                                .hasSize(3));
    }

    @Test
    @DisplayName("every part of a profile is read")
    void everything() throws IOException {
        SipTrunkProfile profile = reader.read(properties(EVERYTHING));

        assertThat(profile.name()).isEqualTo("SIPRoute flat");
        assertThat(profile.endpoints())
                .containsExactly(
                        SipEndpoint.of("sip1.carrier.example"),
                        SipEndpoint.of("sip2.carrier.example")
                                .over(SipTransport.TLS)
                                .ranked(20, 10));
        assertThat(profile.outboundProxy()).isEqualTo(SipEndpoint.of("proxy.example"));
        assertThat(profile.sources()).containsExactly(IpRange.parse("192.0.2.0/24"), IpRange.parse("198.51.100.7"));
        assertThat(profile.auth().secret()).isEqualTo(new SecretRef("env:SIPROUTE_PASSWORD"));
        assertThat(profile.auth().registerExpiry()).isEqualTo(Duration.ofMinutes(5));
        assertThat(profile.media().codecs()).containsExactly(TrunkMedia.Codec.PCMU, TrunkMedia.Codec.G722);
        assertThat(profile.media().rtpPorts()).hasToString("10000-20000");
        assertThat(profile.numbering().dial()).isEqualTo(NumberFormat.NANP_10_PLUS_011_INTL);
        assertThat(profile.callerIds()).contains(new PhoneNumber("+12125550100"));
        assertThat(profile.capacity().maxInbound()).isEqualTo(2);
        assertThat(profile.pricing().monthlyPerChannel()).isEqualTo(Money.of("24.99", "USD"));
        assertThat(profile.pricing().effectiveFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(profile.pricing().rates()).singleElement().hasToString("1876: 0.3/min 60/60");
        assertThat(profile.numbers().get(0).features()).isEqualTo(Set.of(NumberFeature.VOICE, NumberFeature.FAX));
        assertThat(profile.numbers().get(0).monthly()).isEqualTo(Money.of("1.5", "USD"));
        assertThat(profile.emergency().callerIds()).containsEntry("hq", new PhoneNumber("+14165550100"));
        assertThat(profile.health().interval()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    @DisplayName("all problems are told at once: what cannot be read, is missing, contradicts itself or is not known")
    void allAtOnce() throws IOException {
        Properties properties = properties(EVERYTHING);
        properties.setProperty("endpoints.0.port", "many");
        properties.setProperty("auth.mode", "telepathy");
        properties.setProperty("auth.secret", "hunter2");
        properties.setProperty("media.codecs", "pcmu,morse");
        properties.setProperty("capacity.maxConcurrent", "3");
        properties.setProperty("pricing.rates.0.perMinute", "-1");
        properties.setProperty("numbers.1.label", "no number");
        properties.setProperty("numbers.0.e164", "416-555-0100");
        properties.setProperty("capacity.maxConcurent", "4");
        properties.setProperty("health.optionsPing", "yes");

        assertThatThrownBy(() -> reader.read(properties)).isInstanceOfSatisfying(InvalidProfile.class, invalid -> {
            assertThat(invalid.problems())
                    .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                    .contains(
                            "endpoints.0.port",
                            "auth.mode",
                            "auth.secret",
                            "media.codecs",
                            "pricing.channels",
                            "pricing.rates.0",
                            "numbers.1.e164",
                            "numbers.0.e164",
                            "capacity.maxConcurent",
                            "health.optionsPing");
            assertThat(invalid).hasMessageNotContaining("hunter2").hasMessageContaining("'morse'");
        });
    }

    @Test
    @DisplayName("nothing at all is told as what is missing, each thing once")
    void nothing() {
        assertThatThrownBy(() -> reader.read(Map.of()))
                .isInstanceOfSatisfying(
                        InvalidProfile.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                                .containsExactly("id", "name", "endpoints", "auth.mode", "capacity.maxConcurrent"));
    }

    @Test
    @DisplayName("a preset is where the file begins, and the file may say otherwise")
    void preset() {
        Map<String, String> values = new HashMap<>(Map.of(
                "id", "vms",
                "preset", "voipms",
                "preset.server", "newyork1",
                "auth.mode", "REGISTER",
                "auth.username", "100000_pbx",
                "auth.secret", "file:/run/secrets/voipms",
                "capacity.maxConcurrent", "10",
                "media.codecs", "PCMU"));
        SipTrunkProfile profile = reader.read(values);
        assertThat(profile.endpoints()).containsExactly(SipEndpoint.of("newyork1.voip.ms"));
        assertThat(profile.numbering().dial()).isEqualTo(NumberFormat.NANP_10_PLUS_011_INTL);
        assertThat(profile.media().codecs()).containsExactly(TrunkMedia.Codec.PCMU);

        values.put("preset", "siproute");
        assertThatThrownBy(() -> reader.read(values))
                .hasMessageContaining("preset: preset is 'siproute'; allowed are generic, voipms");
        values.put("preset", "voipms");
        values.put("preset.server", "nYC.voip.ms");
        assertThatThrownBy(() -> reader.read(values)).hasMessageContaining("expected one of VoIP.ms");
        values.put("preset.server", "nyc");
        assertThatThrownBy(() -> reader.read(values)).hasMessageContaining("nyc.voip.ms is no SIP server of VoIP.ms");
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }
}
