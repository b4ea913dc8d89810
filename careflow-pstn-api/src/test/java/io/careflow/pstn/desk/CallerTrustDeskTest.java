package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.call.CallerTrust.Source;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.Reject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Whether the caller's number is the caller's")
class CallerTrustDeskTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final TenantId CLINIC = new TenantId("clinic");
    private static final String MAIN = "+18195550100";
    private static final String PERSONAL = "+18195550101";
    private static final User ANNA =
            new User("anna", CLINIC, CareFlowId.parse("0001"), "Anna", List.of(Destination.sip("sip:1001")), false);

    private final List<RuntimeException> failures = new ArrayList<>();
    private final InboundDesk plain = new InboundDesk(
            new OneUser(), InboundPrompts.english(), InboundSettings.defaults(), (event, e) -> failures.add(e));

    @Test
    @DisplayName("a desk that was not asked to look notes nothing and labels nothing")
    void plain() {
        CallFlow flow = plain.next(arrived(PERSONAL, "Bank"));
        assertThat(flow.note().trust()).isNull();
        assertThat(dial(flow).label()).isNull();
    }

    @Test
    @DisplayName("what was found is noted, and a call that is allowed rings as it is")
    void noted() {
        CallFlow flow = desk(Level.VERIFIED_FULL, CallerTrustPolicy.standard()).next(arrived(PERSONAL, "Bank"));
        assertThat(flow.note().trust()).isEqualTo(trust(Level.VERIFIED_FULL));
        assertThat(flow.note().userId()).isEqualTo("anna");
        assertThat(dial(flow).label()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Bank, [not verified] Bank", ", [not verified]", "'a\u0007b', '[not verified] a b'"})
    @DisplayName("a forged number is labelled before the name that came with it")
    void labelled(@Nullable String name, String shown) {
        CallFlow flow = desk(Level.FAILED, CallerTrustPolicy.standard()).next(arrived(PERSONAL, name));
        assertThat(dial(flow).label()).isEqualTo(shown);
    }

    @Test
    @DisplayName("the label stands whole, however long the name")
    void longName() {
        CallFlow flow = desk(Level.FAILED, CallerTrustPolicy.standard()).next(arrived(PERSONAL, "x".repeat(200)));
        assertThat(dial(flow).label()).hasSize(64).startsWith("[not verified] xxx");
    }

    @Test
    @DisplayName("the label goes through the menu, and through a wrong ID")
    void menu() {
        InboundDesk desk = desk(Level.FAILED, CallerTrustPolicy.standard());
        CallFlow asked = desk.next(arrived(MAIN, "Bank"));
        assertThat(asked.note().trust()).isEqualTo(trust(Level.FAILED));
        CallFlow again = desk.next(typed(asked, "7777"));
        assertThat(dial(desk.next(typed(again, "0001"))).label()).isEqualTo("[not verified] Bank");
    }

    @Test
    @DisplayName("a call may be refused, and its record says so")
    void refused() {
        CallFlow flow = desk(Level.ABSENT, CallerTrustPolicy.allowing().rejecting(Level.ABSENT, Reject.Reason.BUSY))
                .next(arrived(MAIN, null));
        assertThat(flow.ending()).isEqualTo(new Reject(Reject.Reason.BUSY));
        assertThat(flow.note().outcome()).isEqualTo(Disposition.DENIED);
        assertThat(flow.note().trust()).isEqualTo(trust(Level.ABSENT));
        assertThat(flow.note().tenant()).isEqualTo(CLINIC);
    }

    @Test
    @DisplayName("a number that is not ours is not looked at")
    void notOurs() {
        InboundDesk desk = plain.trusting(
                call -> {
                    throw new IllegalStateException("asked");
                },
                CallerTrustPolicy.standard());
        assertThat(desk.next(arrived("+18195550199", null)).note().trust()).isNull();
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("a check that throws leaves the number unverified, and is told")
    void broken() {
        InboundDesk desk = plain.trusting(
                call -> {
                    throw new IllegalStateException("secret");
                },
                CallerTrustPolicy.standard().rejecting(Level.UNVERIFIED, Reject.Reason.DECLINED));
        CallFlow flow = desk.next(arrived(PERSONAL, null));
        assertThat(flow.ending()).isEqualTo(new Reject(Reject.Reason.DECLINED));
        assertThat(flow.note().trust())
                .extracting(CallerTrust::level, CallerTrust::reason)
                .containsExactly(Level.UNVERIFIED, "the check failed: IllegalStateException");
        assertThat(failures).hasSize(1);
    }

    @Test
    @DisplayName("a tenant may have rules of its own")
    void tenants() {
        CallerTrustPolicy strict = CallerTrustPolicy.allowing().rejecting(Level.FAILED, Reject.Reason.DECLINED);
        CallerTrustPolicy policy = CallerTrustPolicy.standard().forTenant(CLINIC, strict);
        assertThat(policy.rule(CLINIC, Level.FAILED)).isEqualTo(new CallerTrustPolicy.Refuse(Reject.Reason.DECLINED));
        assertThat(policy.rule(TenantId.DEFAULT, Level.FAILED))
                .isEqualTo(new CallerTrustPolicy.Label("[not verified] "));
        assertThat(policy.allowing(Level.FAILED).rule(TenantId.DEFAULT, Level.FAILED))
                .isEqualTo(new CallerTrustPolicy.Allow());
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    @DisplayName("the standard policy labels forged numbers and nothing else")
    void standard(Level level) {
        assertThat(CallerTrustPolicy.standard().rule(CLINIC, level) instanceof CallerTrustPolicy.Label)
                .isEqualTo(level == Level.FAILED);
    }

    @Test
    @DisplayName("a policy without a rule for a level, and a label that cannot be shown, are refused")
    void unusable() {
        assertThatThrownBy(() -> new CallerTrustPolicy(Map.of(Level.FAILED, new CallerTrustPolicy.Allow()), Map.of()))
                .hasMessageContaining("every level needs a rule");
        assertThatThrownBy(() -> CallerTrustPolicy.allowing().labelling(Level.FAILED, " "))
                .hasMessageContaining("1 to 32 characters");
        assertThatThrownBy(() -> CallerTrustPolicy.allowing().labelling(Level.FAILED, "a\nb"))
                .hasMessageContaining("no control characters");
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, TN-Validation-Passed-A, VERIFIED_FULL, CARRIER",
        "PARTIAL, TN-Validation-Passed-B, VERIFIED_PARTIAL, CARRIER",
        "GATEWAY, TN-Validation-Passed-C, VERIFIED_GATEWAY, CARRIER",
        "FAILED, TN-Validation-Failed, FAILED, CARRIER",
        "NONE, No-TN-Validation, UNVERIFIED, CARRIER",
        "NONE, , ABSENT, NOBODY"
    })
    @DisplayName("the carrier's word is taken as it is")
    void carrier(Attestation attestation, @Nullable String raw, Level level, Source source) {
        InboundCall call = new InboundCall(
                "1", NOW, CALL, Party.of("+1"), Party.of(MAIN), new CallOrigin(attestation, raw, null, Map.of()));
        CallerTrust found = CallerTrustCheck.carrier().check(call);
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.source()).isEqualTo(source);
        assertThat(found.attestation()).isEqualTo(attestation);
        assertThat(found.raw()).isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource({
        "VERIFIED_FULL, FAILED, VERIFIED_FULL",
        "FAILED, VERIFIED_FULL, FAILED",
        "ABSENT, VERIFIED_GATEWAY, VERIFIED_GATEWAY",
        "UNVERIFIED, FAILED, FAILED",
        "UNVERIFIED, ABSENT, UNVERIFIED",
        "ABSENT, ABSENT, ABSENT"
    })
    @DisplayName("of two checks the second is asked where the first could not tell")
    void two(Level first, Level second, Level found) {
        CallerTrustCheck both = ((CallerTrustCheck) call -> trust(first)).or(call -> trust(second));
        assertThat(both.check(arrived(MAIN, null)).level()).isEqualTo(found);
    }

    @Test
    @DisplayName("what strangers wrote is kept as one short line")
    void lines() {
        CallerTrust found =
                new CallerTrust(Level.FAILED, Attestation.NONE, "a\nb", Source.CARRIER, "x".repeat(300), "\r\n");
        assertThat(found.origid()).isEqualTo("a b");
        assertThat(found.reason()).hasSize(200);
        assertThat(found.raw()).isEqualTo("  ");
        assertThatThrownBy(() -> Level.verified(Attestation.NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    private InboundDesk desk(Level level, CallerTrustPolicy policy) {
        return plain.trusting(call -> trust(level), policy);
    }

    private static CallerTrust trust(Level level) {
        return new CallerTrust(level, Attestation.NONE, null, Source.CARRIER, "because", null);
    }

    private static InboundCall arrived(String to, @Nullable String name) {
        return new InboundCall("1", NOW, CALL, new Party("+14165550100", name), Party.of(to));
    }

    private static FlowEvent typed(CallFlow asked, String digits) {
        return new InputGathered(
                "2",
                NOW,
                CALL,
                ((Gather) asked.ending()).then(),
                GatheredInput.digits(digits, GatheredInput.End.COMPLETE));
    }

    private static Dial dial(CallFlow flow) {
        return (Dial) flow.ending();
    }

    private static final class OneUser implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return List.of(MAIN, PERSONAL).contains(number.e164())
                    ? Optional.of(
                            new Did(number, CLINIC, "telnyx", number.e164().equals(PERSONAL) ? ANNA : null))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return id.equals(ANNA.careFlowId()) ? Optional.of(ANNA) : Optional.empty();
        }
    }
}
