package io.careflow.pstn.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of places, and what an application may make of it. */
class ConsentRulesTest {
    private final ConsentRules rules = ConsentRules.standard();

    static Stream<ConsentRule> rules() {
        return ConsentRules.standard().all().stream();
    }

    @ParameterizedTest(name = "{0}: {1}, at least {2}, advised {3}")
    @CsvSource(textBlock = ConsentTable.TEXT)
    @DisplayName("each place has its rule, as lists of laws have it")
    void table(String code, ConsentBasis basis, ConsentAction floor, ConsentAction action, boolean disputed) {
        assertThat(rules.find(new Jurisdiction(code))).hasValueSatisfying(rule -> {
            assertThat(rule.basis()).isEqualTo(basis);
            assertThat(rule.floor()).isEqualTo(floor);
            assertThat(rule.action()).isEqualTo(action);
            assertThat(rule.disputed()).isEqualTo(disputed);
        });
    }

    @Test
    @DisplayName("the table of this test has every rule there is")
    void complete() {
        assertThat(rules.all())
                .extracting(rule -> rule.place().code())
                .containsExactlyInAnyOrderElementsOf(ConsentTable.codes());
    }

    @ParameterizedTest
    @MethodSource("rules")
    @DisplayName("advice is never less than what a law asks, and every rule says where it is from")
    void sane(ConsentRule rule) {
        assertThat(rule.action()).isGreaterThanOrEqualTo(rule.floor());
        assertThat(rule.source()).isNotBlank();
        boolean unknown = rule.place().equals(Jurisdiction.UNKNOWN);
        assertThat(rule.statute().isEmpty()).isEqualTo(unknown);
        assertThat(rule.confidence() == ConsentRule.Confidence.NONE).isEqualTo(unknown);
    }

    @Test
    @DisplayName("thirteen states want all parties, and five are disputed")
    void states() {
        Jurisdiction america = new Jurisdiction("US");
        List<ConsentRule> states = rules.all().stream()
                .filter(rule -> rule.place().isPartOf(america))
                .toList();
        assertThat(states).hasSize(51);
        assertThat(states)
                .filteredOn(rule -> rule.basis() == ConsentBasis.ALL_PARTY)
                .hasSize(13);
        assertThat(states)
                .filteredOn(ConsentRule::disputed)
                .extracting(rule -> rule.place().code())
                .containsExactlyInAnyOrder("US-CT", "US-DE", "US-MI", "US-NV", "US-OR");
    }

    @Test
    @DisplayName("a country whose part is not known counts as its strictest part")
    void strictestPart() {
        assertThat(rules.holding(new Jurisdiction("US")).get(0).place().code()).isEqualTo("US-NH");
        assertThat(rules.holding(new Jurisdiction("US-NY")).get(0).action()).isEqualTo(ConsentAction.ANNOUNCE);
    }

    @Test
    @DisplayName("a place without a rule is like one that is not known; a union's rule comes on top of its members'")
    void unlisted() {
        assertThat(rules.holding(new Jurisdiction("MX")).get(0).place()).isEqualTo(Jurisdiction.UNKNOWN);
        assertThat(rules.holding(new Jurisdiction("US-XX")).get(0).place()).isEqualTo(Jurisdiction.UNKNOWN);
        assertThat(rules.holding(new Jurisdiction("CZ")))
                .extracting(rule -> rule.place().code())
                .containsExactly("ZZ", "EU");
        assertThat(rules.holding(new Jurisdiction("SE")))
                .extracting(rule -> rule.place().code())
                .containsExactlyInAnyOrder("SE", "EU");
        assertThat(rules.holding(new Jurisdiction("GB")))
                .extracting(rule -> rule.place().code())
                .containsExactly("GB");
    }

    @Test
    @DisplayName("an application may ask for more")
    void raises() {
        ConsentRule rule = ConsentRule.of(
                new Jurisdiction("US-NY"), ConsentBasis.ALL_PARTY, ConsentAction.EXPLICIT, "our counsel");
        assertThat(rules.overriding(rule).holding(rule.place()).get(0)).isEqualTo(rule);
        assertThat(rules.find(rule.place()))
                .hasValueSatisfying(before -> assertThat(before.action()).isEqualTo(ConsentAction.ANNOUNCE));
    }

    @Test
    @DisplayName("and for less only with its reason, which stays visible")
    void lowers() {
        Jurisdiction mexico = new Jurisdiction("MX");
        ConsentRule rule = ConsentRule.of(mexico, ConsentBasis.ONE_PARTY, ConsentAction.ANNOUNCE, "our counsel");
        assertThatThrownBy(() -> rules.overriding(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MX is ANNOUNCE; EXPLICIT holds there");
        assertThatThrownBy(() -> rules.lowering(rule, " ")).hasMessageContaining("reason is blank");
        ConsentRule kept =
                rules.lowering(rule, "opinion of 3 May 2026").holding(mexico).get(0);
        assertThat(kept.action()).isEqualTo(ConsentAction.ANNOUNCE);
        assertThat(kept.note()).contains("opinion of 3 May 2026");
    }

    @Test
    @DisplayName("all rules can be lowered to what laws ask, and no further")
    void floor() {
        ConsentRules lowered = rules.loweredToTheFloor("our counsel");
        assertThat(lowered.all()).allSatisfy(rule -> assertThat(rule.action()).isEqualTo(rule.floor()));
        assertThat(lowered.holding(new Jurisdiction("US")).get(0).action()).isEqualTo(ConsentAction.ANNOUNCE);
        assertThat(lowered.holding(Jurisdiction.UNKNOWN).get(0).action()).isEqualTo(ConsentAction.EXPLICIT);
        assertThat(lowered.find(new Jurisdiction("DE")).orElseThrow().note()).contains("our counsel");
        assertThatThrownBy(() -> rules.loweredToTheFloor("")).hasMessageContaining("reason is blank");
    }

    @Test
    @DisplayName("rules without one for unknown places are refused, and so are codes that are none")
    void refuses() {
        assertThatThrownBy(() -> ConsentRules.of(List.of())).hasMessageContaining("ZZ");
        assertThatThrownBy(() -> new Jurisdiction("Germany")).hasMessageContaining("expected ISO 3166");
        assertThatThrownBy(() ->
                        ConsentRule.of(new Jurisdiction("DE"), ConsentBasis.ALL_PARTY, ConsentAction.EXPLICIT, ""))
                .hasMessageContaining("source of the rule for DE is blank");
    }
}
