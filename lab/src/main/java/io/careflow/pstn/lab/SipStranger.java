package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Somebody on the network who is no trunk and no user, and what such people send: single requests by UDP, as many and as fast as
 * is asked for.
 *
 * <p>Confined to one thread.
 */
public final class SipStranger implements AutoCloseable {

    private final SipServer server;
    private final DatagramSocket socket;
    private int sent;

    private SipStranger(SipServer server, String address) {
        this.server = server;
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, server.newPort(address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stranger at this address. */
    public static SipStranger at(SipServer server, String address) {
        return new SipStranger(server, address);
    }

    /** Address and port. */
    public String place() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    /** Sends a request, {@code INVITE} with an offer, to a user or number of the host. */
    public void send(String method, String user, String host, String more) {
        send(method, user, host, "", more);
    }

    /** The same as if it belonged to a call: with a tag in To. */
    public void sendWithin(String method, String user, String host, String more) {
        send(method, user, host, ";tag=made-up", more);
    }

    private void send(String method, String user, String host, String toTag, String more) {
        String me = place();
        String id = Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-" + sent++;
        boolean registers = method.equals("REGISTER");
        String uri = "sip:" + (registers ? "" : user + "@") + host;
        String body = method.equals("INVITE")
                ? "v=0\r\no=- 1 1 IN IP4 " + socket.getLocalAddress().getHostAddress() + "\r\ns=-\r\nc=IN IP4 "
                        + socket.getLocalAddress().getHostAddress()
                        + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
                : "";
        transmit(method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + me + ";branch=z9hG4bK" + id + ";rport\r\n"
                + "From: <sip:" + (registers ? user : "100") + "@" + host + ">;tag=" + id + "\r\n"
                + "To: <sip:" + user + "@" + host + ">" + toTag + "\r\n"
                + "Call-ID: " + id + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:100@" + me + ">\r\n"
                + "Max-Forwards: 70\r\n" + more
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Registers with a password, in two steps as a phone does it, and returns the status it ends with; 0 for silence. */
    public int register(String user, String password, Duration patience) {
        send("REGISTER", user, server.userHost(), "");
        List<SipMessage> first = replies(patience);
        if (first.isEmpty()) {
            return 0;
        }
        String challenge = first.get(0).header("WWW-Authenticate").orElse("");
        if (challenge.isEmpty()) {
            return first.get(0).status();
        }
        String answer = Digest.answer(challenge, "REGISTER", "sip:" + server.userHost(), user, password);
        send("REGISTER", user, server.userHost(), "Authorization: " + answer + "\r\nExpires: 60\r\n");
        List<SipMessage> second = replies(patience);
        return second.isEmpty() ? 0 : second.get(second.size() - 1).status();
    }

    /** What was answered since the last time: waits that long for a first answer, and no longer than a moment for more. */
    public List<SipMessage> replies(Duration patience) {
        List<SipMessage> replies = new ArrayList<>();
        byte[] buffer = new byte[65_535];
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                replies.add(new SipMessage(Instant.now(), false, text));
                socket.setSoTimeout(50);
            }
        } catch (SocketTimeoutException enough) {
            return replies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void transmit(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(
                    new DatagramPacket(bytes, bytes.length, InetAddress.getByName(server.address()), server.sipPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
