package io.careflow.pstn.cli;

import java.util.List;

/** A file of ours cannot be used; says everything that is wrong at once. Holds no secret. */
final class InvalidSite extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final transient List<String> problems;

    /**
     * A refusal.
     *
     * @param what such as {@code site file office.properties}
     * @param problems at least one
     */
    InvalidSite(String what, List<String> problems) {
        super(summary(what, problems) + ": " + String.join("; ", problems));
        this.what = what;
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }

    /** How many there are. */
    String summary() {
        return summary(what, problems);
    }

    private static String summary(String what, List<String> problems) {
        return what + " has " + problems.size() + (problems.size() == 1 ? " problem" : " problems");
    }
}
