package io.careflow.pstn.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that costs next to nothing: fixed bytes by method and path, connections kept open, a thread for each. It reads
 * every request whole, and shows the last one when asked to. Not a model of how to write a server.
 */
final class Replier implements AutoCloseable {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, byte[]> replies;
    private final long pauseNanos;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean showing;
    private volatile byte @Nullable [] last;

    /**
     * A server on a free port.
     *
     * @param replies whole replies by method and path without query, such as {@code GET /a}
     * @param pause before each reply; zero for none
     */
    Replier(Map<String, byte[]> replies, Duration pause) {
        this.pauseNanos = pause.toNanos();
        this.replies = Map.copyOf(replies);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The bytes of the one request that this causes. */
    String requestOf(Runnable causing) {
        last = null;
        showing = true;
        causing.run();
        showing = false;
        byte[] bytes = last;
        if (bytes == null) {
            throw new IllegalStateException("no request came");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "replier");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            while (true) {
                int length = request(in, buffer);
                if (showing) {
                    last = Arrays.copyOf(buffer, length);
                }
                if (pauseNanos > 0) {
                    LockSupport.parkNanos(pauseNanos);
                }
                out.write(replies.getOrDefault(target(buffer), NOT_FOUND));
            }
        } catch (IOException e) {
            // the other side has hung up
        } finally {
            open.remove(socket);
        }
    }

    private static int request(InputStream in, byte[] buffer) throws IOException {
        int filled = 0;
        int whole = -1;
        while (whole < 0 || filled < whole) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                throw new EOFException();
            }
            int from = Math.max(0, filled - 3);
            filled += read;
            if (whole < 0) {
                int head = endOfHead(buffer, from, filled);
                whole = head < 0 ? -1 : head + contentLength(buffer, head);
            }
        }
        return whole;
    }

    private static int endOfHead(byte[] buffer, int from, int filled) {
        for (int i = from; i + 4 <= filled; i++) {
            if (buffer[i + 3] == '\n' && Arrays.equals(buffer, i, i + 4, END_OF_HEAD, 0, 4)) {
                return i + 4;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] buffer, int head) {
        String text = new String(buffer, 0, head, StandardCharsets.ISO_8859_1);
        String name = "\r\ncontent-length:";
        for (int at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 1)) {
            if (text.regionMatches(true, at, name, 0, name.length())) {
                int value = at + name.length();
                return Integer.parseInt(
                        text.substring(value, text.indexOf("\r\n", value)).strip());
            }
        }
        return 0;
    }

    private static String target(byte[] buffer) {
        int blank = 0;
        while (buffer[blank] != ' ') {
            blank++;
        }
        int end = blank + 1;
        while (buffer[end] != ' ' && buffer[end] != '?') {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
    }
}
