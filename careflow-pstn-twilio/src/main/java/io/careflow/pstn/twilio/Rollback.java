package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Several requests that belong together. Remembers what was made, so that it can be taken away when a later one fails. Used by one
 * thread.
 */
final class Rollback {
    private final ProviderId provider;
    private final String operation;
    private final Deque<Made> made = new ArrayDeque<>();
    private final List<String> doubtful = new ArrayList<>();

    Rollback(ProviderId provider, String operation) {
        this.provider = provider;
        this.operation = operation;
    }

    /**
     * Makes a thing whose name nothing else had before. If the answer is lost and the thing is there, it is the one.
     *
     * @param what for people, such as {@code trunk 'clinic'}
     * @param request answers with the thing and its {@code sid}
     * @param namesakes what has its name
     * @param takeAway deletes the thing of a SID
     */
    Fields unique(String what, Supplier<Fields> request, Supplier<List<Fields>> namesakes, Consumer<String> takeAway) {
        try {
            return remembered(what, request.get(), takeAway);
        } catch (PstnException e) {
            List<Fields> found = e.effect() == Effect.UNKNOWN ? look(what, namesakes, takeAway, e) : List.of();
            if (found.size() == 1) {
                return found.get(0);
            }
            throw e;
        }
    }

    /** As {@link #unique}, of a thing that may have older namesakes: none is used, but all of them are ours to take away. */
    Fields thing(String what, Supplier<Fields> request, Supplier<List<Fields>> namesakes, Consumer<String> takeAway) {
        try {
            return remembered(what, request.get(), takeAway);
        } catch (PstnException e) {
            if (e.effect() == Effect.UNKNOWN) {
                Object unused = look(what, namesakes, takeAway, e);
            }
            throw e;
        }
    }

    /** Ties two things together; parting them twice does no harm. */
    void bond(String what, Runnable tie, Runnable part) {
        try {
            tie.run();
            made.push(new Made(what, part));
        } catch (PstnException e) {
            if (e.effect() == Effect.UNKNOWN) {
                made.push(new Made(what, part));
            }
            throw e;
        }
    }

    /**
     * Takes everything away, the latest first.
     *
     * @return what to throw: the failure itself, or one that says what may be left behind
     */
    RuntimeException failed(RuntimeException failure) {
        List<String> left = new ArrayList<>(doubtful);
        while (!made.isEmpty()) {
            Made latest = made.pop();
            try {
                latest.takeAway().run();
            } catch (NotFound e) {
                // That is what was wanted.
            } catch (PstnException e) {
                left.add(latest.what());
                failure.addSuppressed(e);
            }
        }
        return failure instanceof PstnException known ? said(known, left) : failure;
    }

    private PstnException said(PstnException failure, List<String> left) {
        if (left.isEmpty() && failure.effect() == Effect.NONE) {
            return failure;
        }
        Failure facts = failure.failure();
        String reason = facts.reason()
                + (left.isEmpty()
                        ? "; what had been made was taken away again"
                        : "; may be left behind: " + String.join(", ", left));
        return new ProviderUnavailable(
                new Failure(
                        provider,
                        operation,
                        left.isEmpty() ? Effect.NONE : Effect.UNKNOWN,
                        reason,
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                failure);
    }

    private List<Fields> look(
            String what, Supplier<List<Fields>> namesakes, Consumer<String> takeAway, PstnException failure) {
        try {
            List<Fields> found = namesakes.get();
            for (Fields thing : found) {
                Object unused = remembered(what, thing, takeAway);
            }
            if (found.isEmpty()) {
                doubtful.add(what); // it may still appear
            }
            return found;
        } catch (PstnException e) {
            doubtful.add(what);
            failure.addSuppressed(e);
            return List.of();
        }
    }

    private Fields remembered(String what, Fields thing, Consumer<String> takeAway) {
        String sid = thing.requireText("sid");
        made.push(new Made(what + " " + sid, () -> takeAway.accept(sid)));
        return thing;
    }

    private record Made(String what, Runnable takeAway) {}
}
