package io.careflow.pstn.flow.machine;

import java.util.List;

/**
 * What follows from a signal.
 *
 * @param next the position from now on
 * @param commands what to do now, in order; may be empty
 */
public record Transition(Position next, List<FlowCommand> commands) {
    public Transition {
        commands = List.copyOf(commands);
    }

    static Transition none(Position unchanged) {
        return new Transition(unchanged, List.of());
    }
}
