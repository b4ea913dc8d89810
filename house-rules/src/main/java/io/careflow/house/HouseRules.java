package io.careflow.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Rules that every published module keeps; its test names them with {@code ArchTests.in(HouseRules.class)}. */
public final class HouseRules {
    private static final String OURS = "io.careflow";
    private static final String API = OURS + ".pstn";
    /** Whatever else is below the API's package belongs to the API. */
    private static final List<String> MODULES = List.of(
            "http",
            "twilio",
            "telnyx",
            "voipms",
            "asterisk",
            "jdbc",
            "micrometer",
            "csv",
            "stir",
            "report",
            "tck",
            "cli",
            "lab",
            "examples",
            "benchmarks",
            "demo");

    private static final Set<String> SINGLETON_NAMES = Set.of("getInstance", "instance", "shared", "global");
    private static final List<String> BLOCKING = List.of(
            "java.io",
            "java.net",
            "java.nio.file",
            "java.nio.channels",
            "java.sql",
            "javax.sql",
            "okhttp3",
            "org.jdbi");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

    /** ArchUnit's ready-made rule of this name looks at fields only. */
    @ArchTest
    static final ArchRule noJavaUtilLogging =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(are("written by hand", HouseRules::isWritten))
            .and()
            .haveNameNotContaining("$")
            .should()
            .beFinal()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noStaticMutableState = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(are("written by hand", HouseRules::isWritten))
            .should(have(DescribedPredicate.<JavaField>describe("no type that can change", field -> !canChange(field))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noSingletons = noMethods()
            .that()
            .areStatic()
            .should(have(DescribedPredicate.<JavaMethod>describe(
                    "the name of a singleton's accessor", method -> SINGLETON_NAMES.contains(method.getName()))));

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.careflow.pstn.http.Sleeper")
            .should()
            .callMethodWhere(are(
                    "sleep",
                    call -> call.getName().equals("sleep")
                            && (call.getTargetOwner().isEquivalentTo(Thread.class)
                                    || call.getTargetOwner().isEquivalentTo(TimeUnit.class))));

    @ArchTest
    static final ArchRule timeComesFromTheClockThatWasGiven = noClasses()
            .should()
            .callMethodWhere(are(
                    "the system's time of day",
                    call -> (call.getTargetOwner().getPackageName().equals("java.time")
                                    && call.getName().equals("now")
                                    && call.getTarget().getRawParameterTypes().stream()
                                            .noneMatch(type -> type.isEquivalentTo(Clock.class)))
                            || (call.getTargetOwner().isEquivalentTo(System.class)
                                    && call.getName().equals("currentTimeMillis"))));

    /** Only direct calls are seen, and no synchronized blocks; the rest is for the reviewer. */
    @ArchTest
    static final ArchRule noInputOrOutputUnderAMonitor = methods()
            .that(are("synchronized", method -> method.getModifiers().contains(SYNCHRONIZED)))
            .should(have(DescribedPredicate.<JavaMethod>describe(
                    "no calls that wait for the outside",
                    method -> method.getAccessesFromSelf().stream().noneMatch(HouseRules::waitsForTheOutside))))
            .allowEmptyShould(true);

    private HouseRules() {}

    /**
     * The arrows: everything that a module may need besides the API, the JDK and JSpecify.
     *
     * @param modules the last part of the package of each of our modules that it may need, its own included
     * @param libraries packages of others
     */
    public static ArchRule needsOnly(List<String> modules, String... libraries) {
        DescribedPredicate<JavaClass> ours = are("of the API or " + modules, type -> isAllowed(type, modules));
        return classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax..", "org.jspecify.annotations..")
                        .or(resideInAnyPackage(libraries))
                        .or(ours));
    }

    private static boolean isAllowed(JavaClass type, List<String> modules) {
        String name = type.getPackageName();
        return (name + ".").startsWith(API + ".")
                && MODULES.stream()
                        .filter(module -> (name + ".").startsWith(API + "." + module + "."))
                        .allMatch(modules::contains);
    }

    private static boolean isWritten(JavaClass type) {
        return !type.getName().matches(".*\\$\\d+");
    }

    /** Constants declared as List, Set or Map pass: they are made with List.of and its like. */
    private static boolean canChange(JavaField field) {
        JavaClass type = field.getRawType();
        boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return (type.isArray() && !field.getName().contains("$"))
                || (collection && !type.isInterface())
                || (type.getPackageName().startsWith("java.util.concurrent") && !type.isEnum())
                || (type.isAssignableTo(CharSequence.class) && !type.isEquivalentTo(String.class))
                || isMutableOfOurs(type);
    }

    private static boolean isMutableOfOurs(JavaClass type) {
        return type.getPackageName().startsWith(OURS)
                && type.getFields().stream()
                        .map(JavaField::getModifiers)
                        .anyMatch(modifiers -> !modifiers.contains(FINAL) && !modifiers.contains(STATIC));
    }

    private static boolean waitsForTheOutside(JavaAccess<?> access) {
        String name = access.getTargetOwner().getPackageName();
        return BLOCKING.stream().anyMatch(blocking -> name.equals(blocking) || name.startsWith(blocking + "."));
    }

    private static <T> DescribedPredicate<T> are(String description, Predicate<T> test) {
        return DescribedPredicate.describe(description, test);
    }
}
