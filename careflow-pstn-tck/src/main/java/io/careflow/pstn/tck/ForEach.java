package io.careflow.pstn.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test for each operation of the capability that the situation concerns. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
@ArgumentsSource(OperationsOf.class)
@interface ForEach {
    Situation value();

    Kind kind() default Kind.ANY;

    /** Only these; empty for all. */
    Operation[] only() default {};

    /** Which operations. */
    enum Kind {
        ANY,
        READS,
        WRITES,
        REPEATABLE,
        COMMANDS
    }
}
