package io.careflow.pstn.money;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Money and prices never pass through binary floating point: no field, parameter, result or call of it. */
class ExactArithmeticTest {

    private static final Set<String> INEXACT = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    @Test
    void noFloatingPointInMoneyAndRating() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.careflow.pstn.money", "io.careflow.pstn.rating");
        classes().should(beExact()).check(classes);
    }

    @Test
    void theRuleSeesFloatingPoint() {
        JavaClasses classes = new ClassFileImporter().importClasses(Inexact.class);
        assertThat(classes().should(beExact()).evaluate(classes).hasViolation()).isTrue();
    }

    private static ArchCondition<JavaClass> beExact() {
        return new ArchCondition<>("not use floating point") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaClass> fields = type.getFields().stream().map(field -> field.getRawType());
                Stream<JavaClass> signatures = type.getCodeUnits().stream()
                        .flatMap(unit -> Stream.concat(
                                unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType())));
                Stream<JavaClass> calls = type.getAccessesFromSelf().stream()
                        .filter(access -> access instanceof JavaCall)
                        .map(access -> (JavaCall<?>) access)
                        .flatMap(call -> Stream.concat(
                                call.getTarget().getRawParameterTypes().stream(),
                                Stream.of(call.getTarget().getRawReturnType())));
                Stream.of(fields, signatures, calls)
                        .flatMap(types -> types)
                        .map(JavaClass::getName)
                        .filter(INEXACT::contains)
                        .forEach(name ->
                                events.add(SimpleConditionEvent.violated(type, type.getName() + " uses " + name)));
            }
        };
    }

    private static final class Inexact {
        @SuppressWarnings("unused")
        static String twice(String amount) {
            return String.valueOf(Double.parseDouble(amount) * 2);
        }
    }
}
