package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A /24 of the loopback network held for one laboratory. Linux lets anybody bind any 127/8 address, so two laboratories
 * (of any user, in any process) never meet: the network is held by a bound TCP port for as long as this object is open.
 */
final class Loopback implements AutoCloseable {

    private static final int GUARD_PORT = 61789;
    private static final int FIRST_PHONE = 20;
    private static final int FIRST_PORT = 10_000;

    private final String prefix;
    private final ServerSocket guard;
    private final AtomicInteger ports = new AtomicInteger();
    private final AtomicInteger phones = new AtomicInteger(FIRST_PHONE);

    private Loopback(String prefix, ServerSocket guard) {
        this.prefix = prefix;
        this.guard = guard;
    }

    static Loopback lease() {
        for (int attempt = 0; attempt < 50; attempt++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String prefix = "127." + random.nextInt(64, 255) + "." + random.nextInt(1, 255) + ".";
            try {
                return new Loopback(prefix, bindTcp(prefix + 1, GUARD_PORT));
            } catch (IOException taken) {
                // Somebody has it: take the next one.
            }
        }
        throw new LabException("no free loopback network found: is 127.0.0.0/8 up (ip link set lo up)?");
    }

    String address(int host) {
        return prefix + host;
    }

    /** An address no other phone of this laboratory has; after 200 of them they are used again. */
    String phoneAddress() {
        return prefix + (FIRST_PHONE + (phones.getAndIncrement() - FIRST_PHONE) % 200);
    }

    /** First of ten ports that nobody else of this laboratory gets, and that is free on UDP and TCP. */
    int freePort(String address) {
        for (int attempt = 0; attempt < 50; attempt++) {
            int port = FIRST_PORT + 10 * (ports.getAndIncrement() % 4_000);
            try (ServerSocket tcp = bindTcp(address, port);
                    DatagramSocket udp = new DatagramSocket(socketAddress(address, tcp.getLocalPort()))) {
                return udp.getLocalPort();
            } catch (IOException taken) {
                // Somebody has it: take the next one.
            }
        }
        throw new LabException("no free port on " + address);
    }

    /** Whether some process listens on the UDP port; looks without binding, so it disturbs nobody. */
    static boolean udpBound(String address, int port) {
        try {
            byte[] ip = InetAddress.getByName(address).getAddress();
            String local = String.format(
                    Locale.ROOT, "%02X%02X%02X%02X:%04X", ip[3] & 0xff, ip[2] & 0xff, ip[1] & 0xff, ip[0] & 0xff, port);
            String swapped = String.format(
                    Locale.ROOT, "%02X%02X%02X%02X:%04X", ip[0] & 0xff, ip[1] & 0xff, ip[2] & 0xff, ip[3] & 0xff, port);
            return Files.readAllLines(Path.of("/proc/net/udp")).stream()
                    .anyMatch(line -> line.contains(": " + local + " ") || line.contains(": " + swapped + " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket bindTcp(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(socketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SocketAddress socketAddress(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    @Override
    public void close() {
        try {
            guard.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
