package io.careflow.pstn.telnyx;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alarms on daemon threads of its own. Thread-safe. */
final class SystemAlarm implements Alarm {
    private static final Logger log = LoggerFactory.getLogger(SystemAlarm.class);
    /** Each may wait for Telnyx for as long as a request lasts. */
    private static final int THREADS = 16;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Clock clock;
    private final ScheduledThreadPoolExecutor executor;

    SystemAlarm(Clock clock) {
        this.clock = clock;
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "careflow-telnyx-flows");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void at(Instant when, Runnable action) {
        Duration wait = Duration.between(clock.instant(), when);
        try {
            ScheduledFuture<?> unused =
                    executor.schedule(() -> guarded(action), Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("closed: another node goes on");
        }
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.warn("a flow could not go on now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
