package io.careflow.pstn.telnyx;

import io.careflow.pstn.CommandId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Our {@code customer_reference} of an order or a reservation: the same for the same command, whoever asks. */
final class References {
    private static final String PREFIX = "careflow-";
    private static final int BYTES = 20;

    private References() {}

    static String of(CommandId command) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(command.value().getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether this was made here, and so is no label that somebody gave. */
    static boolean isOurs(String reference) {
        return reference.matches(PREFIX + "[0-9a-f]{40}");
    }
}
