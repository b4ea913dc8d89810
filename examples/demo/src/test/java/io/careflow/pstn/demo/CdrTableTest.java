package io.careflow.pstn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CdrTableTest {

    @Test
    void columnsAreAlignedAndNoLineIsWiderThanAHundred() {
        List<String> lines = CdrTable.lines(List.of(
                cdr("+16135550142", Optional.of(new BigDecimal("0.001100")), "12 s billed"),
                cdr("anonymous", Optional.empty(), "no rate: ".repeat(30)),
                cdr("x".repeat(120), Optional.empty(), "y".repeat(300))));

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(CdrTable.WIDTH));
        assertThat(CdrTable.lines(List.of(cdr("+16135550142", Optional.of(new BigDecimal("0.001100")), "ok"))))
                .startsWith(
                        "CALLER        DIALLED       TYPED  RANG      RING   TALK   STATUS    ENDED BY  COST",
                        "+16135550142  +14165550100  0001   sip:1001  1.0 s  2.3 s  ANSWERED  CALLER    0.001100 USD");
    }

    @Test
    void anUnknownCostIsNotZero() {
        assertThat(CdrTable.lines(List.of(cdr("+16135550142", Optional.empty(), "no rate for it"))))
                .anyMatch(line -> line.endsWith("unknown"))
                .anyMatch(line -> line.contains("no rate for it"));
    }

    @Test
    void aCostHasSixDecimalsAndItsCurrencyAlsoInALongRow() {
        CdrRow row = new CdrRow(
                "+441632960961",
                "+441632960960",
                "0001",
                "sam",
                "sip:1001",
                101_004,
                1_002_305,
                1_002_305,
                "ANSWERED",
                16,
                "Normal Clearing",
                "CALLEE",
                Optional.of(new BigDecimal("0.2000000000")),
                "USD",
                "ok",
                "sip:1001",
                "{}");
        assertThat(CdrTable.lines(List.of(row))).anyMatch(line -> line.endsWith("0.200000 USD"));
    }

    private static CdrRow cdr(String caller, Optional<BigDecimal> cost, String explanation) {
        return new CdrRow(
                caller,
                "+14165550100",
                "0001",
                "sam",
                "sip:1001",
                1_004,
                2_305,
                6_282,
                "ANSWERED",
                16,
                "Normal Clearing",
                "CALLER",
                cost,
                cost.isPresent() ? "USD" : "",
                explanation,
                "sip:1001",
                "{}");
    }
}
