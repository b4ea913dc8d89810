package io.careflow.pstn.tck;

import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds for numbers besides what holds for all. */
@Of(NumberInventory.class)
abstract class NumberConformance extends CapabilityConformance {

    @Test
    @DisplayName("number.order: an option that the provider does not know is refused before any I/O")
    void orderWithUnknownOption() {
        NumberInventory numbers = trial().require(NumberInventory.class);
        Performer performer = new Performer(trial().provider(), samples());
        Refusals.check(
                trial(),
                Operation.NUMBER_ORDER,
                Refusals.NOBODYS.name(),
                () -> numbers.order(performer.order().settingUp(withUnknownOption())));
    }

    @Test
    @DisplayName("number.configure: an option that the provider does not know is refused before any I/O")
    void configureWithUnknownOption() {
        NumberInventory numbers = trial().require(NumberInventory.class);
        Refusals.check(
                trial(),
                Operation.NUMBER_CONFIGURE,
                Refusals.NOBODYS.name(),
                () -> numbers.configure(samples().owned(), withUnknownOption()));
    }

    private NumberSettings withUnknownOption() {
        return samples().settings().with(Refusals.NOBODYS, "x");
    }

    private Samples samples() {
        return trial().wire().samples();
    }
}
