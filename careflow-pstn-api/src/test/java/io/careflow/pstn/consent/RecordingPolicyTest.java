package io.careflow.pstn.consent;

import static io.careflow.pstn.consent.ConsentAction.ANNOUNCE;
import static io.careflow.pstn.consent.ConsentAction.EXPLICIT;
import static io.careflow.pstn.consent.ConsentAction.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.consent.ConsentChange.Now;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy decides of parties, and of newcomers. */
class RecordingPolicyTest {
    private final ConsentRules floors = ConsentRules.standard().loweredToTheFloor("this test");
    private final RecordingPolicy policy = new RecordingPolicy(floors, Places.fromNumbers());

    @Test
    @DisplayName("of any two places, the stricter decides, whichever is named first")
    void pairs() {
        List<ConsentRule> all = floors.all();
        for (ConsentRule one : all) {
            for (ConsentRule other : all) {
                ConsentDecision decision = policy.decide(List.of(in(one, "caller"), in(other, "callee")));
                ConsentAction ofOne = policy.decide(List.of(in(one, "alone"))).action();
                ConsentAction ofOther =
                        policy.decide(List.of(in(other, "alone"))).action();
                assertThat(decision.action()).isEqualTo(ofOne.compareTo(ofOther) > 0 ? ofOne : ofOther);
                assertThat(policy.decide(List.of(in(other, "callee"), in(one, "caller")))
                                .action())
                        .isEqualTo(decision.action());
                assertThat(decision.decidedBy().contains("caller")).isEqualTo(ofOne == decision.action());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+493012345678,DE",
        "+4915112345678,ZZ",
        "+14165550100,CA",
        "+12125550100,US",
        "+18005550100,ZZ",
        "+443031231113,ZZ",
        "+18769221234,JM",
        "+88213123456,ZZ",
        "sip:1001,ZZ",
        "'',ZZ"
    })
    @DisplayName("a number tells a country at most, and numbers that move tell nothing")
    void places(String address, String place) {
        assertThat(Places.fromNumbers().of(Party.of(address)).code()).isEqualTo(place);
    }

    @Test
    @DisplayName("mobile numbers count as being at home only where the application says why")
    void mobiles() {
        Party mobile = Party.of(new PhoneNumber("+4915112345678"));
        assertThat(Places.withMobilesAtHome("customers of ours").of(mobile).code())
                .isEqualTo("DE");
        assertThatThrownBy(() -> Places.withMobilesAtHome("")).hasMessageContaining("reason is blank");
    }

    @Test
    @DisplayName("who is in an unknown place is asked")
    void unknown() {
        ConsentDecision decision = policy.decide(List.of(
                ConsentParty.of("caller", Party.anonymous()),
                ConsentParty.in(new Jurisdiction("US-NY"), "callee", Party.of("+12125550100"))));
        assertThat(decision.action()).isEqualTo(EXPLICIT);
        assertThat(decision.decidedBy()).containsExactly("caller");
        assertThat(decision.because())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("caller: EXPLICIT in ZZ (place not known)"),
                        line -> assertThat(line)
                                .startsWith("callee: NONE in US-NY (known to the application)")
                                .contains("N.Y. Penal Law 250.05", "confidence MEDIUM"));
    }

    @Test
    @DisplayName("a number of a country with states counts as its strictest, and a known place may be milder")
    void areaCodes() {
        Party newYork = Party.of("+12125550100");
        assertThat(policy.decide(List.of(ConsentParty.of("caller", newYork))).action())
                .isEqualTo(ANNOUNCE);
        ConsentParty known = ConsentParty.in(new Jurisdiction("US-NY"), "caller", newYork);
        assertThat(policy.decide(List.of(known)).action()).isEqualTo(NONE);
        ConsentParty moved = ConsentParty.in(new Jurisdiction("US-CA"), "caller", newYork);
        assertThat(policy.decide(List.of(moved)).action()).isEqualTo(ANNOUNCE);
    }

    @Test
    @DisplayName("without reasons to do less, the library asks what is advised")
    void standard() {
        ConsentDecision decision =
                RecordingPolicy.standard().decide(List.of(us("US-NY", "caller"), us("US-NH", "callee")));
        assertThat(decision.action()).isEqualTo(EXPLICIT);
        assertThat(decision.decidedBy()).containsExactly("callee");
    }

    @Test
    @DisplayName("an application can ask more than the rules, never less")
    void atLeast() {
        ConsentDecision decision = policy.atLeast(EXPLICIT).atLeast(NONE).decide(List.of(us("US-NY", "caller")));
        assertThat(decision.action()).isEqualTo(EXPLICIT);
        assertThat(decision.decidedBy()).isEmpty();
        assertThat(decision.because()).last().isEqualTo("the application: at least EXPLICIT");
        assertThat(policy.atLeast(NONE).decide(List.of(us("US-CA", "caller"))).action())
                .isEqualTo(ANNOUNCE);
    }

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource({
        "US-NY, US-TX, NOTHING",
        "US-NY, US-CA, PAUSE_UNTIL_CONSENT",
        "US-NY, PT, PAUSE_UNTIL_CONSENT",
        "US-CA, US-NY, ANNOUNCE_AGAIN",
        "US-CA, US-FL, ANNOUNCE_AGAIN",
        "US-CA, PT, PAUSE_UNTIL_CONSENT",
        "PT, US-NY, PAUSE_UNTIL_CONSENT",
        "US-NY, ZZ, PAUSE_UNTIL_CONSENT"
    })
    @DisplayName("a newcomer hears the notice again, or the recording rests until they agree")
    void joins(String first, String second, Now now) {
        ConsentDecision decision = policy.decide(List.of(us(first, "caller"), us("US-NY", "callee")));
        ConsentChange change = policy.joined(decision, us(second, "third"));
        assertThat(change.now()).isEqualTo(now);
        assertThat(change.decision().parties()).hasSize(3);
        assertThat(change.decision().action())
                .isEqualTo(policy.decide(List.of(us(first, "caller"), us(second, "third")))
                        .action());
    }

    @Test
    @DisplayName("in a transfer, whoever leaves counts no longer")
    void transfers() {
        ConsentDecision decision = policy.decide(List.of(us("US-NY", "caller"), us("US-CA", "callee")));
        ConsentChange milder = policy.transferred(decision, "callee", us("US-TX", "second"));
        assertThat(milder.now()).isEqualTo(Now.NOTHING);
        assertThat(milder.decision().action()).isEqualTo(NONE);
        assertThat(policy.transferred(decision, "callee", us("US-WA", "second")).now())
                .isEqualTo(Now.ANNOUNCE_AGAIN);
        assertThat(policy.transferred(decision, "callee", us("DK", "second")).now())
                .isEqualTo(Now.PAUSE_UNTIL_CONSENT);
        assertThatThrownBy(() -> policy.transferred(decision, "nobody", us("US-WA", "second")))
                .hasMessageContaining("nobody is named 'nobody'");
    }

    @Test
    @DisplayName("a call of nobody, or of two with one name, is refused")
    void refuses() {
        assertThatThrownBy(() -> policy.decide(List.of())).hasMessageContaining("0 parties");
        assertThatThrownBy(() -> policy.decide(List.of(us("US-NY", "a"), us("US-NY", "a"))))
                .hasMessageContaining("two parties are named 'a'");
    }

    private static ConsentParty us(String place, String name) {
        return ConsentParty.in(new Jurisdiction(place), name, Party.anonymous());
    }

    private static ConsentParty in(ConsentRule rule, String name) {
        return ConsentParty.in(rule.place(), name, Party.anonymous());
    }
}
