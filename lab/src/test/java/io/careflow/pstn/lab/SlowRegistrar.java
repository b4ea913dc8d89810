package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registrar so busy that it challenges a repeated request after the one with the password has come; once it may accept. */
final class SlowRegistrar implements SipServer, AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final DatagramSocket socket;
    private final AtomicBoolean accepts;
    private final List<String> registered = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::serve, "slow-registrar");

    private SlowRegistrar(boolean accepts) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.accepts = new AtomicBoolean(accepts);
    }

    static SlowRegistrar start(boolean accepts) throws IOException {
        SlowRegistrar registrar = new SlowRegistrar(accepts);
        registrar.thread.start();
        return registrar;
    }

    /** The values of CSeq of the requests it accepted. */
    List<String> registered() {
        return List.copyOf(registered);
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                socket.receive(packet);
                String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (header(request, "CSeq").equals("1 REGISTER")) {
                    challenge(packet, request, "1 REGISTER", "first");
                } else {
                    challenge(packet, request, "1 REGISTER", "second");
                    challenge(packet, request, "1 REGISTER", "third");
                    accept(packet, request);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void accept(DatagramPacket packet, String request) throws IOException {
        if (accepts.get()) {
            registered.add(header(request, "CSeq"));
            answer(packet, request, "200 OK", header(request, "CSeq"), "");
        } else {
            challenge(packet, request, header(request, "CSeq"), "wrong-password");
        }
    }

    private void challenge(DatagramPacket packet, String request, String sequence, String nonce) throws IOException {
        String digest = "WWW-Authenticate: Digest realm=\"slow\",nonce=\"" + nonce + "\",algorithm=MD5\r\n";
        answer(packet, request, "401 Unauthorized", sequence, digest);
    }

    private void answer(DatagramPacket packet, String request, String status, String sequence, String more)
            throws IOException {
        String text = "SIP/2.0 " + status + "\r\nVia: " + header(request, "Via") + "\r\nFrom: "
                + header(request, "From") + "\r\nTo: " + header(request, "To") + ";tag=slow\r\nCall-ID: "
                + header(request, "Call-ID") + "\r\nCSeq: " + sequence + "\r\n" + more + "Content-Length: 0\r\n\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
    }

    private static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }

    @Override
    public String address() {
        return HERE;
    }

    @Override
    public int sipPort() {
        return socket.getLocalPort();
    }

    @Override
    public String carrierAddress() {
        return HERE;
    }

    @Override
    public int carrierPort() {
        return 0;
    }

    @Override
    public boolean running() {
        return true;
    }

    @Override
    public String userHost() {
        return HERE;
    }

    @Override
    public String target() {
        return HERE;
    }

    @Override
    public String passwordOf(String user) {
        return "secret";
    }

    @Override
    public int challenge() {
        return 401;
    }

    @Override
    public int newPort(String onAddress) {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName(onAddress))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String newPhoneAddress() {
        return HERE;
    }

    @Override
    public void close() {
        socket.close();
    }
}
