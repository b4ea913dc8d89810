package io.careflow.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** Packages are rooms; the root package and the errors share the ground floor. */
final class Rooms implements SliceAssignment {
    private static final Set<String> GROUND_FLOOR = Set.of("io.careflow.pstn", "io.careflow.pstn.error");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("io.careflow.")) {
            return SliceIdentifier.ignore();
        }
        return SliceIdentifier.of(GROUND_FLOOR.contains(name) ? "ground floor" : name);
    }

    @Override
    public String getDescription() {
        return "packages, with root and error as one ground floor";
    }
}
