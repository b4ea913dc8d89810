package io.careflow.pstn.tck;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * {@link LogCapture} for tests that log with Logback: while it is open, it takes the place of the root logger's appenders.
 * Needs logback-classic on the test class path. Thread-safe; one at a time.
 */
public final class LogbackCapture implements LogCapture {
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final Logger root;
    private final @Nullable Level before;
    private final List<Appender<ILoggingEvent>> aside = new ArrayList<>();
    private final Taker taker = new Taker(taken);

    /**
     * Takes everything from now on, at every level. The root logger's level and appenders come back at {@link #close}.
     *
     * @throws IllegalStateException if slf4j is bound to something else
     */
    public LogbackCapture() {
        if (!(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger logback)) {
            throw new IllegalStateException(
                    "slf4j is not bound to Logback; put logback-classic on the test class path");
        }
        root = logback;
        before = root.getLevel();
        taker.setContext(root.getLoggerContext());
        taker.start();
        root.iteratorForAppenders().forEachRemaining(aside::add);
        aside.forEach(root::detachAppender);
        root.setLevel(Level.TRACE);
        root.addAppender(taker);
    }

    @Override
    public List<String> lines() {
        return new ArrayList<>(taken);
    }

    @Override
    public void close() {
        if (!root.detachAppender(taker)) {
            return;
        }
        aside.forEach(root::addAppender);
        root.setLevel(before == null ? Level.DEBUG : before);
        taker.stop();
    }

    // Without a lock: what is logged may take locks while it becomes text, and others may log while they hold those.
    private static final class Taker extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final Queue<String> to;

        Taker(Queue<String> to) {
            this.to = to;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String trouble =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            to.add(event.getLoggerName() + ": " + event.getFormattedMessage() + " " + event.getMDCPropertyMap()
                    + trouble);
        }
    }
}
