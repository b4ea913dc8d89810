package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Several requests that belong together. Remembers what was made, so that it can be taken away when a later one fails. Used by one
 * thread. A thing whose answer is lost is looked for; what cannot be found nor taken away is named in the failure.
 */
public final class Rollback {
    private final ProviderId provider;
    private final String operation;
    private final String idField;
    private final Deque<Made> made = new ArrayDeque<>();
    private final List<String> doubtful = new ArrayList<>();

    /**
     * Nothing is made yet.
     *
     * @param operation the name that failures give it
     * @param idField the field of a thing that holds the carrier's id of it
     */
    public Rollback(ProviderId provider, String operation, String idField) {
        this.provider = provider;
        this.operation = operation;
        this.idField = idField;
    }

    /**
     * Makes a thing whose name nothing else had before. If the answer is lost and the thing is there, it is the one.
     *
     * @param what for people, such as {@code trunk 'clinic'}
     * @param request answers with the thing and its id
     * @param namesakes what has its name
     * @param takeAway deletes the thing of an id
     */
    public Fields unique(
            String what, Supplier<Fields> request, Supplier<List<Fields>> namesakes, Consumer<String> takeAway) {
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
    public Fields thing(
            String what, Supplier<Fields> request, Supplier<List<Fields>> namesakes, Consumer<String> takeAway) {
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
    public void bond(String what, Runnable tie, Runnable part) {
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
    public RuntimeException failed(RuntimeException failure) {
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
        String id = thing.requireText(idField);
        made.push(new Made(what + " " + id, () -> takeAway.accept(id)));
        return thing;
    }

    private record Made(String what, Runnable takeAway) {}
}
