package io.careflow.pstn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** SIP over one UDP socket: a thread that reads and stamps, and RFC 3261's repetition of what is not answered. */
final class SipSocket implements AutoCloseable {
    private static final int T1_MILLIS = 500;

    private final DatagramSocket socket;
    private final Thread reader;
    private final ScheduledExecutorService timers;
    private final SipCounters counters;

    SipSocket(
            String name,
            InetSocketAddress local,
            ScheduledExecutorService timers,
            SipCounters counters,
            Handler handler) {
        this.timers = timers;
        this.counters = counters;
        try {
            socket = new DatagramSocket(local);
            socket.setReceiveBufferSize(1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(() -> read(handler), name);
        reader.setDaemon(true);
        reader.start();
    }

    String ip() {
        return socket.getLocalAddress().getHostAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(String text, InetSocketAddress to) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket.send(new DatagramPacket(data, data.length, to));
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sends, and again after 0.5 s, 1 s, 2 s and so on until cancelled. */
    Runnable sendUntilCancelled(String text, InetSocketAddress to) {
        send(text, to);
        Repeat repeat = new Repeat(text, to);
        repeat.schedule(T1_MILLIS);
        return repeat::cancel;
    }

    private void read(Handler handler) {
        byte[] buffer = new byte[8192];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                long now = System.nanoTime();
                handler.received(
                        SipText.of(buffer, packet.getLength()), (InetSocketAddress) packet.getSocketAddress(), now);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Takes what arrives. */
    @FunctionalInterface
    interface Handler {
        void received(SipText message, InetSocketAddress from, long nanos);
    }

    private final class Repeat {
        private final String text;
        private final InetSocketAddress to;
        private volatile boolean cancelled;
        private volatile ScheduledFuture<?> next;

        @SuppressWarnings("NullAway.Init")
        Repeat(String text, InetSocketAddress to) {
            this.text = text;
            this.to = to;
        }

        void schedule(int millis) {
            next = timers.schedule(
                    () -> {
                        if (!cancelled) {
                            counters.resent();
                            send(text, to);
                            if (millis < 16_000) {
                                schedule(millis * 2);
                            }
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        }

        void cancel() {
            cancelled = true;
            next.cancel(false);
        }
    }
}
