package io.careflow.pstn.telnyx;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a leg carries for us and repeats in its events: whose flow it belongs to.
 *
 * @param key of the kept state
 * @param number of the machine's command that the leg was last told something for
 * @param leg 0 for the call itself, else which of the legs that it dialled
 * @param part which part of the command
 */
record ClientState(String key, int number, int leg, int part) {
    private static final String MARK = "cf1";

    /** As Telnyx wants it: standard Base64 with padding. */
    String encoded() {
        String text = MARK + "|" + key + "|" + number + "|" + leg + "|" + part;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What an event carries; empty if it is none of ours. */
    static Optional<ClientState> of(Hook hook) {
        return hook.clientState().flatMap(ClientState::read);
    }

    /** Reads decoded text; empty if it is none of ours. */
    static Optional<ClientState> read(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 5 || !parts[0].equals(MARK) || parts[1].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientState(
                    parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), Integer.parseInt(parts[4])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
