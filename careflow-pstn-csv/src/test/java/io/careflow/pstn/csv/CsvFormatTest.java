package io.careflow.pstn.csv;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CsvFormatTest {
    @Test
    void needsPrefixPriceAndIncrements() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvFormat.builder()
                        .columns(RateColumn.PREFIX)
                        .increments(1, 1)
                        .build())
                .withMessage("a price list needs the columns prefix and price");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvFormat.builder()
                        .columns(RateColumn.PREFIX, RateColumn.PRICE, RateColumn.INITIAL_INCREMENT)
                        .build())
                .withMessageStartingWith("increments must have a column, or two");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lists.plain().column(RateColumn.WINDOWS, 3).build())
                .withMessage("columns must be told either by headers or by positions, not by both");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Lists.plain().column(RateColumn.WINDOWS, "PRICE").build())
                .withMessage("two columns have the same header or position");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lists.plain().quote(';').separator(';').build())
                .withMessage("separator and quote must differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lists.plain().increments(0, 1))
                .withMessage("increments must be 1 or more, not 0/1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvFormat.builder().column(RateColumn.PREFIX, -1))
                .withMessage("position of column prefix must not be negative: -1");
    }
}
