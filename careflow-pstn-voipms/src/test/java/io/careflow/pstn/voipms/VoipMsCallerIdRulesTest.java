package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.voipms.VoipMsCallerIdRules.NewRule;
import io.careflow.pstn.voipms.VoipMsCallerIdRules.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsCallerIdRulesTest extends WireMockVoipMs {
    private static final CommandId COMMAND = new CommandId("r-1");

    private VoipMsCallerIdRules rules;

    @BeforeEach
    void open() {
        rules = voipms.require(VoipMsCallerIdRules.class);
    }

    @Test
    @DisplayName("rules are listed in VoIP.ms's words; none is an empty list")
    void list() {
        on("getCallerIDFiltering", success("\"filtering\":" + row("18915")));
        assertThat(rules.list()).containsExactly(new Rule("18915", "0", "all", "sys:hangup", "spam"));

        on("getCallerIDFiltering", status("no_filter"));
        assertThat(rules.list()).isEmpty();
    }

    @Test
    @DisplayName("a rule is made once, also if its answer is lost")
    void create() {
        appears(aResponse().withFault(Fault.EMPTY_RESPONSE));

        NewRule rule = new NewRule("0", new PhoneNumber("+14165550142"), "sys:hangup", "spam");
        assertThat(rules.create(COMMAND, rule)).isEqualTo("18915");
        assertThat(rules.create(COMMAND, rule)).isEqualTo("18915");

        assertThat(sent("setCallerIDFiltering"))
                .containsEntry("callerid", "0")
                .containsEntry("did", "4165550142")
                .containsEntry("routing", "sys:hangup")
                .containsEntry("note", "spam")
                .doesNotContainKey("filter");
    }

    @Test
    @DisplayName("a rule for all numbers says so")
    void all() {
        appears(success("\"filtering\":18915"));

        assertThat(rules.create(COMMAND, NewRule.rejectingHidden())).isEqualTo("18915");
        assertThat(sent("setCallerIDFiltering")).containsEntry("did", "all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_filter", "no_filter"})
    @DisplayName("a rule that is not there is deleted without an error")
    void delete(String code) {
        on("delCallerIDFiltering", status(code));

        rules.delete("7");

        assertThat(sent("delCallerIDFiltering")).containsEntry("filtering", "7");
    }

    @Test
    @DisplayName("a rule that VoIP.ms cannot have is no rule")
    void wrong() {
        assertThatThrownBy(() -> new NewRule("+14165550142", null, "sys:hangup", ""))
                .hasMessageContaining("ten digits");
        assertThatThrownBy(() -> new NewRule("0", null, "hang up", "")).hasMessageContaining("sys:hangup");
    }

    private void appears(ResponseDefinitionBuilder answer) {
        wire.stubFor(asking("getCallerIDFiltering")
                .inScenario("rule")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status("no_filter")));
        wire.stubFor(asking("getCallerIDFiltering")
                .inScenario("rule")
                .whenScenarioStateIs("made")
                .willReturn(success("\"filtering\":[" + row("18915") + "]")));
        wire.stubFor(asking("setCallerIDFiltering")
                .inScenario("rule")
                .willReturn(answer)
                .willSetStateTo("made"));
    }

    private static String row(String id) {
        return "{\"filtering\":" + id
                + ",\"callerid\":\"0\",\"did\":\"all\",\"routing\":\"sys:hangup\",\"failover_busy\":\"none:\",\"note\":\"spam\"}";
    }
}
