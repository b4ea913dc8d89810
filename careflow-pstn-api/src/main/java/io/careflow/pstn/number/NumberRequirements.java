package io.careflow.pstn.number;

import io.careflow.pstn.Capability;
import java.util.List;
import java.util.Objects;

/** What regulators want to see before they let anybody have a number. Thread-safe. */
public interface NumberRequirements extends Capability {

    /**
     * What has to be handed in for numbers of a country and kind.
     *
     * @param country ISO 3166-1 alpha-2, such as {@code CH}
     * @return empty if nothing is wanted
     */
    List<Requirement> requirements(String country, NumberKind kind);

    /**
     * One thing to hand in.
     *
     * @param id the carrier's id of it
     * @param name for people
     * @param type the carrier's word for what it is, such as {@code document}, {@code address}, {@code textual}
     * @param description what is accepted; may be empty
     * @param example may be empty
     */
    record Requirement(String id, String name, String type, String description, String example) {
        public Requirement {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(example, "example");
        }
    }
}
