package io.careflow.pstn.tck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a {@link FakeCarrier} answers. Immutable and thread-safe. */
public final class FakeReply {
    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final Fault fault;

    private FakeReply(int status, List<Map.Entry<String, String>> headers, byte[] body, Fault fault) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.fault = fault;
    }

    /** Bytes of this type. */
    public static FakeReply of(int status, String contentType, byte[] body) {
        return new FakeReply(status, List.of(Map.entry("Content-Type", contentType)), body.clone(), Fault.NONE);
    }

    /** JSON. */
    public static FakeReply json(int status, String body) {
        return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** An HTML page. */
    public static FakeReply html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** A status and no body. */
    public static FakeReply empty(int status) {
        return new FakeReply(status, List.of(), new byte[0], Fault.NONE);
    }

    /** No answer: the request is read and the connection is closed. */
    public static FakeReply lost() {
        return new FakeReply(0, List.of(), new byte[0], Fault.LOST);
    }

    /** No answer: the request is read and the connection stays open until the other side gives up. */
    public static FakeReply silence() {
        return new FakeReply(0, List.of(), new byte[0], Fault.SILENCE);
    }

    /** The same with one more header. */
    public FakeReply header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new FakeReply(status, more, body, fault);
    }

    /** The same, announced whole, of which only the first half comes before the connection is closed. */
    public FakeReply brokenOff() {
        return new FakeReply(status, headers, body, Fault.BROKEN_OFF);
    }

    Fault fault() {
        return fault;
    }

    /** Status line and headers, announcing the whole body. */
    byte[] head() {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        if (status != 204 && status != 304) {
            int announced = fault == Fault.BROKEN_OFF ? Math.max(1, body.length) : body.length;
            head.append("Content-Length: ").append(announced).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes of the body that come. */
    byte[] arriving() {
        int length = fault == Fault.BROKEN_OFF ? body.length / 2 : body.length;
        return Arrays.copyOf(body, length);
    }

    /** What goes wrong with a reply. */
    enum Fault {
        NONE,
        LOST,
        SILENCE,
        BROKEN_OFF
    }
}
