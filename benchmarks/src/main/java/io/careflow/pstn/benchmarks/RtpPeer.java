package io.careflow.pstn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** One side's voice: sends 50 packets of G.711 silence a second to everybody it talks to, and counts what it hears. */
final class RtpPeer implements AutoCloseable {
    private static final int PAYLOAD = 160;
    private static final long PACKET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DatagramSocket socket;
    private final boolean silent;
    private final Map<InetSocketAddress, AtomicInteger> partners = new ConcurrentHashMap<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder heard = new LongAdder();

    RtpPeer(String name, String ip, boolean silent) {
        this.silent = silent;
        try {
            socket = new DatagramSocket(new InetSocketAddress(ip, 0));
            socket.setReceiveBufferSize(1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!silent) {
            daemon(name + "-talks", this::talk);
            daemon(name + "-hears", this::hear);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    void talkTo(InetSocketAddress partner) {
        if (!silent) {
            partners.put(partner, new AtomicInteger());
        }
    }

    void stopTalkingTo(InetSocketAddress partner) {
        partners.remove(partner);
    }

    long sentPackets() {
        return sent.sum();
    }

    long heardPackets() {
        return heard.sum();
    }

    private void talk() {
        byte[] data = new byte[12 + PAYLOAD];
        Arrays.fill(data, 12, data.length, (byte) 0xff);
        data[0] = (byte) 0x80;
        data[11] = 1;
        long next = System.nanoTime();
        while (!socket.isClosed()) {
            next += PACKET_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
            partners.forEach((partner, sequence) -> send(data, partner, sequence.getAndIncrement()));
        }
    }

    private void send(byte[] data, InetSocketAddress partner, int sequence) {
        int time = sequence * PAYLOAD;
        data[2] = (byte) (sequence >> 8);
        data[3] = (byte) sequence;
        for (int i = 0; i < 4; i++) {
            data[4 + i] = (byte) (time >> (24 - 8 * i));
        }
        try {
            socket.send(new DatagramPacket(data, data.length, partner));
            sent.increment();
        } catch (IOException gone) {
            // The call is just ending.
        }
    }

    private void hear() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                heard.increment();
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        socket.close();
    }
}
