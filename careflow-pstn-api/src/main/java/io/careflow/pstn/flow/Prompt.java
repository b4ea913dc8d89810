package io.careflow.pstn.flow;

/** A step that a caller listens to: the only kind that may stand inside a {@link Gather}. */
public interface Prompt extends Step {}
