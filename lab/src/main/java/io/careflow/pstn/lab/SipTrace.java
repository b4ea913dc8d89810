package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the message file that SIPp writes, while it writes it. */
final class SipTrace {

    private static final Pattern HEADING = Pattern.compile(
            "-{40,} (\\S+ \\S+)\n\\w+ message (sent|received) [(\\[](\\d+)(?: bytes\\)|\\] bytes) ?:\n\n");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final Path file;
    private final Consumer<SipMessage> listener;
    private final List<SipMessage> messages = new ArrayList<>();
    private long position;

    SipTrace(Path file, Consumer<SipMessage> listener) {
        this.file = file;
        this.listener = listener;
    }

    synchronized List<SipMessage> messages() {
        return List.copyOf(messages);
    }

    /** Takes in what was written since the last time. */
    synchronized void poll() {
        if (file.toFile().length() <= position) {
            return;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            byte[] bytes = new byte[Math.toIntExact(in.length() - position)];
            in.readFully(bytes);
            position += consume(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One char is one byte here, as the lengths in the file count bytes. */
    private int consume(String text) {
        int consumed = 0;
        Matcher heading = HEADING.matcher(text);
        while (heading.find(consumed)) {
            int end = heading.end() + Integer.parseInt(heading.group(3));
            if (end > text.length()) {
                break;
            }
            byte[] body = text.substring(heading.end(), end).getBytes(StandardCharsets.ISO_8859_1);
            Instant at = LocalDateTime.parse(heading.group(1), TIME)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
            SipMessage message =
                    new SipMessage(at, heading.group(2).equals("sent"), new String(body, StandardCharsets.UTF_8));
            consumed = end;
            if (!message.startLine().startsWith("X-")) {
                messages.add(message);
                listener.accept(message);
            }
        }
        return consumed;
    }
}
