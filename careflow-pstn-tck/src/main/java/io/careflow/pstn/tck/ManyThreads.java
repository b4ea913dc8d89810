package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One provider, many threads that do the same at the same time. */
final class ManyThreads {
    private final Trial trial;
    private final Operation operation;

    ManyThreads(Trial trial, Operation operation) {
        this.trial = trial;
        this.operation = operation;
    }

    /** The operation was arranged to succeed. */
    void check(int threads) {
        trial.checkResult(trial.attempt(operation, trial.provider(), "-alone"));
        int requests = trial.wire().sent().size();
        int writes = trial.writes().size();
        trial.arrange(operation, Situation.SUCCESS);
        List<Outcome> outcomes = together(threads);
        if (operation.isWrite() && !trial.wire().speaksHttp()) {
            List<String> ids = outcomes.stream().flatMap(this::made).toList();
            assertThat(ids).as("ids of what was made").hasSize(threads).doesNotHaveDuplicates();
        } else {
            outcomes.forEach(trial::checkResult);
        }
        assertThat(trial.writes()).as("writes").hasSize(threads * writes);
        if (operation == Operation.MESSAGE_SEND && trial.wire().speaksHttp()) {
            // Each thread sends another text: none may be swallowed by another thread's.
            assertThat(trial.writes()).extracting(SentRequest::body).doesNotHaveDuplicates();
        }
        assertThat(trial.wire().sent()).as("requests").hasSizeLessThanOrEqualTo(threads * requests);
    }

    /** A fake carrier shows its sample each time; a carrier without a network makes a new thing each time. */
    private Stream<String> made(Outcome outcome) {
        return trial.results().ids(List.of(outcome.requireResult())).stream();
    }

    private List<Outcome> together(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Outcome>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String suffix = "-" + i;
                running.add(pool.submit(() -> {
                    start.await();
                    return trial.attempt(operation, trial.provider(), suffix);
                }));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get(30, TimeUnit.SECONDS));
            }
            return outcomes;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a thread failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
