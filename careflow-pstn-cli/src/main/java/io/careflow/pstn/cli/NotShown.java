package io.careflow.pstn.cli;

/** A change was made, and its result could not be shown. */
final class NotShown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Plan plan;

    NotShown(Plan plan, RuntimeException cause) {
        super(plan.action(), cause);
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }
}
