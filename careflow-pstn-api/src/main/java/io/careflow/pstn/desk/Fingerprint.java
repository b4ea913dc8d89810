package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells requests apart without keeping them. */
final class Fingerprint {
    private static final int LONGEST_ID = 100;

    private Fingerprint() {}

    static String of(CallbackRequest request) {
        return hash(List.of(
                        request.user().tenant().value(),
                        request.user().id(),
                        request.phone().address(),
                        request.destination(),
                        request.callerId().e164(),
                        String.valueOf(request.third()),
                        Boolean.toString(request.recorded()))
                .toString());
    }

    /** The command of a call that a user dialled: the same one for the same call, on any node. */
    static CommandId direct(CallRef call) {
        String id = call.toString();
        boolean fits = id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return new CommandId("direct:" + (fits ? id : hash(id)));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
