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
    private String contact;
    private int sent;

    private SipStranger(SipServer server, String address) {
        this.server = server;
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, server.newPort(address)));
            contact = "100@" + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
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
        send(method, "100", user, host, toTag, more);
    }

    private void send(String method, String from, String user, String host, String toTag, String more) {
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
                + "From: <sip:" + (registers ? user : from) + "@" + host + ">;tag=" + id + "\r\n"
                + "To: <sip:" + user + "@" + host + ">" + toTag + "\r\n"
                + "Call-ID: " + id + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:" + contact + ">\r\n"
                + "Max-Forwards: 70\r\n" + more
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Registers as a phone of RFC 2069 does it, sends the same answer once more, and returns both statuses. */
    public List<Integer> registerAndReplay(String user, String password, Duration patience) {
        String challenge = challenge("REGISTER", user, user, patience);
        String answer = Digest.oldAnswer(challenge, "REGISTER", "sip:" + server.userHost(), user, password);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            send("REGISTER", user, server.userHost(), "Authorization: " + answer + "\r\n");
            statuses.add(replies(patience).stream().mapToInt(SipMessage::status).reduce(0, (first, last) -> last));
        }
        return statuses;
    }

    /**
     * Calls as a user, with the password.
     *
     * @param before more headers of the request with the answer, in front of it
     */
    public void call(String user, String password, String number, String before, Duration patience) {
        String challenge = challenge("INVITE", user, number, patience);
        String uri = "sip:" + number + "@" + server.userHost();
        String answer = Digest.answer(challenge, "INVITE", uri, user, password);
        send("INVITE", user, number, server.userHost(), "", before + "Proxy-Authorization: " + answer + "\r\n");
    }

    private String challenge(String method, String from, String user, Duration patience) {
        send(method, from, user, server.userHost(), "", "");
        return replies(patience).stream()
                .map(reply -> reply.header("WWW-Authenticate")
                        .or(() -> reply.header("Proxy-Authenticate"))
                        .orElse(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow(() -> new LabException(method + " of " + from + " is not challenged"));
    }

    /** Answers a request with the headers that an answer must have and no other. */
    public void answer(SipMessage request, int status) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Answer\r\n");
        for (String header : List.of("Via", "Record-Route", "From", "To", "Call-ID", "CSeq")) {
            for (String value : request.headers(header)) {
                text.append(header).append(": ").append(value);
                text.append(header.equals("To") && !value.contains("tag=") ? ";tag=answer\r\n" : "\r\n");
            }
        }
        transmit(text + "Content-Length: 0\r\n\r\n");
    }

    /** Registers with a password, in two steps as a phone does it, and returns the status it ends with; 0 for silence. */
    public int register(String user, String password, Duration patience) {
        return register(user, password, "", patience);
    }

    /** The same with another header, such as a second contact of somebody else. */
    public int registerAlso(String user, String password, String header, Duration patience) {
        return register(user, password, header, patience);
    }

    /** The same with the contact of somebody else alone: user part, at sign and place. */
    public int registerInstead(String user, String password, String contact, Duration patience) {
        this.contact = contact;
        return register(user, password, patience);
    }

    private int register(String user, String password, String more, Duration patience) {
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
        send("REGISTER", user, server.userHost(), "Authorization: " + answer + "\r\nExpires: 60\r\n" + more);
        List<SipMessage> second = replies(patience);
        return second.isEmpty() ? 0 : second.get(second.size() - 1).status();
    }

    /**
     * What was answered since the last time: waits that long for a first answer, and for what follows an answer that only says that more will
     * come; no longer than a moment for anything else.
     */
    public List<SipMessage> replies(Duration patience) {
        List<SipMessage> replies = new ArrayList<>();
        byte[] buffer = new byte[65_535];
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                SipMessage reply = new SipMessage(Instant.now(), false, text);
                replies.add(reply);
                socket.setSoTimeout(reply.status() / 100 == 1 ? Math.toIntExact(patience.toMillis()) : 50);
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
