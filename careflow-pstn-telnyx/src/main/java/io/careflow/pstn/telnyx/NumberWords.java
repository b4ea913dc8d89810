package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.NumberAtCarrier.Status;
import io.careflow.pstn.number.NumberKind;
import java.util.Set;

/** Telnyx's words about numbers, and ours. */
final class NumberWords {
    private static final Set<String> GONE = Set.of("deleted", "ported-out", "purchase-failed", "port-failed");

    private NumberWords() {}

    /** The word for a kind that can be asked for. */
    static String kind(NumberKind kind) {
        return switch (kind) {
            case LOCAL -> "local";
            case MOBILE -> "mobile";
            case TOLL_FREE -> "toll_free";
            case NATIONAL -> "national";
            case OTHER ->
                throw new IllegalArgumentException("kind is OTHER; allowed are LOCAL, MOBILE, TOLL_FREE, NATIONAL");
        };
    }

    /** The kind of a word; numbers of long ago have other words. */
    static NumberKind kind(String word) {
        return switch (word) {
            case "local", "landline", "longcode" -> NumberKind.LOCAL;
            case "mobile" -> NumberKind.MOBILE;
            case "toll_free", "tollfree" -> NumberKind.TOLL_FREE;
            case "national" -> NumberKind.NATIONAL;
            default -> NumberKind.OTHER;
        };
    }

    /** The number of a thing that has one. */
    static PhoneNumber number(Fields fields) {
        return fields.read("phone_number", "a number in E.164", PhoneNumber::new)
                .orElseThrow(() -> fields.wrong("phone_number", "there"));
    }

    /** Whether the account has a number of this status no longer, or never got it. */
    static boolean isGone(String status) {
        return GONE.contains(status);
    }

    static Status status(String word) {
        return switch (word) {
            case "active" -> Status.ACTIVE;
            case "purchase-pending",
                    "port-pending",
                    "provision-pending",
                    "requirement-info-pending",
                    "requirement-info-under-review",
                    "requirement-info-exception" -> Status.PENDING;
            default -> Status.OTHER;
        };
    }
}
