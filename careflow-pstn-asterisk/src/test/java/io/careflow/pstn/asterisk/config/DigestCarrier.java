package io.careflow.pstn.asterisk.config;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A carrier that believes nobody: it challenges registrations and calls (RFC 2617), keeps what it got, answers the calls that
 * proved themselves, and calls who registered. Or a phone, which registers and answers.
 */
final class DigestCarrier implements AutoCloseable {
    private static final String REALM = "carrier.example";
    private static final String NONCE = "5c2f0c3d";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final String user;
    private final String password;
    private final boolean challenges;
    private final DatagramSocket socket;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    DigestCarrier(String address, String user, String password) {
        this(address, user, password, true);
    }

    private DigestCarrier(String address, String user, String password, boolean challenges) {
        this.challenges = challenges;
        this.user = user;
        this.password = password;
        try {
            socket = new DatagramSocket(at(address, 0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread listener = new Thread(this::listen, "digest-carrier");
        listener.setDaemon(true);
        listener.start();
    }

    /** The same as a phone: it answers whoever calls it. */
    static DigestCarrier phone(String address, String user, String password) {
        return new DigestCarrier(address, user, password, false);
    }

    /** Registers from the very socket that it is called on, as phones do, and returns the final status. */
    int register(String address, int port) {
        InetSocketAddress server = at(address, port);
        String uri = "sip:" + address + ":" + port;
        String id = "register" + System.nanoTime();
        send(registration(uri, id, 1, ""), server);
        String challenge = awaitAnswer(id, 1);
        String nonce = field(header(challenge, "WWW-Authenticate"), "nonce");
        String realm = field(header(challenge, "WWW-Authenticate"), "realm");
        String opaque = field(header(challenge, "WWW-Authenticate"), "opaque");
        boolean quality = challenge.contains("qop=");
        String response = md5(md5(user + ":" + realm + ":" + password) + ":" + nonce
                + (quality ? ":00000001:ab:auth:" : ":") + md5("REGISTER:" + uri));
        String proof = "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", response=\"" + response + "\", algorithm=MD5"
                + (quality ? ", qop=auth, nc=00000001, cnonce=\"ab\", opaque=\"" + opaque + "\"" : "") + "\r\n";
        send(registration(uri, id, 2, proof), server);
        return Integer.parseInt(awaitAnswer(id, 2).substring(8, 11));
    }

    private String awaitAnswer(String id, int cseq) {
        return await("answer " + cseq)
                .atMost(SOON)
                .until(
                        () -> answers.stream()
                                .filter(text -> text.contains(id)
                                        && header(text, "CSeq").startsWith(cseq + " ")
                                        && !text.startsWith("SIP/2.0 1"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String registration(String uri, String id, int cseq, String proof) {
        String host = socket.getLocalAddress().getHostAddress();
        String self = uri.replace("sip:", "sip:" + user + "@").replaceFirst(":[0-9]+$", "");
        return "REGISTER " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + host + ":" + port() + ";rport;branch=z9hG4bK" + id
                + cseq + "\r\nMax-Forwards: 70\r\nFrom: <" + self + ">;tag=r1\r\nTo: <" + self + ">\r\nCall-ID: " + id
                + "\r\nCSeq: " + cseq + " REGISTER\r\nContact: <sip:" + user + "@" + host + ":" + port()
                + ">\r\nExpires: 600\r\n" + proof + "Content-Length: 0\r\n\r\n";
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The first request of this method that proved itself. */
    String awaitAccepted(String method) {
        return await(method + " that proves itself")
                .atMost(SOON)
                .until(() -> first(accepted, method), Optional::isPresent)
                .orElseThrow();
    }

    /** How many requests of this method came without a proof, or with a wrong one. */
    long refused(String method) {
        return refused.stream()
                .filter(request -> request.startsWith(method + " "))
                .count();
    }

    long accepted(String method) {
        return accepted.stream()
                .filter(request -> request.startsWith(method + " "))
                .count();
    }

    /** The contact that was registered. */
    String registered() {
        Matcher contact = Pattern.compile("Contact: <([^>]+)>").matcher(awaitAccepted("REGISTER"));
        if (!contact.find()) {
            throw new IllegalStateException("no contact");
        }
        return contact.group(1);
    }

    /** Calls the contact that was registered, and returns the final status of the call. */
    int callRegistered(String caller) {
        return call(registered(), caller);
    }

    /** Calls an address, and returns the final status. */
    int call(String uri, String caller) {
        return call(uri, caller, "");
    }

    /** Calls an address with more headers, each with its line end, and returns the final status. */
    int call(String uri, String caller, String headers) {
        Matcher place = Pattern.compile("@([0-9.]+):([0-9]+)").matcher(uri);
        if (!place.find()) {
            throw new IllegalStateException("no place in " + uri);
        }
        InetSocketAddress target = at(place.group(1), Integer.parseInt(place.group(2)));
        String id = "call" + System.nanoTime();
        send(request("INVITE", uri, caller, id, "", headers + "Content-Type: application/sdp\r\n", sdp()), target);
        String answer = awaitAnswer(id, 1);
        send(request("ACK", uri, caller, id, tag(answer), "", ""), target);
        int status = Integer.parseInt(answer.substring(8, 11));
        if (status == 200) {
            send(request("BYE", uri, caller, id, tag(answer), "", ""), target);
        }
        return status;
    }

    private String request(
            String method, String uri, String caller, String id, String toTag, String headers, String body) {
        String host = socket.getLocalAddress().getHostAddress();
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + host + ":" + port() + ";branch=z9hG4bK" + id
                + (method.equals("INVITE") ? "i" : method) + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + caller + "@" + host
                + ">;tag=c1\r\nTo: <" + uri + ">" + toTag + "\r\nCall-ID: " + id + "\r\nCSeq: "
                + (method.equals("BYE") ? 2 : 1) + " " + method + "\r\nContact: <sip:" + caller + "@" + host + ":"
                + port() + ">\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void listen() {
        byte[] buffer = new byte[8_000];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (message.startsWith("SIP/2.0 ")) {
                answers.add(message);
            } else {
                handle(message, (InetSocketAddress) packet.getSocketAddress());
            }
        }
    }

    private void handle(String request, InetSocketAddress from) {
        String method = request.substring(0, request.indexOf(' '));
        boolean proves = challenges && (method.equals("REGISTER") || method.equals("INVITE"));
        if (method.equals("ACK")) {
            return;
        }
        if (proves && !proven(request, method)) {
            refused.add(request);
            send(
                    response(request, "401 Unauthorized")
                            + "WWW-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"" + NONCE
                            + "\", algorithm=MD5, qop=\"auth\"\r\nContent-Length: 0\r\n\r\n",
                    from);
            return;
        }
        accepted.add(request);
        String contact = header(request, "Contact");
        String more = method.equals("REGISTER")
                ? "Contact: " + contact + ";expires=600\r\nContent-Length: 0\r\n\r\n"
                : method.equals("INVITE")
                        ? "Contact: <sip:carrier@" + socket.getLocalAddress().getHostAddress() + ":" + port()
                                + ">\r\nContent-Type: application/sdp\r\nContent-Length: " + sdp().length() + "\r\n\r\n"
                                + sdp()
                        : "Content-Length: 0\r\n\r\n";
        send(response(request, "200 OK") + more, from);
    }

    private boolean proven(String request, String method) {
        String authorization = header(request, "Authorization");
        String uri = field(authorization, "uri");
        String ha1 = md5(user + ":" + REALM + ":" + password);
        String expected = md5(ha1 + ":" + NONCE + ":" + field(authorization, "nc") + ":"
                + field(authorization, "cnonce") + ":auth:" + md5(method + ":" + uri));
        return user.equals(field(authorization, "username")) && expected.equals(field(authorization, "response"));
    }

    private String response(String request, String status) {
        String to = header(request, "To");
        return "SIP/2.0 " + status + "\r\nVia: " + header(request, "Via") + "\r\nFrom: " + header(request, "From")
                + "\r\nTo: " + to + (to.contains(";tag=") ? "" : ";tag=carrier") + "\r\nCall-ID: "
                + header(request, "Call-ID") + "\r\nCSeq: " + header(request, "CSeq") + "\r\n";
    }

    private String sdp() {
        String host = socket.getLocalAddress().getHostAddress();
        return "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host
                + "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
    }

    private void send(String message, InetSocketAddress to) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getAllByName(address)[0], port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(String message, String name) {
        Matcher matcher = Pattern.compile("(?mi)^" + name + ": ?(.*?)\\r?$").matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String tag(String answer) {
        return header(answer, "To").replaceFirst("^.*>", "");
    }

    private static Optional<String> first(List<String> requests, String method) {
        return requests.stream()
                .filter(request -> request.startsWith(method + " "))
                .findFirst();
    }

    private static String field(@Nullable String text, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=\"?([^\",]+)").matcher(String.valueOf(text));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
