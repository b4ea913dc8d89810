package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trunk of Telnyx cannot do is refused before anything is sent; what it can is made in {@link TelnyxTrunksTest}. */
class TrunkShapeTest extends WireMockTelnyx {
    private static final TrunkRequest BARE = TrunkRequest.trunk(new CommandId("t-1"), "clinic");
    private static final SipEndpoint NAMED = SipEndpoint.of("sip.example.org");
    private static final SipCredential CREDENTIAL = new SipCredential("pbx1", Secret.of("Str0ng-enough-to-keep"));
    private static final IpRange ADDRESS = IpRange.parse("192.0.2.12");

    static Stream<Arguments> refused() {
        URI url = URI.create("https://app.example.org/voice");
        return Stream.of(
                Arguments.of("a DOMAIN", TrunkRequest.domain(new CommandId("t-1"), "clinic", url), "CallApplication"),
                Arguments.of("ranges", BARE.allowing(IpRange.parse("192.0.2.0/28")), "/32"),
                Arguments.of(
                        "two credentials", BARE.provenBy(CREDENTIAL).provenBy(new SipCredential("pbx2", null)), "one"),
                Arguments.of("both proofs", BARE.provenBy(CREDENTIAL).allowing(ADDRESS), "a credential, or addresses"),
                Arguments.of(
                        "a credential for addresses",
                        BARE.to(SipEndpoint.of("192.0.2.10")).provenBy(CREDENTIAL),
                        "servers with names"),
                Arguments.of("names and addresses", BARE.to(NAMED).to(SipEndpoint.of("192.0.2.10")), "names only"),
                Arguments.of(
                        "two transports",
                        BARE.to(NAMED).to(NAMED.over(SipTransport.TCP).ranked(20, 10)),
                        "one transport"),
                Arguments.of("weights", BARE.to(NAMED).to(NAMED.port(5070).ranked(10, 20)), "one priority and weight"),
                Arguments.of("registration", BARE.to(NAMED).secured(false, true), "without"),
                Arguments.of("everywhere", BARE.within(new TrunkLimits(null, null, null, 3)), "countries"),
                Arguments.of(
                        "euros", BARE.within(TrunkLimits.countries("CA").spendingDaily(Money.of("5", "EUR"))), "USD"),
                Arguments.of("a vendor's option", BARE.with(new Option<>("twilio.thing", String.class), "x"), "codecs"),
                Arguments.of(
                        "a region for devices",
                        BARE.with(TelnyxOptions.SIP_REGION, "Europe"),
                        "registering at the region's host"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedBeforeAnythingIsSent(String what, TrunkRequest request, String instead) {
        PstnException failure = failureOf(request);

        assertThat(failure).as(what).isInstanceOf(UnsupportedFeature.class).hasMessageContaining(instead);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent()).isEmpty();
    }

    /** The papers say that SRTP cannot be set where the transport is TLS. */
    @Test
    void tlsAndSrtpTogetherAreRefusedForServersOfOursAndNotHalfKept() {
        TrunkRequest secure =
                BARE.to(NAMED.over(SipTransport.TLS)).allowing(ADDRESS).secured(true, false);

        assertThat(failureOf(secure)).isInstanceOf(UnsupportedFeature.class).hasMessageContaining("SRTP");
        assertThat(sent()).isEmpty();
    }

    @Test
    void fourServersAreMoreThanTelnyxTries() {
        TrunkRequest request = BARE.allowing(ADDRESS);
        for (int i = 1; i <= 4; i++) {
            request = request.to(SipEndpoint.of("sip" + i + ".example.org").ranked(i, 10));
        }

        assertThat(failureOf(request)).isInstanceOf(UnsupportedFeature.class).hasMessageContaining("at most 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "pbx-1", "pbx.one"})
    void aUserThatTelnyxDoesNotTakeIsRefused(String user) {
        assertThat(failureOf(BARE.provenBy(new SipCredential(user, null)))).isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aShortPasswordIsRefusedAndNotQuoted() {
        PstnException failure = failureOf(BARE.provenBy(new SipCredential("pbx1", Secret.of("short1Xy"))));

        assertThat(failure).isInstanceOf(InvalidRequest.class).hasMessageNotContaining("short1Xy");
        assertThat(sent()).isEmpty();
    }

    /** Connections say G711U where calls say PCMU. */
    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "G711U,PCMA", "g722"})
    void codecNamesOfCallsAreNotThoseOfConnections(String codecs) {
        assertThat(failureOf(BARE.with(TelnyxOptions.CODECS, codecs)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("telnyx.codecs");
    }

    @Test
    void placesAndRegionsThatTelnyxDoesNotKnowAreRefused() {
        assertThat(failureOf(BARE.with(TelnyxOptions.ANCHORSITE, "Mars"))).isInstanceOf(InvalidRequest.class);
        assertThat(failureOf(BARE.to(NAMED).with(TelnyxOptions.SIP_REGION, "Mars")))
                .isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void limitsThatTelnyxCannotKeepToAreNotSetLater() {
        TrunkRef trunk = new TrunkRef(telnyx.id(), "1");
        TrunkLimits everywhere = new TrunkLimits(null, Money.of("5", "USD"), null, null);

        PstnException failure = catchThrowableOfType(
                PstnException.class, () -> telnyx.require(TrunkControl.class).limit(trunk, everywhere));

        assertThat(failure).isInstanceOf(UnsupportedFeature.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void trunksAreTheOnlyKind() {
        assertThat(telnyx.require(TrunkControl.class).kinds()).isEqualTo(Set.of(TrunkKind.TRUNK));
    }

    private PstnException failureOf(TrunkRequest request) {
        return catchThrowableOfType(
                PstnException.class, () -> telnyx.require(TrunkControl.class).create(request));
    }
}
