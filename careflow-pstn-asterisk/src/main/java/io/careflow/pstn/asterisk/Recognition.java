package io.careflow.pstn.asterisk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recogniser at work: a few utterances at once, off the threads of the calls. Thread-safe. */
final class Recognition implements AutoCloseable {
    /** Of func_talkdetect, without which nobody tells when a caller speaks. */
    static final String MODULE = "func_talkdetect.so";

    private static final Logger log = LoggerFactory.getLogger(Recognition.class);
    private static final int MOST_WAITING = 1000;

    private final SpeechRecognizer recognizer;
    private final Duration limit;
    private final ThreadPoolExecutor pool;
    private final AtomicBoolean looked = new AtomicBoolean();

    /**
     * Uses, but does not own, the recogniser.
     *
     * @param limit how long one utterance may take, waiting included
     * @param atOnce how many are listened to at the same time
     */
    Recognition(SpeechRecognizer recognizer, Duration limit, int atOnce) {
        this.recognizer = recognizer;
        this.limit = limit;
        AtomicInteger count = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                atOnce, atOnce, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "asterisk-recognition-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    Duration limit() {
        return limit;
    }

    /** Says once in the log if this Asterisk cannot tell when callers speak. */
    void checkOnce(AriRest rest) {
        if (looked.compareAndSet(false, true) && !rest.hasModule(MODULE)) {
            log.error(
                    "Asterisk has not loaded {}: it cannot tell when callers speak, and only keys are understood",
                    MODULE);
        }
    }

    /**
     * Begins to listen.
     *
     * @param heard told once what was understood, empty if nothing or if it failed; not told after a cancellation
     * @return what cancels it
     */
    Runnable begin(Utterance utterance, Consumer<Optional<RecognizedSpeech>> heard) {
        try {
            Future<?> work = pool.submit(() -> {
                Optional<RecognizedSpeech> understood = Optional.empty();
                try {
                    understood = recognizer.recognize(utterance);
                } catch (InterruptedException e) {
                    return;
                } catch (SpeechException e) {
                    log.warn("nothing is recognised: {}", e.getMessage());
                } catch (RuntimeException e) {
                    // Its message may quote what was said.
                    log.error(
                            "the recogniser {} failed with {}",
                            recognizer.name(),
                            e.getClass().getName());
                }
                heard.accept(understood);
            });
            return () -> work.cancel(true);
        } catch (RejectedExecutionException e) {
            log.error("too many utterances wait for the recogniser {}", recognizer.name());
            heard.accept(Optional.empty());
            return () -> {};
        }
    }

    /** Interrupts what is at work. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
