package io.careflow.pstn.event;

/** A call event that the application answers with the next {@link io.careflow.pstn.flow.CallFlow}. */
public interface FlowEvent extends CallEvent {}
