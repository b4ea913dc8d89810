package io.careflow.pstn.tck;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on one connection, as much as a fake needs. */
final class FakeConnection {
    private final InputStream in;
    private final OutputStream out;

    FakeConnection(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** The next request, or null when the other side is done. */
    @Nullable
    SentRequest read() throws IOException {
        String start = line();
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", 3);
        if (parts.length < 3) {
            throw new IOException("no HTTP request");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = required(); !line.isEmpty(); line = required()) {
            int colon = line.indexOf(':');
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return SentRequest.http(parts[0], parts[1], headers, new String(body(headers), StandardCharsets.UTF_8));
    }

    /** Sends a reply. False if the connection is of no more use. */
    boolean write(FakeReply reply) throws IOException {
        switch (reply.fault()) {
            case LOST -> {
                return false;
            }
            case SILENCE -> {
                return in.read() >= 0;
            }
            default -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(reply.head());
                all.writeBytes(reply.arriving());
                out.write(all.toByteArray());
                out.flush();
                return reply.fault() == FakeReply.Fault.NONE;
            }
        }
    }

    private byte[] body(List<Map.Entry<String, String>> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase("content-length")) {
                body.write(exactly(Integer.parseInt(header.getValue())));
            } else if (header.getKey().equalsIgnoreCase("transfer-encoding")) {
                for (int size = chunkSize(); size > 0; size = chunkSize()) {
                    body.write(exactly(size));
                    required();
                }
                required();
            }
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(required().replaceFirst(";.*", "").strip(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the request broke off");
        }
        return bytes;
    }

    private String required() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the request broke off");
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
            }
            line.write(c);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }
}
