package io.careflow.pstn.asterisk;

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

/** A TCP connection that can be pulled and plugged in again. */
final class Cable implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean plugged = true;

    Cable(URI to) throws IOException {
        target = new InetSocketAddress(to.getHost(), to.getPort());
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("cable", this::accept);
    }

    URI through(URI to) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + to.getPath());
    }

    void pull() {
        plugged = false;
        open.forEach(Cable::shut);
        open.clear();
    }

    void plug() {
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
