package io.careflow.pstn.flow;

/**
 * One thing that happens to a call and then is over. Not sealed: steps will be added; an adapter refuses the ones it does
 * not know before the call rings.
 */
public interface Step {

    /** The name used where a provider lists what it supports, such as {@code say}. */
    String name();
}
