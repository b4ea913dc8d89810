package io.careflow.pstn.conformance;

import java.util.Set;

/** Without flaws everything is green. */
class ExchangeConformanceTest extends ExchangeConformance {
    ExchangeConformanceTest() {
        super(Set.of());
    }
}
