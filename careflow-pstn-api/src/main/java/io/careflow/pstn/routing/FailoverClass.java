package io.careflow.pstn.routing;

/** What the end of an attempt means for the next candidate. */
public enum FailoverClass {
    /** The route failed, not the callee: the next candidate is tried. */
    NEXT,
    /** The next candidate is tried unless the callee's phone rang already. */
    NEXT_BEFORE_18X,
    /** The callee, the number or a rule has decided: no other candidate is tried. */
    FINAL,
    /** Something of ours at this carrier wants mending: the next candidate is tried, and an alarm is raised. */
    CONFIG,
    /** A limit of this carrier is reached: it is put aside for a while, and the next candidate is tried. */
    LATER,
    /** The word is too coarse; the SIP status decides. Without one nothing else is tried. */
    BY_SIP_CODE,
    /** The word is too coarse; the Q.850 cause decides. Without one nothing else is tried. */
    BY_HANGUPCAUSE,
    /** The call is not over: nothing else is tried, and the call is in doubt. */
    NOT_OVER;

    /** Whether something finer has to be looked at. */
    public boolean isCoarse() {
        return this == BY_SIP_CODE || this == BY_HANGUPCAUSE;
    }
}
