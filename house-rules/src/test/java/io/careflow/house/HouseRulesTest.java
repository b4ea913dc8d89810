package io.careflow.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.careflow.house.planted.Violations;
import io.careflow.house.planted.one.Here;
import io.careflow.house.planted.other.There;
import io.careflow.pstn.http.planted.ToHttp;
import io.careflow.pstn.jdbc.planted.ToJdbc;
import io.careflow.pstn.planted.Crosses;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HouseRulesTest {
    private static final List<ArchRule> RULES = List.of(
            HouseRules.packagesHaveNoCycles,
            HouseRules.noJavaUtilLogging,
            HouseRules.noStandardStreams,
            HouseRules.staticFieldsAreFinal,
            HouseRules.noStaticMutableState,
            HouseRules.noSingletons,
            HouseRules.nobodySleeps,
            HouseRules.timeComesFromTheClockThatWasGiven,
            HouseRules.noInputOrOutputUnderAMonitor);

    @ParameterizedTest(name = "{0} is caught")
    @CsvSource({
        "Logs, java.util.logging",
        "Prints, standard streams",
        "NotFinal, final",
        "Counts, can change",
        "Caches, can change",
        "Collects, can change",
        "HoldsAnArray, can change",
        "HoldsTheChangeable, can change",
        "Singleton, singleton",
        "Sleeps, sleep",
        "SleepsByUnit, sleep",
        "AsksTheTime, time of day",
        "AsksTheDay, time of day",
        "AsksTheMillis, time of day",
        "ReadsUnderAMonitor, wait for the outside"
    })
    void violationIsCaughtByExactlyOneRule(String name, String rule) {
        JavaClasses planted = planted(name);
        assertThat(broken(planted)).singleElement().asString().contains(rule);
    }

    @Test
    @DisplayName("a cycle of packages is caught")
    void cycle() {
        JavaClasses planted = new ClassFileImporter().importClasses(Here.class, There.class);
        assertThat(broken(planted)).singleElement().asString().contains("free of cycles");
    }

    @Test
    @DisplayName("a class that keeps the rules passes all of them")
    void good() {
        assertThat(broken(planted("KeepsTheRules"))).isEmpty();
    }

    @ParameterizedTest(name = "a module that may need {0}")
    @CsvSource({"jdbc, true", "http, true", "jdbc;http, false"})
    @DisplayName("an arrow between modules, or to a library, that is not drawn is caught")
    void arrows(String modules, boolean caught) {
        JavaClasses planted = new ClassFileImporter().importClasses(Crosses.class, ToHttp.class, ToJdbc.class);
        ArchRule rule = HouseRules.needsOnly(List.of(modules.split(";")));
        assertThat(rule.evaluate(planted).hasViolation()).isEqualTo(caught);
        ArchRule library = HouseRules.needsOnly(List.of(modules.split(";")), "com.example..");
        assertThat(library.evaluate(new ClassFileImporter().importClasses(HouseRules.class))
                        .hasViolation())
                .isTrue();
    }

    private static List<String> broken(JavaClasses classes) {
        return RULES.stream()
                .filter(rule -> rule.allowEmptyShould(true).evaluate(classes).hasViolation())
                .map(ArchRule::getDescription)
                .toList();
    }

    private static JavaClasses planted(String name) {
        return Arrays.stream(Violations.class.getDeclaredClasses())
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .map(type -> new ClassFileImporter().importClasses(type))
                .orElseThrow();
    }
}
