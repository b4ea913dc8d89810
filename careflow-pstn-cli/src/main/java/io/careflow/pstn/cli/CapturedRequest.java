package io.careflow.pstn.cli;

import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as somebody wrote it into a file: request line, headers, an empty line, and the body byte for byte to the end of
 * the file (RFC 9112). Lines of the head end with CR LF or with LF alone.
 */
final class CapturedRequest {
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (\\S+)(?: HTTP/[0-9.]+)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    private final String method;
    private final String target;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    private CapturedRequest(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Reads one.
     *
     * @throws BadUsage saying which line is wrong
     */
    static CapturedRequest parse(byte[] bytes) {
        List<String> head = new ArrayList<>();
        int begin = 0;
        while (true) {
            int end = begin;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int last = end > begin && bytes[end - 1] == '\r' ? end - 1 : end;
            String line = new String(bytes, begin, last - begin, StandardCharsets.UTF_8);
            begin = Math.min(bytes.length, end + 1);
            if (line.isEmpty() || end >= bytes.length) {
                if (!line.isEmpty()) {
                    head.add(line);
                }
                break;
            }
            head.add(line);
        }
        return of(head, Arrays.copyOfRange(bytes, begin, bytes.length));
    }

    /** As the provider's adapter wants it, called at this URL, or at the one that the request itself names. */
    WebhookRequest at(@Nullable String publicUrl) {
        return new WebhookRequest(method, publicUrl == null ? itsOwn() : publicUrl, headers, body);
    }

    /** How many bytes the body has. */
    int length() {
        return body.length;
    }

    /** How many bytes the body should have, if the request says so. */
    OptionalInt announced() {
        return header("Content-Length")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElseGet(OptionalInt::empty);
    }

    private String itsOwn() {
        if (target.contains("://")) {
            return target;
        }
        String host = header("Host")
                .orElseThrow(() -> new BadUsage("the request has no Host header; give --url with the public URL"));
        return "https://" + host + target;
    }

    private Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static CapturedRequest of(List<String> head, byte[] body) {
        Matcher request = REQUEST.matcher(head.isEmpty() ? "" : head.get(0));
        if (!request.matches()) {
            throw new BadUsage("line 1 is no HTTP request line; expected one like 'POST /voice HTTP/1.1'");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (int at = 1; at < head.size(); at++) {
            Matcher header = HEADER.matcher(head.get(at));
            if (!header.matches()) {
                throw new BadUsage("line " + (at + 1) + " is no HTTP header; expected 'Name: value',"
                        + " and an empty line before the body");
            }
            headers.add(Map.entry(header.group(1), header.group(2)));
        }
        return new CapturedRequest(request.group(1), request.group(2), headers, body);
    }
}
