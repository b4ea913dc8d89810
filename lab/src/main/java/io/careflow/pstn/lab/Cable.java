package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP connection to a server that can be pulled and plugged in again: a broken network, or a server that is down. Connections
 * that were cut stay cut; while it is pulled new ones are closed at once. Thread-safe.
 */
public final class Cable implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean plugged = true;

    /** A plugged-in cable to this server. */
    public Cable(String host, int port) throws IOException {
        target = new InetSocketAddress(host, port);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("cable", this::accept);
    }

    /** A plugged-in cable to the server of this URI. */
    public static Cable to(URI server) throws IOException {
        return new Cable(server.getHost(), server.getPort());
    }

    /** The same URI, by way of this cable. */
    public URI through(URI server) {
        return URI.create(server.getScheme() + "://127.0.0.1:" + port() + server.getPath());
    }

    /** The port on 127.0.0.1 that leads to the server. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Cuts every connection and takes no new ones. */
    public void pull() {
        plugged = false;
        open.forEach(Cable::shut);
        open.clear();
    }

    /** Takes connections again. */
    public void plug() {
        plugged = true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        pull();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                if (!plugged) {
                    shut(near);
                    continue;
                }
                Socket far = new Socket();
                far.connect(target, 2000);
                open.add(near);
                open.add(far);
                start("cable-in", () -> pump(near, far));
                start("cable-out", () -> pump(far, near));
            }
        } catch (IOException e) {
            pull();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            shut(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
