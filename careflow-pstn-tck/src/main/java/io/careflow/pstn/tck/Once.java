package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Does each command once. Not thread-safe; used on the line, where one thing happens at a time. */
final class Once<Q, R> {
    private final Map<CommandId, Done<Q, R>> done = new HashMap<>();

    /**
     * Does it, or tells what came of it before.
     *
     * @throws Conflict with these facts if the command was another request
     */
    R run(CommandId command, Q request, Supplier<Failure> conflict, Supplier<R> action) {
        Done<Q, R> before = done.get(command);
        if (before == null) {
            R result = action.get();
            done.put(command, new Done<>(request, result));
            return result;
        }
        if (!before.request().equals(request)) {
            throw new Conflict(conflict.get());
        }
        return before.result();
    }

    /** What came of a command, if it was this request. */
    Optional<R> find(CommandId command, Q request) {
        return Optional.ofNullable(done.get(command))
                .filter(before -> before.request().equals(request))
                .map(Done::result);
    }

    /** Forgets what gave a thing that is there no more. */
    void forget(Predicate<R> gone) {
        done.values().removeIf(before -> gone.test(before.result()));
    }

    private record Done<Q, R>(Q request, R result) {}
}
