package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.Continuation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is written down of calls")
class CallTextsTest {
    private static final CallRef CALL = new CallRef(new ProviderId("asterisk"), "c1");
    private static final CallState STATE = new CallState(
            Direction.OUTBOUND,
            Instant.ofEpochMilli(1_700_000_000_123L),
            new Party("+18195550100", "Ann & Bob = 100 %^"),
            Party.of("+14165550100"),
            Instant.ofEpochMilli(1_700_000_003_000L),
            CallNote.NONE
                    .withOrigin(new TenantId("clinic"), "telnyx")
                    .withUser("u1")
                    .withTrust(new CallerTrust(
                            CallerTrust.Level.FAILED,
                            Attestation.GATEWAY,
                            "6e4d8c1a-3b0e-4d1c-9d55-21a8d1e3a1f7",
                            CallerTrust.Source.IDENTITY_HEADER,
                            "a ^ & = % of it",
                            "C")),
            new Continuation("rung", Map.of("a", "1&2")),
            CallOrigin.UNKNOWN,
            Duration.ofMillis(90_500),
            SipAddress.parse("sip:1001"),
            new CommandId("callback&7=%^"));

    @Test
    @DisplayName("what was written is read back")
    void roundTrip() {
        assertThat(CallState.decode(STATE.encode())).contains(STATE);
        assertThat(EndRecord.parse("c1^1700000009000^16^ANSWER^1700000003000^" + STATE.encode() + "^c1^c1"))
                .contains(new EndRecord(
                        "c1",
                        Instant.ofEpochMilli(1_700_000_009_000L),
                        16,
                        "ANSWER",
                        STATE.pickedUp(),
                        STATE,
                        ReleasedBy.CALLEE));
    }

    @Test
    @DisplayName("a placed call tells its command also to a successor; a text of before tells none")
    void command() {
        OutboundCall told = (OutboundCall) STATE.beginning(CALL);
        assertThat(told.command()).isEqualTo(new CommandId("callback&7=%^"));
        String before = STATE.encode().replaceFirst("&q=[^&]*", "");
        assertThat(CallState.decode(before).orElseThrow().beginning(CALL))
                .isInstanceOfSatisfying(
                        OutboundCall.class, call -> assertThat(call.command()).isNull());
    }

    @Test
    @DisplayName("who takes a call over knows how long those who talk may")
    void limitOfADial() {
        String before = "3^" + STATE.encode();
        assertThat(ChannelVariable.parse(before).orElseThrow().longest()).isNull();
        assertThat(ChannelVariable.parse(before + "^30^7000^+1^u:1001").orElseThrow())
                .isEqualTo(new ChannelVariable(3, STATE.encode(), Duration.ofSeconds(7), List.of("u:1001")));
        assertThat(ChannelVariable.parse(before + "^30^7000:5000^^u:1001")
                        .orElseThrow()
                        .longest())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(ChannelVariable.parse(before + "^30^soon^^u:1001")).isEmpty();
    }

    @Test
    @DisplayName("a label loses what could end the quotes of a display name, and nothing else")
    void label() {
        assertThat(DialVariables.harmless("Dr. M\u00fcller & Fils, 2")).isEqualTo("Dr. M\u00fcller & Fils, 2");
        assertThat(DialVariables.harmless(" a\" <sip:x@y>;tag=1 \\ \u2028b\u202e "))
                .isEqualTo("a sip:x@y ;tag=1 b");
        assertThat(DialVariables.harmless("\"<>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=1",
                "v=1&f=%zz",
                "v=1&f=%",
                "v=1&w=INBOUND&s=1&n=%4",
                "v=2&f=%zz",
                "v=1&w=SIDEWAYS&s=1",
                "v=1&w=INBOUND&s=soon",
                "v=1&w=OUTBOUND&s=1&d=",
                "v=1&w=OUTBOUND&s=1&d=%2Bnumber",
                "v=1&w=INBOUND&s=1&e=",
                "v=1&w=INBOUND&s=1&o=WELL",
                "v=1&w=INBOUND&s=1&p=later",
            })
    @DisplayName("a damaged state is none, and so is an end that holds one")
    void damaged(String text) {
        assertThat(CallState.decode(text)).isEmpty();
        assertThat(EndRecord.parse("c1^1^16^^^" + text + "^^")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "^^^^^^^", "^1^16^^^STATE^^", "c1^^16^^^STATE^^", "c1^1^x^^^STATE^^", "c1^1^1^^x^STATE^^"})
    @DisplayName("a damaged end is none")
    void damagedEnd(String text) {
        assertThat(EndRecord.parse(text.replace("STATE", STATE.encode()))).isEmpty();
    }

    @Test
    @DisplayName("whatever becomes of a text, reading it never throws, and what is read can begin a call")
    void anyDamage() {
        Random random = new Random(20261122);
        String end = "c1^1700000009000^16^ANSWER^1700000003000^" + STATE.encode() + "^c1^c1";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(end);
            for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
                text.setCharAt(random.nextInt(text.length()), "%^&=+-09az\u00e9 ".charAt(random.nextInt(12)));
            }
            text.setLength(random.nextInt(4) == 0 ? random.nextInt(text.length()) : text.length());
            assertThatCode(() -> EndRecord.parse(text.toString())
                            .ifPresent(read ->
                                    assertThat(read.state().beginning(CALL)).isNotNull()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }
}
