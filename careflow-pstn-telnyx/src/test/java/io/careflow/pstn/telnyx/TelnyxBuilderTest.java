package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelnyxBuilderTest {
    private static final Secret KEY = Secret.of("KEY-that-must-not-show");

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingSecret() {
        TelnyxBuilder wrong = TelnyxProvider.with(KEY)
                .id("Not An Id")
                .baseUrl(URI.create("ftp://user:hidden@example.org/"))
                .publicUrl(URI.create("https://example.org/x?y=pasted"))
                .connection("my app")
                .publicKey("not base64 pasted")
                .messagingProfile("pasted profile")
                .sipDomain("sip domain")
                .deadlines(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(1));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("provider id 'Not An Id'")
                .hasMessageContaining("base URL is not")
                .hasMessageContaining("public URL is not")
                .hasMessageContaining("connection is not the number")
                .hasMessageContaining("public key is not Base64 of the 32 bytes")
                .hasMessageContaining("messaging profile is not")
                .hasMessageContaining("SIP domain is 'sip domain'")
                .hasMessageContaining("deadline to connect is PT0S")
                .hasMessageContaining("deadline of silence is PT-1S")
                .hasMessageContaining("at most PT15S")
                .hasMessageNotContaining("pasted")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining(KEY.reveal());
    }

    @Test
    void aKeyIsEnough() {
        try (TelnyxProvider telnyx = TelnyxProvider.with(KEY).build()) {
            assertThat(telnyx.id().value()).isEqualTo("telnyx");
            assertThat(telnyx.find(Account.class)).isPresent();
            assertThat(telnyx.toString()).isEqualTo("TelnyxProvider[telnyx]");
        }
    }

    @Test
    void callsAreNotPlacedWhereNobodyWouldRunTheirFlow() {
        CallRequest request = CallRequest.of(
                new CommandId("c-1"),
                new PhoneNumber("+18195550100"),
                Destination.number(new PhoneNumber("+14165550199")),
                CallFlow.start().hangUp());
        try (TelnyxProvider deaf = TelnyxProvider.with(KEY)
                        .connection("1293384261075731499")
                        .build();
                TelnyxProvider hearing = TelnyxProvider.with(KEY)
                        .connection("1293384261075731499")
                        .publicKey(Signing.PUBLIC_KEY)
                        .build()) {
            assertThatThrownBy(() -> deaf.require(CallControl.class).check(request))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("webhooks nobody takes")
                    .hasMessageContaining("publicKey");
            assertThatCode(() -> hearing.require(CallControl.class).check(request))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aKeyThatNoHeaderMayHoldIsRefusedWithoutShowingIt() {
        TelnyxBuilder wrong = TelnyxProvider.with(Secret.of("KEY\nfrom-a-file"));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("from-a-file");
    }

    @Test
    void theSettingsShowNoKey() {
        try (TelnyxClient client = TelnyxProvider.with(KEY).client()) {
            assertThat(client.settings().toString()).doesNotContain(KEY.reveal());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "3NU1LFJoqwzNsDOuF7pkZzDjzKPzBSVVeCDOBxdHc3U="})
    void publicKeysAreBase64Of32Bytes(String key) {
        assertThatCode(() -> TelnyxProvider.with(KEY).publicKey(key).build().close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMQ==",
                "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
                "KEY0123",
                ""
            })
    void anythingElseIsNoPublicKey(String key) {
        assertThatThrownBy(() -> TelnyxProvider.with(KEY).publicKey(key).build())
                .hasMessageContaining("public key is not Base64 of the 32 bytes");
    }

    @Test
    void whatTelnyxCannotDoIsAbsent() {
        try (TelnyxProvider telnyx = TelnyxProvider.with(KEY).id("east").build()) {
            assertThat(telnyx.find(Teleportation.class)).isEmpty();
            assertThatThrownBy(() -> telnyx.require(Teleportation.class))
                    .isInstanceOf(UnsupportedCapability.class)
                    .hasMessageContaining("east")
                    .hasMessageContaining("Teleportation");
        }
    }

    @Test
    void itMayBeClosedTwice() {
        TelnyxProvider telnyx = TelnyxProvider.with(KEY).build();

        telnyx.close();

        assertThatCode(telnyx::close).doesNotThrowAnyException();
    }

    private interface Teleportation extends Capability {}
}
