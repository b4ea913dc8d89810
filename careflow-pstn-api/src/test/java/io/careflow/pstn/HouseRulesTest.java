package io.careflow.pstn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.careflow.house.HouseRules;
import java.util.List;

/** The rules of every module, and those that only pure code can keep. */
@AnalyzeClasses(packages = "io.careflow.pstn", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String ROOT = "io.careflow.pstn";
    private static final String[] PURE = {
        ROOT + ".flow..", ROOT + ".rating..", ROOT + ".routing..", ROOT + ".money..", ROOT + ".cdr.."
    };
    private static final String[] EXACT = {ROOT + ".rating..", ROOT + ".routing..", ROOT + ".money.."};

    @ArchTest
    static final ArchTests ofEveryModule = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows = HouseRules.needsOnly(List.of(), "com.google.i18n.phonenumbers..");

    @ArchTest
    static final ArchRule purePackagesDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net.http..", "java.nio.channels..", "java.sql..")
                    .or(are(
                            "in java.io or java.nio.file",
                            type -> type.getPackageName().startsWith("java.nio.file")
                                    || (type.getPackageName().equals("java.io")
                                            && !type.getSimpleName().equals("Serializable")))));

    @ArchTest
    static final ArchRule noClockInPurePackages = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule moneyFieldsAreExact = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(EXACT))
            .should(have(
                    DescribedPredicate.<JavaField>describe("exact types", field -> !isFloating(field.getRawType()))));

    @ArchTest
    static final ArchRule moneyMethodsAreExact = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(EXACT))
            .should(have(DescribedPredicate.describe(
                    "exact types",
                    method -> !isFloating(method.getRawReturnType())
                            && method.getRawParameterTypes().stream().noneMatch(HouseRulesTest::isFloating))));

    private static <T> DescribedPredicate<T> are(String description, java.util.function.Predicate<T> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static boolean isFloating(JavaClass type) {
        return type.isEquivalentTo(double.class)
                || type.isEquivalentTo(float.class)
                || type.isEquivalentTo(Double.class)
                || type.isEquivalentTo(Float.class);
    }
}
