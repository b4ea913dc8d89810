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
                        "CALLER        DIALLED       TYPED  RANG      RING   TALK   STATUS    CAUSE  ENDED BY  COST",
                        "+16135550142  +14165550100  0001   sip:1001  1.0 s  2.3 s  ANSWERED  16     CALLER    0.001100 USD");
    }

    @Test
    void anUnknownCostIsNotZero() {
        assertThat(CdrTable.lines(List.of(cdr("+16135550142", Optional.empty(), "no rate for it"))))
                .anyMatch(line -> line.endsWith("unknown"))
                .anyMatch(line -> line.contains("no rate for it"));
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
                "{}");
    }
}
