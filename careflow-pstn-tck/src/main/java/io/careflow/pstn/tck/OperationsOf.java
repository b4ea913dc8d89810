package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The operations for a {@link ForEach}. Made by JUnit. */
final class OperationsOf implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Of of = Objects.requireNonNull(context.getRequiredTestClass().getAnnotation(Of.class));
        ForEach each = Objects.requireNonNull(context.getRequiredTestMethod().getAnnotation(ForEach.class));
        if (!offered(context).contains(of.value())) {
            return Stream.empty();
        }
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.capability() == of.value())
                .filter(operation -> isWanted(operation, each.kind()))
                .filter(operation ->
                        each.only().length == 0 || List.of(each.only()).contains(operation))
                .filter(each.value()::concerns)
                .map(Arguments::of);
    }

    private static List<Class<? extends Capability>> offered(ExtensionContext context) {
        return context.getEnclosingTestClasses().stream()
                .map(type -> type.getAnnotation(Offers.class))
                .filter(Objects::nonNull)
                .map(offers -> List.of(offers.value()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no @Offers at the conformance class"));
    }

    private static boolean isWanted(Operation operation, ForEach.Kind kind) {
        return switch (kind) {
            case ANY -> true;
            case READS -> !operation.isWrite();
            case WRITES -> operation.isWrite();
            case REPEATABLE ->
                !operation.isWrite() || operation == Operation.CALL_PLACE || operation == Operation.MESSAGE_SEND;
            case COMMANDS ->
                operation.isPaid() || operation == Operation.TRUNK_CREATE || operation == Operation.NUMBER_RESERVE;
        };
    }
}
