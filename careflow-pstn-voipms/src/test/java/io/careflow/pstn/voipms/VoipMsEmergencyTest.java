package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.tck.LogbackCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoipMsEmergencyTest extends WireMockVoipMs {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550142");

    @Test
    @DisplayName("the address of a number is read and not shown, and nothing is warned of")
    void registered() {
        on(
                "e911Info",
                success(
                        "\"info\":{\"did\":\"4165550142\",\"status\":\"Active\",\"full_name\":\"Clinic\","
                                + "\"street_number\":\"12\",\"street_name\":\"King St\",\"city\":\"Toronto\",\"state\":\"ON\"}"));
        try (LogbackCapture log = new LogbackCapture()) {
            EmergencyState state = addresses().of(OURS);

            assertThat(state.status()).isEqualTo(EmergencyState.Status.REGISTERED);
            assertThat(state.finding()).isEmpty();
            assertThat(state.address()).containsEntry("street_name", "King St").doesNotContainKey("did");
            assertThat(state.toString()).doesNotContain("King");
            assertThat(log.lines()).noneMatch(line -> line.contains("EMERGENCY"));
        }
        assertThat(sent("e911Info")).containsEntry("did", "4165550142");
    }

    @ParameterizedTest
    @CsvSource({"e911_disabled, ABSENT", "e911_pending, PENDING"})
    @DisplayName("a number without an address is a finding and a loud warning")
    void missing(String code, EmergencyState.Status status) {
        on("e911Info", status(code));
        try (LogbackCapture log = new LogbackCapture()) {
            EmergencyState state = addresses().of(OURS);

            assertThat(state.status()).isEqualTo(status);
            assertThat(state.finding()).contains("+14165550142").contains("is not found");
            assertThat(log.lines()).anyMatch(line -> line.contains("EMERGENCY CALLS") && line.contains("+14165550142"));
        }
    }

    @Test
    @DisplayName("an answer without an address is none, and one that is in process is none yet")
    void empty() {
        on("e911Info", success(""));
        assertThat(addresses().of(OURS).status()).isEqualTo(EmergencyState.Status.ABSENT);

        on("e911Info", success("\"info\":{\"status\":\"In process\",\"city\":\"Toronto\"}"));
        assertThat(addresses().of(OURS).status()).isEqualTo(EmergencyState.Status.PENDING);
    }

    @Test
    @DisplayName("a number that is not ours is not found")
    void foreign() {
        on("e911Info", status("invalid_did"));
        on("getDIDsInfo", status("no_did"));

        assertThatThrownBy(() -> addresses().of(OURS)).isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("what is missing is told of all numbers of North America by one request, and nothing is ever written")
    void all() {
        on(
                "getDIDsInfo",
                success("\"dids\":[{\"did\":\"4165550142\",\"e911\":\"1\"},{\"did\":\"8195550100\",\"e911\":0},"
                        + "{\"did\":\"6135550177\"},{\"did\":\"442071234567\",\"e911\":\"0\"}]"));
        try (LogbackCapture log = new LogbackCapture()) {
            assertThat(addresses().all()).hasSize(3);
            assertThat(addresses().missing())
                    .extracting(EmergencyState::number)
                    .containsExactly(new PhoneNumber("+18195550100"), new PhoneNumber("+16135550177"));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("EMERGENCY"))
                    .hasSize(4);
        }
        assertThat(sent()).containsOnly("getDIDsInfo");
    }

    @Test
    @DisplayName("where VoIP.ms cannot be asked, nothing is said to be all right")
    void down() {
        on("getDIDsInfo", page(503));

        assertThatThrownBy(() -> addresses().all()).isInstanceOf(ProviderUnavailable.class);
    }

    private EmergencyAddresses addresses() {
        return voipms.require(EmergencyAddresses.class);
    }
}
