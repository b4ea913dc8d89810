package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelnyxRequirementsTest extends WireMockTelnyx {
    private static final Sample SWISS = Sample.of("requirement.json");

    @Test
    void whatIsWantedIsToldWithWhatIsAccepted() {
        onGet("/requirements", page(SWISS.toString()));

        assertThat(requirements())
                .containsExactly(
                        new Requirement(
                                "aa000000-0000-4000-8000-000000000001",
                                "Business address",
                                "address",
                                "An address in the area of the number. Place: Same area code.",
                                "Musterweg 1, 8001 Zurich"),
                        new Requirement(
                                "aa000000-0000-4000-8000-000000000002",
                                "Proof of address",
                                "document",
                                "Shows that the address is yours. Time: Less than three months old.",
                                "Electricity bill"),
                        new Requirement(
                                "aa000000-0000-4000-8000-000000000003",
                                "Name of the contact",
                                "textual",
                                "At least: 2. At most: 80.",
                                ""));

        assertThat(query(requests().get(0)))
                .contains("filter[country_code]=CH", "filter[phone_number_type]=local", "filter[action]=ordering");
    }

    @Test
    void whatIsWantedTwiceIsToldOnce() {
        onGet(
                "/requirements",
                page(
                        SWISS.toString(),
                        SWISS.with("id", "2").with("locality", "Geneva").toString()));

        assertThat(requirements()).hasSize(3);
    }

    @Test
    void whatAFilterLetThroughByMistakeIsNotTold() {
        onGet(
                "/requirements",
                page(
                        SWISS.with("country_code", "FR").toString(),
                        SWISS.with("id", "2")
                                .with("phone_number_type", "toll_free")
                                .toString(),
                        SWISS.with("id", "3").with("action", "porting").toString()));

        assertThat(requirements()).isEmpty();
    }

    @Test
    void whatHoldsForOrderingAndPortingIsTold() {
        onGet("/requirements", page(SWISS.with("action", "both").toString()));

        assertThat(requirements()).hasSize(3);
    }

    @Test
    void whatIsNotInForceIsNotWanted() {
        onGet(
                "/requirements",
                page(
                        SWISS.with("effective_end_at", "2026-03-01T12:00:00Z").toString(),
                        SWISS.with("id", "2")
                                .with("effective_start_at", "2026-03-01T12:00:01Z")
                                .toString()));

        assertThat(requirements()).isEmpty();
    }

    @Test
    void nothingIsWantedWhereNothingIsListed() {
        onGet("/requirements", page());

        assertThat(requirements()).isEmpty();
    }

    @Test
    void aKindThatTelnyxDoesNotKnowIsItsRefusal() {
        onGet("/requirements", error(422, 10032));

        assertThatThrownBy(this::requirements).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void theKindOtherCannotBeAskedFor() {
        NumberRequirements all = telnyx.require(NumberRequirements.class);

        assertThatThrownBy(() -> all.requirements("CH", NumberKind.OTHER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OTHER");
        assertThat(sent()).isEmpty();
    }

    private List<Requirement> requirements() {
        return telnyx.require(NumberRequirements.class).requirements("CH", NumberKind.LOCAL);
    }
}
