package io.careflow.pstn.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumberValuesTest {
    private static final PhoneNumber NUMBER = new PhoneNumber("+18195550100");
    private static final URI URL = URI.create("https://example.org/voice");

    @Test
    @DisplayName("users and passwords in URLs are not shown")
    void userInfo() {
        URI signed = URI.create("https://desk:pa55@example.org/voice?a=b");
        NumberAtCarrier owned = new NumberAtCarrier(
                NUMBER, "PN1", "desk", NumberAtCarrier.Status.ACTIVE, "in-use", Set.of(), signed, signed, null);
        NumberSettings settings = NumberSettings.NONE
                .voice(signed)
                .voiceFallback(signed)
                .status(signed)
                .messages(signed)
                .with(new Option<>("acme.hook", URI.class), signed);
        for (Object shown :
                new Object[] {owned, settings, new NumberOrder(new CommandId("c"), TenantId.DEFAULT, NUMBER, settings)
                }) {
            assertThat(shown.toString())
                    .doesNotContain("desk:", "pa55")
                    .contains("voiceUrl=https://...@example.org/voice?a=b", "messageUrl=https://...@example.org");
        }
        assertThat(owned.toString()).contains("NumberAtCarrier[number=+18195550100, id=PN1, label=desk");
        assertThat(settings.toString())
                .contains("voiceFallbackUrl=https://...@", "statusUrl=https://...@", "trunkId=null")
                .contains("=https://...@example.org/voice?a=b}");
    }

    @Test
    @DisplayName("a query names a country, a kind, and filters in the form that carriers take")
    void query() {
        NumberQuery query = NumberQuery.local("CA")
                .inArea("819")
                .matching("555*1")
                .in("Gatineau")
                .with(NumberFeature.SMS)
                .with(NumberFeature.VOICE)
                .atMost(1000);
        assertThat(query)
                .isEqualTo(new NumberQuery(
                        "CA",
                        NumberKind.LOCAL,
                        "819",
                        "555*1",
                        "Gatineau",
                        Set.of(NumberFeature.VOICE, NumberFeature.SMS),
                        1000));
        assertThat(NumberQuery.of("US", NumberKind.TOLL_FREE).limit()).isEqualTo(20);
    }

    @Test
    @DisplayName("a query that no carrier understands is refused, saying what is allowed")
    void badQuery() {
        NumberQuery query = NumberQuery.local("CA");
        refused(() -> NumberQuery.local("Canada"), "country", "'Canada'", "such as CA");
        refused(() -> NumberQuery.local("ca"), "country", "'ca'");
        refused(() -> NumberQuery.of("CA", NumberKind.OTHER), "kind is OTHER", "LOCAL, MOBILE, TOLL_FREE and NATIONAL");
        refused(() -> query.inArea("+1819"), "area code", "'+1819'", "1 to 6 digits");
        refused(() -> query.inArea(""), "area code");
        refused(() -> query.inArea("1234567"), "area code");
        refused(() -> query.matching("5"), "pattern", "'5'", "2 to 16 of 0-9 and *");
        refused(() -> query.matching("CARE"), "pattern", "'CARE'");
        refused(() -> query.in(" "), "locality", "blank");
        refused(() -> query.atMost(0), "limit is 0", "1 to 1000");
        refused(() -> query.atMost(1001), "limit is 1001");
    }

    @Test
    @DisplayName("features of a query do not change afterwards")
    void features() {
        EnumSet<NumberFeature> features = EnumSet.of(NumberFeature.FAX);
        NumberQuery query = new NumberQuery("CA", NumberKind.LOCAL, null, null, null, features, 1);
        features.add(NumberFeature.MMS);
        assertThat(query.features()).containsExactly(NumberFeature.FAX);
    }

    @Test
    @DisplayName("calls go to a URL or a trunk; the later one wins, both at once are refused")
    void voiceOrTrunk() {
        assertThat(NumberSettings.NONE.voice(URL).trunk("t-1").voiceUrl()).isNull();
        assertThat(NumberSettings.NONE.trunk("t-1").voice(URL).trunkId()).isNull();
        refused(
                () -> new NumberSettings(null, URL, null, null, null, "t-1", NumberSettings.NONE.options()),
                "a voice URL or a trunk, not both");
    }

    @Test
    @DisplayName("settings take web URLs with a host, and trunks with an id")
    void badSettings() {
        URI sip = URI.create("sip:1001@example.org");
        URI relative = URI.create("/voice");
        refused(() -> NumberSettings.NONE.voice(sip), "voice URL", "'sip'", "https and http");
        refused(() -> NumberSettings.NONE.voiceFallback(sip), "voice fallback URL", "'sip'");
        refused(() -> NumberSettings.NONE.status(relative), "status URL", "https and http");
        refused(() -> NumberSettings.NONE.messages(sip), "message URL");
        refused(() -> NumberSettings.NONE.voice(URI.create("https:voice")), "voice URL", "no host");
        refused(() -> NumberSettings.NONE.trunk(" "), "trunk id", "blank");
    }

    @Test
    @DisplayName("each derived setting keeps the others")
    void derived() {
        Option<Integer> option = new Option<>("vendor.setting", Integer.class);
        URI other = URI.create("http://localhost:8080/messages");
        NumberSettings settings = NumberSettings.NONE
                .labelled("Front desk")
                .voiceFallback(URL)
                .status(URL)
                .messages(other)
                .with(option, 7)
                .voice(URL);
        assertThat(settings).isEqualTo(new NumberSettings("Front desk", URL, URL, URL, other, null, Map.of(option, 7)));
    }

    @Test
    @DisplayName("what was found is what is ordered")
    void order() {
        AvailableNumber found = new AvailableNumber(
                NUMBER,
                NumberKind.LOCAL,
                "local",
                "CA",
                null,
                null,
                Set.of(NumberFeature.VOICE),
                NumberPrice.UNKNOWN,
                false);
        NumberSettings settings = NumberSettings.NONE.voice(URL);
        NumberOrder order =
                NumberOrder.of(new CommandId("buy"), found).settingUp(settings).forTenant(new TenantId("clinic"));
        assertThat(order).isEqualTo(new NumberOrder(new CommandId("buy"), new TenantId("clinic"), NUMBER, settings));
    }

    @Test
    @DisplayName("an unknown price is not zero, and none is negative")
    void price() {
        assertThat(NumberPrice.UNKNOWN.monthly()).isNull();
        assertThat(NumberPrice.monthly(Money.of("0", "USD")).setup()).isNull();
        refused(() -> NumberPrice.monthly(Money.of("-1", "USD")), "monthly price is -1 USD", "without a sign");
        refused(() -> new NumberPrice(Money.of("-0.5", "USD"), null), "setup price is -0.5 USD");
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }
}
