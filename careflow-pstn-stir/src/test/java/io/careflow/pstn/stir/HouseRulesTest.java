package io.careflow.pstn.stir;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.careflow.house.HouseRules;
import java.util.List;

@AnalyzeClasses(packages = "io.careflow.pstn.stir", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchTests ofEveryModule = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows =
            HouseRules.needsOnly(List.of("stir"), "com.nimbusds.jose..", "okhttp3..", "okio..", "kotlin..");
}
