package io.careflow.pstn.tck;

import io.careflow.pstn.flow.Step;
import java.time.Instant;

/**
 * Something that was done to the person on the line: a prompt they began to hear, or digits sent to them.
 *
 * @param at when it began
 * @param step what it was
 */
public record Heard(Instant at, Step step) {}
