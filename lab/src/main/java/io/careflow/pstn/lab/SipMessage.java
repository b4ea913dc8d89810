package io.careflow.pstn.lab;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP message as a party sent or received it.
 *
 * @param at when
 * @param sent whether this party sent it; it received it otherwise
 * @param text the whole message
 */
public record SipMessage(Instant at, boolean sent, String text) {

    private static final Pattern STATUS = Pattern.compile("^SIP/2\\.0 (\\d{3})");
    private static final Pattern MEDIA = Pattern.compile("(?m)^m=audio (\\d+) ");
    private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP4 ([0-9.]+)");

    /** First line. */
    public String startLine() {
        return text.lines().findFirst().orElse("");
    }

    /** Status code of a response, 0 for a request. */
    public int status() {
        Matcher matcher = STATUS.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Whether this is a request of the method. */
    public boolean isRequest(String method) {
        return text.startsWith(method + " ");
    }

    /** Whether this is a response to a request of the method. */
    public boolean isResponseTo(String method) {
        return status() > 0 && header("CSeq").orElse("").endsWith(" " + method);
    }

    /** Value of the first header of that name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** Values of all headers of that name. */
    public List<String> headers(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return text.lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    String callId() {
        return header("Call-ID").orElse("");
    }

    /** Where the sender wants to receive audio, if the message says so. */
    Optional<InetSocketAddress> media() {
        Matcher connection = CONNECTION.matcher(text);
        Matcher media = MEDIA.matcher(text);
        return connection.find() && media.find()
                ? Optional.of(new InetSocketAddress(connection.group(1), Integer.parseInt(media.group(1))))
                : Optional.empty();
    }
}
