package io.careflow.pstn.flow;

import java.util.Objects;

/**
 * Asks the application for another flow at once.
 *
 * @param then where the application goes on
 */
public record Redirect(Continuation then) implements Ending {
    public Redirect {
        Objects.requireNonNull(then, "then");
    }

    @Override
    public String name() {
        return "redirect";
    }
}
