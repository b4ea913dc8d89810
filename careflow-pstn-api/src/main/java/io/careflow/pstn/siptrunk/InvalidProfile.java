package io.careflow.pstn.siptrunk;

import java.util.List;

/** A profile cannot be used; says everything that is wrong at once. Holds no secret. */
public final class InvalidProfile extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * A refusal.
     *
     * @param profile the id of the profile, or what is known of it
     * @param problems each begins with the key that it is about; at least one
     */
    public InvalidProfile(String profile, List<String> problems) {
        super("SIP trunk profile '" + Texts.shown(profile) + "' has " + problems.size()
                + (problems.size() == 1 ? " problem: " : " problems: ") + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong; each begins with the key that it is about. */
    public List<String> problems() {
        return problems;
    }
}
