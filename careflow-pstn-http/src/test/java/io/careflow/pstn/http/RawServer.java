package io.careflow.pstn.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that answers exactly the bytes it is told, so that it can misbehave in every way that real ones do. */
final class RawServer implements AutoCloseable {
    /** What to do with the nth connection. */
    @FunctionalInterface
    interface Behaviour {
        void serve(int number, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    RawServer(Behaviour behaviour) {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> accept(behaviour));
    }

    static RawServer answering(String... replies) {
        return new RawServer((number, out) ->
                out.write(replies[Math.min(number, replies.length) - 1].getBytes(StandardCharsets.UTF_8)));
    }

    static String reply(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/base");
    }

    /** Request line, headers and body of every request that arrived. */
    List<String> requests() {
        return requests;
    }

    /** Blocks until the server is closed: the stall. */
    void stall() throws InterruptedException {
        done.await();
    }

    @Override
    public void close() throws IOException {
        done.countDown();
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(Behaviour behaviour) {
        try {
            for (int number = 1; ; number++) {
                int current = number;
                Socket socket = listening.accept();
                sockets.add(socket);
                daemon(() -> serve(behaviour, current, socket));
            }
        } catch (IOException e) {
            done.countDown();
        }
    }

    private void serve(Behaviour behaviour, int number, Socket socket) {
        try (socket) {
            requests.add(
                    read(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))));
            behaviour.serve(number, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            text.append(line).append('\n');
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        for (int i = 0; i < length; i++) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
