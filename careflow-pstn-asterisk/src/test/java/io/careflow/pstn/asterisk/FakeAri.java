package io.careflow.pstn.asterisk;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of Asterisk's HTTP server as the tests need: canned answers to requests, and event sockets to write to. */
final class FakeAri implements AutoCloseable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<Socket> events = new LinkedBlockingQueue<>();

    /** How many event sockets to accept without ever answering. */
    final AtomicInteger silent = new AtomicInteger();

    /** With what status to refuse event sockets; 0 to accept them. */
    final AtomicInteger refusal = new AtomicInteger();

    /** Every request: method, target and body, separated by blanks. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    FakeAri() {
        this(0);
    }

    FakeAri(int port) {
        try {
            listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/ari");
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Answers requests that start like this, such as {@code "GET /ari/channels/x"}, the longest start first; the rest get 204. */
    FakeAri answer(String start, int status, String body) {
        answers.put(
                start,
                status + " X\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        return this;
    }

    /** Breaks the connection instead of answering. */
    FakeAri drop(String start) {
        answers.put(start, "");
        return this;
    }

    /** The next event socket that a client opens. */
    Socket nextEvents() throws InterruptedException {
        Socket socket = events.poll(10, TimeUnit.SECONDS);
        if (socket == null) {
            throw new AssertionError("nobody connected");
        }
        return socket;
    }

    static void send(Socket socket, String event) throws IOException {
        byte[] text = event.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(126);
        frame.write(text.length >> 8);
        frame.write(text.length);
        frame.write(text);
        socket.getOutputStream().write(frame.toByteArray());
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            sockets.clear();
        }
    }

    private void serve(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                int length = 0;
                String key = "";
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    if (header.startsWith("Content-Length: ")) {
                        length = Integer.parseInt(header.substring(16));
                    } else if (header.startsWith("Sec-WebSocket-Key: ")) {
                        key = header.substring(19);
                    }
                }
                String request = first.substring(0, first.lastIndexOf(' '));
                requests.add(request + " " + new String(in.readNBytes(length), StandardCharsets.UTF_8));
                if (!key.isEmpty() && refusal.get() != 0) {
                    socket.getOutputStream()
                            .write(("HTTP/1.1 " + refusal.get()
                                            + " X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                    return;
                }
                if (!key.isEmpty()) {
                    if (silent.getAndDecrement() <= 0) {
                        upgrade(socket, key);
                    }
                    return;
                }
                if (!reply(socket.getOutputStream(), request)) {
                    socket.close();
                    return;
                }
            }
        } catch (IOException e) {
            sockets.remove(socket);
        }
    }

    private boolean reply(OutputStream out, String request) throws IOException {
        String answer = answers.entrySet().stream()
                .filter(e -> request.startsWith(e.getKey()))
                .max(Comparator.comparingInt(e -> e.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("204 No Content\r\n\r\n");
        if (answer.isEmpty()) {
            return false;
        }
        out.write(("HTTP/1.1 " + answer).getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private void upgrade(Socket socket, String key) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: "
                                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        events.add(socket);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-ari");
        thread.setDaemon(true);
        thread.start();
    }
}
