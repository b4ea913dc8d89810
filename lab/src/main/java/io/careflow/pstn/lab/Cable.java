package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a server that can be pulled and plugged in again: a broken network, or a server that is down. Connections
 * that were cut stay cut; while it is pulled new ones are closed at once. It can also lose the answer to one HTTP request, which the
 * server does. Thread-safe.
 */
public final class Cable implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private volatile boolean plugged = true;
    private volatile boolean losing;
    private volatile @Nullable Pattern toLose;

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
        open.forEach(Line::cut);
        open.clear();
    }

    /** Takes connections again. */
    public void plug() {
        losing = false;
        plugged = true;
    }

    /**
     * The next request that begins like this reaches the server, but its connection is cut instead of the answer. From then on every
     * connection but those of WebSockets is cut, new ones too, until {@link #plug}.
     *
     * @param request such as {@code "POST /ari/channels/[^/]+ HTTP"}
     */
    public void loseAnswerTo(String request) {
        toLose = Pattern.compile(request);
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
                if (!plugged || losing) {
                    shut(near);
                    continue;
                }
                Socket far = new Socket();
                far.connect(target, 2000);
                Line line = new Line(near, far);
                open.add(line);
                start("cable-in", line::in);
                start("cable-out", line::out);
            }
        } catch (IOException e) {
            pull();
        }
    }

    private void sees(Line line, byte[] bytes, int length) {
        Pattern awaited = toLose;
        if (line.lasting || (awaited == null && line.known)) {
            return;
        }
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        line.known = true;
        line.lasting = text.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
        if (awaited != null && awaited.matcher(text).lookingAt()) {
            toLose = null;
            line.deaf = true;
            losing = true;
            open.stream().filter(other -> other != line && !other.lasting).forEach(Line::cut);
        }
    }

    /** One connection: what the client sends goes in, what the server answers comes out. */
    private final class Line {
        private final Socket near;
        private final Socket far;
        private volatile boolean known;
        private volatile boolean lasting;
        private volatile boolean deaf;

        Line(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void in() {
            try (InputStream from = near.getInputStream();
                    OutputStream to = far.getOutputStream()) {
                byte[] bytes = new byte[16_384];
                for (int length = from.read(bytes); length > 0; length = from.read(bytes)) {
                    sees(this, bytes, length);
                    to.write(bytes, 0, length);
                }
            } catch (IOException e) {
                shut(far);
            }
        }

        void out() {
            try (InputStream from = far.getInputStream();
                    OutputStream to = near.getOutputStream()) {
                byte[] bytes = new byte[16_384];
                for (int length = from.read(bytes); length > 0 && !deaf; length = from.read(bytes)) {
                    to.write(bytes, 0, length);
                }
            } catch (IOException e) {
                shut(near);
            } finally {
                open.remove(this);
            }
        }

        void cut() {
            shut(near);
            shut(far);
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
