package io.careflow.pstn.tck;

import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberSettings;
import org.junit.jupiter.api.DisplayName;

/** What holds for numbers besides what holds for all. */
@Of(NumberInventory.class)
abstract class NumberConformance extends CapabilityConformance {

    @ForEach(value = Situation.SUCCESS, only = Operation.NUMBER_ORDER)
    @DisplayName("an option that the provider does not know is refused before any I/O")
    void orderWithUnknownOption(Operation operation) {
        NumberInventory numbers = trial().require(NumberInventory.class);
        Performer performer = new Performer(trial().provider(), samples());
        Refusals.check(
                trial(),
                operation,
                Refusals.NOBODYS.name(),
                () -> numbers.order(performer.order().settingUp(withUnknownOption())));
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.NUMBER_CONFIGURE)
    @DisplayName("an option that the provider does not know is refused before any I/O")
    void configureWithUnknownOption(Operation operation) {
        NumberInventory numbers = trial().require(NumberInventory.class);
        Refusals.check(
                trial(),
                operation,
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
