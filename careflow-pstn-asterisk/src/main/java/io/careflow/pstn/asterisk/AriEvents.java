package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event connection of one Stasis application. One socket, one reader, one thread that parses and tells the listener,
 * so that events keep Asterisk's order. Reconnects for ever until closed. Thread-safe.
 */
final class AriEvents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AriEvents.class);
    private static final int MOST_REASONS = 20; // to warn of in one outage

    private final HttpTransport http;
    private final AriRest rest;
    private final Json json;
    private final AriSettings settings;
    private final AriListener listener;
    private final ScheduledExecutorService scheduler;
    private final RandomGenerator random;
    private final Clock clock;
    private final BlockingQueue<Item> queue;
    private final Thread thread;

    private volatile boolean closed;
    private volatile @Nullable Connection current;
    // Of the event thread alone:
    private @Nullable Connection announced;
    private boolean everConnected;
    private int failures;
    private @Nullable Instant downSince;
    private @Nullable String reason;
    private final Set<String> warned = new HashSet<>();

    AriEvents(
            HttpTransport http,
            AriRest rest,
            Json json,
            AriSettings settings,
            AriListener listener,
            ScheduledExecutorService scheduler,
            RandomGenerator random,
            Clock clock) {
        this.http = http;
        this.rest = rest;
        this.json = json;
        this.settings = settings;
        this.listener = listener;
        this.scheduler = scheduler;
        this.random = random;
        this.clock = clock;
        this.queue = new LinkedBlockingQueue<>(settings.backlog());
        this.thread = new Thread(this::run, "ari-events-" + settings.app());
        thread.setDaemon(true);
    }

    /** Starts connecting, and returns at once. Call it once. */
    void start() {
        thread.start();
        connect();
    }

    /** How many events wait for the listener. */
    int backlog() {
        return queue.size();
    }

    /** Ends the connection; the listener hears nothing more once this has returned. May be called more than once. */
    @Override
    public void close() {
        closed = true;
        Connection connection = current;
        if (connection != null) {
            connection.cancel();
        }
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        queue.clear(); // a reader that waits for room may go
    }

    private void connect() {
        if (closed) {
            return;
        }
        Connection connection = new Connection();
        current = connection;
        // A ping that is still unanswered when the next one is due ends the socket: two intervals at most.
        connection.open(settings.deadAfter().dividedBy(2));
    }

    private void run() {
        try {
            while (!closed) {
                queue.take().deliver();
            }
        } catch (InterruptedException e) {
            log.debug("events of {} end", settings.app());
        }
    }

    private void opened(Connection connection) {
        if (connection != current || closed) {
            return;
        }
        connection.opened = true;
        try {
            if (!settings.eventTypes().isEmpty() && !rest.eventFilter(settings.app(), settings.eventTypes())) {
                log.warn("Asterisk took no event filter for {}; all events will be read", settings.app());
            }
        } catch (PstnException e) {
            connection.endHere("event filter: " + e.getMessage());
            return;
        }
        try {
            listener.connected(!everConnected);
        } catch (RuntimeException e) {
            // Without knowing what was missed there is no going on: begin again.
            log.debug("could not look up what happened while {} was away", settings.app(), e);
            connection.endHere("recovery: " + e.getMessage());
            return;
        }
        failures = 0;
        downSince = null;
        reason = null;
        warned.clear();
        announced = connection;
        everConnected = true;
    }

    private void arrived(Connection connection, String text) {
        if (connection != announced) {
            return;
        }
        try {
            JsonNode raw = json.read(text);
            AriEvent event = AriEvent.of(raw);
            if (event.type().equals(AriSettings.REPLACED)) {
                log.error("another client connected as application {}; each name belongs to one", settings.app());
                failures = Integer.MAX_VALUE; // fighting over the name would hurt both: stay away for long
                connection.endHere("the application was taken over by another client");
                return;
            }
            tell(() -> listener.event(event));
        } catch (MalformedJson e) {
            log.warn("an event of {} is unreadable: {}", settings.app(), e.getMessage());
        }
    }

    private void ended(Connection connection, Instant at, String why) {
        if (connection != current || closed) {
            return;
        }
        if (announced == connection) {
            announced = null;
            log.warn("events of {} stopped: {}", settings.app(), why);
            down(at, why);
        } else {
            String what = connection.opened ? "no events from" : "no connection to";
            String text = what + " Asterisk at " + settings.server() + ": " + why;
            if (warned.size() < MOST_REASONS && warned.add(text)) {
                log.warn("{}", text);
            }
            down(at, text);
        }
        long pause = pause();
        failures = failures == Integer.MAX_VALUE ? 1 : failures + 1;
        try {
            ScheduledFuture<?> unused = scheduler.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the scheduler is closed; {} stays disconnected", settings.app());
        }
    }

    private void down(Instant at, String why) {
        Instant since = downSince == null ? at : downSince;
        downSince = since;
        if (!why.equals(reason)) {
            reason = why;
            tell(() -> listener.disconnected(since, why));
        }
    }

    private String refusal(int status) {
        String meaning = switch (status) {
            case 401 -> ": user '" + settings.user() + "' or its password is refused (ari.conf)";
            case 404 -> ": no ARI there: the path must be /ari, and res_ari loaded";
            default -> "";
        };
        return "HTTP " + status + meaning;
    }

    private String failure(Throwable t) {
        if (t instanceof UnknownHostException) {
            return "unknown host " + settings.server().getHost();
        }
        if (t instanceof ConnectException) {
            return isRefusal(t) ? "connection refused" : "cannot connect";
        }
        if (t instanceof NoRouteToHostException) {
            return "no route to the host";
        }
        if (t instanceof InterruptedIOException) {
            return "no answer in time";
        }
        return "the connection broke: " + t.getClass().getSimpleName();
    }

    private static boolean isRefusal(Throwable t) {
        for (Throwable cause = t; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.toLowerCase(Locale.ROOT).contains("refused")) {
                return true;
            }
        }
        return false;
    }

    private long pause() {
        if (failures == Integer.MAX_VALUE) {
            return settings.replacedRetry().toMillis();
        }
        long longest = settings.longestRetry().toMillis();
        long doubled = failures > 20 ? longest : settings.firstRetry().toMillis() << failures;
        long limit = Math.min(longest, doubled);
        return limit / 2 + random.nextLong(limit / 2 + 1);
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            log.error("the listener of {} failed", settings.app(), e);
        }
    }

    @FunctionalInterface
    private interface Item {
        void deliver();
    }

    /** One socket. Its callbacks only queue; a full queue blocks the reader, which is the back-pressure. */
    private final class Connection extends WebSocketListener {
        private volatile @Nullable WebSocket socket;
        private final AtomicBoolean over = new AtomicBoolean();
        private boolean opened; // of the event thread alone

        void open(Duration pings) {
            HttpCall call = HttpCall.of("ari.events", "GET", "events")
                    .query("app", settings.app())
                    .query("subscribeAll", "false");
            socket = http.webSocket(call, pings, this);
        }

        void cancel() {
            WebSocket open = socket;
            if (open != null) {
                open.cancel();
            }
        }

        void end(String why) {
            if (isFirstEnd()) {
                Instant at = clock.instant();
                put(() -> ended(this, at, why));
            }
        }

        // For the event thread, which must not wait for room in the queue that it alone empties.
        void endHere(String why) {
            if (isFirstEnd()) {
                ended(this, clock.instant(), why);
            }
        }

        private boolean isFirstEnd() {
            // Marked before it is cancelled: the failure that cancelling causes must not become the reason.
            boolean first = over.compareAndSet(false, true);
            cancel();
            return first;
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            put(() -> opened(this));
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            put(() -> arrived(this, text));
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            end("closed by Asterisk, code " + code);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
            end(response == null ? failure(t) : refusal(response.code()));
        }

        private void put(Item item) {
            try {
                queue.put(item);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
