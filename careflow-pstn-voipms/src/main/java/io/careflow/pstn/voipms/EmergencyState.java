package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import java.util.Map;
import java.util.Objects;

/**
 * What emergency services learn of a number's calls. Its {@code toString} does not show the address.
 *
 * @param number one of ours
 * @param status whether they learn an address
 * @param address its parts by VoIP.ms's names, such as {@code street_name}; empty where none is told
 * @param finding what is wrong, in one sentence for whoever runs the account; empty if nothing is
 */
public record EmergencyState(PhoneNumber number, Status status, Map<String, String> address, String finding) {
    public EmergencyState {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(finding, "finding");
        address = Map.copyOf(address);
    }

    /** Whether there is an address. */
    public enum Status {
        /** There is one. */
        REGISTERED,
        /** There will be one; until then there is none. */
        PENDING,
        /** There is none. */
        ABSENT
    }

    @Override
    public String toString() {
        return "EmergencyState[" + number + ", " + status + (finding.isEmpty() ? "" : ", " + finding) + "]";
    }
}
