package io.careflow.pstn.tck;

import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberRequirements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the regulators of an in-memory provider want to see: nothing, unless something was named. */
final class MemoryRequirements implements NumberRequirements {
    private final MemoryLine line;
    private final Map<Of, List<Requirement>> wanted = new LinkedHashMap<>();

    MemoryRequirements(MemoryLine line) {
        this.line = line;
    }

    @Override
    public List<Requirement> requirements(String country, NumberKind kind) {
        Of of = Of.of(country, kind);
        return line.read(Operation.NUMBER_REQUIREMENTS, () -> List.copyOf(wanted.getOrDefault(of, List.of())));
    }

    void want(String country, NumberKind kind, Requirement requirement) {
        wanted.computeIfAbsent(Of.of(country, kind), any -> new ArrayList<>()).add(requirement);
    }

    private record Of(String country, NumberKind kind) {
        static Of of(String country, NumberKind kind) {
            return new Of(country.toUpperCase(Locale.ROOT), kind);
        }
    }
}
