package io.careflow.pstn.cli;

/** A change was sent and failed; the cause says what it may have done. */
final class ChangeFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Plan plan;

    ChangeFailed(Plan plan, RuntimeException cause) {
        super(plan.action(), cause);
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }
}
