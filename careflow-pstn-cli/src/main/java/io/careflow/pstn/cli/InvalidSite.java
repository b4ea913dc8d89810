package io.careflow.pstn.cli;

import java.util.List;

/** A file of ours cannot be used; says everything that is wrong at once. Holds no secret. */
final class InvalidSite extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * A refusal.
     *
     * @param what such as {@code site file office.properties}
     * @param problems at least one
     */
    InvalidSite(String what, List<String> problems) {
        super(what + " has " + problems.size() + (problems.size() == 1 ? " problem: " : " problems: ")
                + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
