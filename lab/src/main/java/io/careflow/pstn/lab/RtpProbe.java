package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The ear and mouth of a SIP party: sends a tone as RTP (PCMU, 20 ms) and measures what it hears. It learns the other
 * side's address from the call it belongs to, and from the packets that arrive.
 *
 * <p>Safe for use by several threads.
 */
public final class RtpProbe implements AutoCloseable {

    private static final int FRAME = 160;
    private static final int EVENT_PAYLOAD = 101;
    private static final long FRAME_NANOS = 20_000_000;

    private final DatagramSocket socket;
    private final Heard heard = new Heard();
    private final Queue<Character> digits = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> audio = new ConcurrentLinkedQueue<>();
    private final Thread receiver = new Thread(this::receive, "lab-rtp-receiver");
    private final Thread sender = new Thread(this::send, "lab-rtp-sender");
    private final int source = ThreadLocalRandom.current().nextInt();
    private volatile @Nullable InetSocketAddress peer;
    private volatile double hertz;
    private volatile boolean open = true;
    private int sequence;
    private int timestamp;

    private RtpProbe(DatagramSocket socket, double hertz) {
        this.socket = socket;
        this.hertz = hertz;
    }

    /** A probe on one of the server's phone addresses that says a tone of this frequency. */
    public static RtpProbe open(SipServer server, double hertz) {
        String address = server.newPhoneAddress();
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, server.newPort(address)));
            RtpProbe probe = new RtpProbe(socket, hertz);
            probe.receiver.setDaemon(true);
            probe.sender.setDaemon(true);
            probe.receiver.start();
            probe.sender.start();
            return probe;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Sends to this address from now on; the calls a probe is given to do that by themselves. */
    public void sendTo(InetSocketAddress address) {
        peer = address;
    }

    /** Changes the tone; 0 is silence (packets go on). */
    public void say(double frequency) {
        hertz = frequency;
    }

    /** Says this once, after what it is saying already, and then the tone again. Of 8000 samples a second, linear. */
    public void say(short[] samples) {
        for (int from = 0; from < samples.length; from += FRAME) {
            byte[] frame = new byte[FRAME];
            for (int i = 0; i < FRAME; i++) {
                frame[i] = Tone.encode(from + i < samples.length ? samples[from + i] : 0);
            }
            audio.add(frame);
        }
    }

    /** Whether it has not yet said everything. */
    public boolean isSaying() {
        return !audio.isEmpty();
    }

    /** Presses keys, sent as telephone events (RFC 4733), 100 ms each, one after the other. */
    public void press(String keys) {
        keys.chars().forEach(key -> digits.add((char) key));
    }

    /** What was heard since the start or the last {@link #reset()}. */
    public RtpStats received() {
        return heard.stats();
    }

    /** Share, 0 to 1, of the energy of the last 400 ms heard that lies at the frequency. */
    public double toneShare(double frequency) {
        return Tone.share(heard.last(20 * FRAME), frequency);
    }

    /** Waits until the tone fills what is heard; false when it did not in time. */
    public boolean awaitTone(double frequency, Duration limit) {
        return Await.until(limit, () -> toneShare(frequency) > 0.8);
    }

    /** Forgets what was heard so far. */
    public void reset() {
        heard.reset();
    }

    private void receive() {
        byte[] buffer = new byte[2_048];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (open) {
            try {
                packet.setLength(buffer.length);
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            ByteBuffer rtp = ByteBuffer.wrap(buffer, 0, packet.getLength());
            if (packet.getLength() > 12 && (rtp.get(1) & 0x7f) == 0) {
                peer = (InetSocketAddress) packet.getSocketAddress();
                heard.packet(rtp);
            }
        }
    }

    private void send() {
        long next = System.nanoTime();
        double phase = 0;
        byte[] payload = new byte[FRAME];
        while (open) {
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
            InetSocketAddress target = peer;
            if (target == null) {
                continue;
            }
            Character digit = digits.poll();
            if (digit != null) {
                next = sendDigit(target, digit, next);
                continue;
            }
            byte[] frame = audio.poll();
            if (frame != null) {
                transmit(target, 0, false, timestamp, frame);
                timestamp += FRAME;
                continue;
            }
            double step = 2 * Math.PI * hertz / Tone.RATE;
            for (int i = 0; i < FRAME; i++) {
                payload[i] = Tone.encode((int) (12_000 * Math.sin(phase)));
                phase = hertz == 0 ? 0 : phase + step;
            }
            transmit(target, 0, false, timestamp, payload);
            timestamp += FRAME;
        }
    }

    private long sendDigit(InetSocketAddress target, char digit, long start) {
        int event = "0123456789*#ABCD".indexOf(digit);
        int begin = timestamp;
        long next = start;
        for (int frame = 1; frame <= 8 && open; frame++) {
            boolean end = frame > 5;
            int length = Math.min(frame, 5) * FRAME;
            byte[] payload = {(byte) event, (byte) (end ? 0x8a : 0x0a), (byte) (length >> 8), (byte) length};
            transmit(target, EVENT_PAYLOAD, frame == 1, begin, payload);
            timestamp += FRAME;
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return next;
    }

    private void transmit(InetSocketAddress target, int type, boolean marker, int time, byte[] payload) {
        ByteBuffer rtp = ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) (type | (marker ? 0x80 : 0)))
                .putShort((short) sequence++)
                .putInt(time)
                .putInt(source)
                .put(payload);
        try {
            socket.send(new DatagramPacket(rtp.array(), rtp.capacity(), target));
        } catch (IOException closedOrRefused) {
            // Between calls nobody listens there; the next packet tries again.
            return;
        }
    }

    @Override
    public void close() {
        open = false;
        socket.close();
        try {
            receiver.join(1_000);
            sender.join(1_000);
        } catch (InterruptedException e) {
            throw LabException.interrupted(e);
        }
    }
}
