package io.careflow.pstn.demo;

import io.careflow.pstn.lab.SipMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The file of all SIP messages, as their parties saw them; for whoever wants to know why a step failed. */
final class SipLog {
    private final Path file;

    SipLog(Path file) {
        this.file = file;
    }

    /** Adds what one party said and heard in one call. */
    void add(String party, List<SipMessage> messages) {
        String text = messages.stream()
                .map(message ->
                        "---- " + message.at() + (message.sent() ? " sent\n" : " received\n") + message.text() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(
                    file, "==== " + party + "\n" + text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LoggerFactory.getLogger(SipLog.class).warn("SIP messages are lost", e);
        }
    }
}
