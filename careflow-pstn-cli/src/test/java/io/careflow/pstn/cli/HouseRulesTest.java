package io.careflow.pstn.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.careflow.house.HouseRules;
import java.util.List;

@AnalyzeClasses(packages = "io.careflow.pstn.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchTests ofEveryModule = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows = HouseRules.needsOnly(
            List.of("cli", "twilio", "telnyx", "voipms", "asterisk", "csv", "report", "jdbc", "http"),
            "picocli..",
            "com.fasterxml.jackson..",
            "com.github.difflib..",
            "org.postgresql..");
}
