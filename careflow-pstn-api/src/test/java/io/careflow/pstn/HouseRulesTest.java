package io.careflow.pstn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Collection;
import java.util.Map;

/**
 * The rules of the house, checked on the compiled classes. The other modules repeat the ones that concern them: twenty lines
 * are less trouble than a published dependency on ArchUnit.
 */
@AnalyzeClasses(packages = "io.careflow.pstn", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String ROOT = "io.careflow.pstn";
    private static final String[] PURE = {ROOT + ".flow..", ROOT + ".rating..", ROOT + ".money..", ROOT + ".cdr.."};
    private static final String[] EXACT = {ROOT + ".rating..", ROOT + ".money.."};

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(written())
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule noStaticMutableState = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(written())
            .and()
            .areFinal()
            .and(are("of a type that can change", HouseRulesTest::canChange))
            .should(have(DescribedPredicate.<JavaField>alwaysFalse().as("no static mutable type")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dependsOnlyOnTheJdkJspecifyAndLibphonenumber = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", ROOT + "..", "org.jspecify.annotations..", "com.google.i18n.phonenumbers.."));

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

    private static DescribedPredicate<JavaClass> written() {
        return are("written by hand", type -> !type.getName().matches(".*\\$\\d+"));
    }

    private static <T> DescribedPredicate<T> are(String description, java.util.function.Predicate<T> test) {
        return DescribedPredicate.describe(description, test);
    }

    /** Constants declared as List, Set or Map pass: they are made with List.of and its like. */
    private static boolean canChange(JavaField field) {
        JavaClass type = field.getRawType();
        boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return (type.isArray() && !field.getName().contains("$"))
                || (collection && !type.isInterface())
                || type.getPackageName().startsWith("java.util.concurrent")
                || (type.isAssignableTo(CharSequence.class) && !type.isEquivalentTo(String.class))
                || isMutableOfOurs(type);
    }

    private static boolean isMutableOfOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT)
                && type.getFields().stream()
                        .map(JavaField::getModifiers)
                        .anyMatch(modifiers -> !modifiers.contains(FINAL) && !modifiers.contains(STATIC));
    }

    private static boolean isFloating(JavaClass type) {
        return type.isEquivalentTo(double.class)
                || type.isEquivalentTo(float.class)
                || type.isEquivalentTo(Double.class)
                || type.isEquivalentTo(Float.class);
    }

    /** Packages are rooms; the root package and the errors share the ground floor. */
    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(ROOT)) {
                return SliceIdentifier.ignore();
            }
            return name.equals(ROOT) || name.equals(ROOT + ".error")
                    ? SliceIdentifier.of("ground floor")
                    : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "packages, with root and error as one ground floor";
        }
    }
}
