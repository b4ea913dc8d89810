package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CompositeProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.trunk.TrunkControl;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsBuilderTest {
    private static final String USER = "telephony@example.org";
    private static final Secret PASSWORD = Secret.of("Password-that-must-not-show");

    @Test
    @DisplayName("all that is wrong is said at once, and nothing secret")
    void problems() {
        VoipMsBuilder wrong = VoipMsProvider.with(" ", PASSWORD)
                .id("Not An Id")
                .baseUrl(URI.create("ftp://user:hidden@example.org/"))
                .server("new york")
                .deadlines(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(-2))
                .writesWithin(Duration.ZERO);

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("provider id 'Not An Id'")
                .hasMessageContaining("username is blank")
                .hasMessageContaining("base URL is not")
                .hasMessageContaining("server is 'new york'")
                .hasMessageContaining("deadline to connect is PT0S")
                .hasMessageContaining("deadline of silence is PT-1S")
                .hasMessageContaining("deadline of a whole attempt is PT-2S")
                .hasMessageContaining("deadline of a write is PT0S")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining(PASSWORD.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://www.voip.ms/api/v1/rest.php", "https://WWW.VoIP.ms/api/v1/rest.php"})
    @DisplayName("the host that redirects, so that what is sent gets lost, is refused")
    void redirectingHost(String url) {
        assertThatThrownBy(() -> VoipMsProvider.with(USER, PASSWORD)
                        .baseUrl(URI.create(url))
                        .build())
                .hasMessageContaining("www.voip.ms")
                .hasMessageContaining("use voip.ms");
    }

    @Test
    @DisplayName("user and password are enough")
    void enough() {
        try (VoipMsProvider voipms = VoipMsProvider.with(USER, PASSWORD).build()) {
            assertThat(voipms.id().value()).isEqualTo("voipms");
            assertThat(voipms.find(Account.class)).isPresent();
            assertThat(voipms.toString()).isEqualTo("VoipMsProvider[voipms]");
        }
    }

    @Test
    @DisplayName("the settings show no password")
    void settings() {
        try (VoipMsClient client = VoipMsProvider.with(USER, PASSWORD).client()) {
            assertThat(client.settings().toString()).doesNotContain(PASSWORD.reveal());
        }
    }

    @Test
    @DisplayName("calls cannot be placed: the capability is absent, and asked for it is refused by name")
    void noCalls() {
        try (VoipMsProvider voipms =
                VoipMsProvider.with(USER, PASSWORD).id("east").build()) {
            assertThat(voipms.find(CallControl.class)).isEmpty();
            assertThatThrownBy(() -> voipms.require(CallControl.class))
                    .isInstanceOf(UnsupportedCapability.class)
                    .hasMessageContaining("east")
                    .hasMessageContaining("CallControl");
        }
    }

    @Test
    @DisplayName("joined with a provider that calls over its trunks, it calls; numbers and trunks stay its own")
    void composite() {
        VoipMsProvider voipms = VoipMsProvider.with(USER, PASSWORD).build();
        InMemoryProvider pbx = InMemoryProvider.answeredBy(
                        event -> CallFlow.start().hangUp())
                .id("pbx")
                .start();
        try (CompositeProvider both = CompositeProvider.of("both", voipms, pbx)) {
            assertThat(both.require(CallControl.class)).isSameAs(pbx.require(CallControl.class));
            assertThat(both.require(NumberInventory.class)).isSameAs(voipms.require(NumberInventory.class));
            assertThat(both.require(TrunkControl.class)).isSameAs(voipms.require(TrunkControl.class));
        }
    }

    @Test
    @DisplayName("what VoIP.ms cannot do is absent")
    void absent() {
        try (VoipMsProvider voipms = VoipMsProvider.with(USER, PASSWORD).build()) {
            assertThat(voipms.find(Teleportation.class)).isEmpty();
            assertThatThrownBy(() -> voipms.require(Teleportation.class)).isInstanceOf(UnsupportedCapability.class);
        }
    }

    @Test
    @DisplayName("it may be closed twice")
    void closedTwice() {
        VoipMsProvider voipms = VoipMsProvider.with(USER, PASSWORD).build();

        voipms.close();

        assertThatCode(voipms::close).doesNotThrowAnyException();
    }

    private interface Teleportation extends Capability {}
}
