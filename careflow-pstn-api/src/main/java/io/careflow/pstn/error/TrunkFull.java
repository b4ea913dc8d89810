package io.careflow.pstn.error;

/**
 * Every trunk that a call could take has as many calls as it may. Effect NONE; {@link #why} is LIMIT. It may be repeated once a call
 * has ended.
 */
public final class TrunkFull extends NotPermitted {
    private static final long serialVersionUID = 1L;

    private final int active;
    private final int max;

    /**
     * A refusal.
     *
     * @param failure with the effect NONE
     * @param active calls on the trunk that would have been the first choice
     * @param max how many it may have
     */
    public TrunkFull(Failure failure, int active, int max) {
        super(failure, Why.LIMIT);
        this.active = active;
        this.max = max;
    }

    /** How many calls the trunk of first choice has, among those that its reached limit counts. */
    public int active() {
        return active;
    }

    /** How many it may have. */
    public int max() {
        return max;
    }
}
