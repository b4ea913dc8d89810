package io.careflow.pstn.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on a free port of loopback that answers what a test told it, also wrongly, and keeps what it was
 * sent. For adapter tests only. Thread-safe; its threads are daemons and end with {@link #close}.
 *
 * <p>Paths are patterns: {@code *} stands for any characters but a slash. The query is no part of them. The rule that was
 * added last wins. What no rule fits is answered 404.
 */
public final class FakeCarrier implements AutoCloseable {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Queue<SentRequest> requests = new ConcurrentLinkedQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final int port;
    private volatile @Nullable Door door;

    /** Starts listening. */
    public FakeCarrier() {
        port = listen(0);
    }

    /** Where it listens, without a slash at the end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Answers requests of this method to these paths.
     *
     * @param method such as {@code GET}; {@code *} for any
     * @param path such as {@code /v1/numbers/*}; {@code **} alone for any
     * @param replies one after the other; the last one for all that follow
     */
    public FakeCarrier on(String method, String path, FakeReply... replies) {
        List<FakeReply> inOrder = List.of(replies);
        AtomicInteger next = new AtomicInteger();
        return on(method, path, request -> inOrder.get(Math.min(next.getAndIncrement(), inOrder.size() - 1)));
    }

    /** The same, where the answer depends on the request. The function is called by several threads. */
    public FakeCarrier on(String method, String path, Function<SentRequest, FakeReply> reply) {
        rules.add(0, new Rule(method, path(path), reply));
        return this;
    }

    /** Forgets rules and requests, and listens again if it did not. */
    public FakeCarrier reset() {
        rules.clear();
        requests.clear();
        if (door == null) {
            listen(port);
        }
        return this;
    }

    /** Refuses connections from now on, and closes those that there are. {@link #reset} ends it. */
    public FakeCarrier refuse() {
        Door open = door;
        door = null;
        if (open != null) {
            open.shut();
        }
        connections.forEach(FakeCarrier::quietly);
        return this;
    }

    /** What arrived since the start or the last {@link #reset}, in order; also what was not answered. */
    public List<SentRequest> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public void close() {
        refuse();
    }

    private int listen(int onPort) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 64);
            door = new Door(socket, daemon(() -> accept(socket)));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("fake carrier cannot listen on loopback", e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed: nobody is to be let in any more.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            FakeConnection http = new FakeConnection(connection);
            SentRequest request = http.read();
            while (request != null) {
                requests.add(request);
                if (!http.write(reply(request))) {
                    return;
                }
                request = http.read();
            }
        } catch (IOException e) {
            // The other side left, or this one was closed: both are what tests do.
        } finally {
            connections.remove(connection);
        }
    }

    private FakeReply reply(SentRequest request) {
        for (Rule rule : rules) {
            if (rule.fits(request)) {
                return rule.reply().apply(request);
            }
        }
        return FakeReply.html(404, "the fake carrier has no rule for " + request);
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-carrier-" + port + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Pattern path(String path) {
        if (path.equals("**")) {
            return Pattern.compile(".*");
        }
        return Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]*\\Q"));
    }

    private static void quietly(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            // It is gone in any case.
        }
    }

    /** Where connections come in. */
    private record Door(ServerSocket socket, Thread usher) {
        void shut() {
            quietly(socket);
            try {
                // The kernel lets connections in for as long as a thread waits for them, also after the close.
                usher.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Rule(String method, Pattern path, Function<SentRequest, FakeReply> reply) {
        boolean fits(SentRequest request) {
            boolean methodFits = method.equals("*") || method.equals(request.method());
            String plain = request.target().replaceFirst("[?].*", "");
            return methodFits && path.matcher(plain).matches();
        }
    }
}
