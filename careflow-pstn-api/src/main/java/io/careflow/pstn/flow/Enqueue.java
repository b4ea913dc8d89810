package io.careflow.pstn.flow;

import java.util.Objects;

/**
 * Puts the caller into a waiting queue.
 *
 * @param queue the queue's name
 * @param then where the application goes on when the caller leaves it
 */
public record Enqueue(String queue, Continuation then) implements Ending {
    public Enqueue {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(then, "then");
    }

    @Override
    public String name() {
        return "enqueue";
    }
}
