package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Capability;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.UnsupportedCapability;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioBuilderTest {
    private static final Secret TOKEN = Secret.of("token-that-must-not-show");

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingSecret() {
        TwilioBuilder wrong = TwilioProvider.at("pasted-secret", TOKEN)
                .id("Not An Id")
                .apiKey("pasted-key-secret", Secret.of("s3cret"))
                .region("evil.example.org/")
                .edge("x y")
                .baseUrl(URI.create("ftp://user:hidden@example.org/"))
                .baseUrl("Api!", URI.create("http://127.0.0.1:1"))
                .diallingClients("To&From", identity -> Optional.empty())
                .publicUrl(URI.create("https://my_host.example.org/x?y=1"))
                .deadlines(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(-1));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("provider id 'Not An Id'")
                .hasMessageContaining("account SID")
                .hasMessageContaining("API key")
                .hasMessageContaining("region is 'evil.example.org/'")
                .hasMessageContaining("edge is 'x y'")
                .hasMessageContaining("base URL is not")
                .hasMessageContaining("product 'Api!'")
                .hasMessageContaining("public URL is not")
                .hasMessageContaining("underscore")
                .hasMessageContaining("parameter of what clients dialled is 'To&From'")
                .hasMessageContaining("deadline to connect is PT0S")
                .hasMessageContaining("deadline of all is PT-1S")
                .hasMessageNotContaining("pasted")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining(TOKEN.reveal());
    }

    @Test
    void anAccountAndItsTokenAreEnough() {
        try (TwilioProvider twilio =
                TwilioProvider.at(WireMockTwilio.ACCOUNT, TOKEN).build()) {
            assertThat(twilio.id().value()).isEqualTo("twilio");
            assertThat(twilio.find(Account.class)).isPresent();
            assertThat(twilio.toString()).isEqualTo("TwilioProvider[twilio]");
            assertThat(twilio.client().settings().toString()).doesNotContain(TOKEN.reveal());
        }
    }

    @Test
    void whatTwilioCannotDoIsAbsent() {
        try (TwilioProvider twilio =
                TwilioProvider.at(WireMockTwilio.ACCOUNT, TOKEN).id("east").build()) {
            assertThat(twilio.find(Teleportation.class)).isEmpty();
            assertThatThrownBy(() -> twilio.require(Teleportation.class))
                    .isInstanceOf(UnsupportedCapability.class)
                    .hasMessageContaining("east")
                    .hasMessageContaining("Teleportation");
        }
    }

    @Test
    void itMayBeClosedTwice() {
        TwilioProvider twilio = TwilioProvider.at(WireMockTwilio.ACCOUNT, TOKEN).build();

        twilio.close();

        assertThatCode(twilio::close).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        ",        ,        api,       https://api.twilio.com",
        "ie1,     ,        api,       https://api.ie1.twilio.com",
        ",        dublin,  trunking,  https://trunking.dublin.us1.twilio.com",
        "au1,     sydney,  pricing,   https://pricing.sydney.au1.twilio.com",
    })
    void hostsFollowRegionAndEdge(String region, String edge, String product, URI expected) {
        TwilioHosts hosts = new TwilioHosts(region, edge, null, Map.of());

        assertThat(hosts.base(product)).isEqualTo(expected);
        assertThat(hosts.isTwilio(product, URI.create(expected + "/v1/x?y"))).isTrue();
    }

    @Test
    void aBaseOfOneProductGoesBeforeThatOfAll() {
        URI all = URI.create("http://127.0.0.1:1/all");
        URI one = URI.create("http://127.0.0.1:2");
        TwilioHosts hosts = new TwilioHosts(null, null, all, Map.of("pricing", one));

        assertThat(hosts.base("pricing")).isEqualTo(one);
        assertThat(hosts.base("api")).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.twilio.com/x",
                "https://api.twilio.com:8443/x",
                "https://user@api.twilio.com/x",
                "https://api.twilio.com.evil.example/x",
                "https://trunking.twilio.com/x",
                "https://evil.example/api.twilio.com",
                "/relative"
            })
    void whatOnlyLooksLikeTwilioIsNot(URI link) {
        assertThat(new TwilioHosts(null, null, null, Map.of()).isTwilio("api", link))
                .isFalse();
    }

    private interface Teleportation extends Capability {}
}
