package io.careflow.pstn.conformance;

/** Without flaws everything is green. */
class ExchangeConformanceTest extends ExchangeConformance {
    ExchangeConformanceTest() {
        super(false);
    }
}
