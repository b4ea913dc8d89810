package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import java.util.List;

/**
 * Whether those who call 911 from our numbers are found. It only reads: an address is registered in the portal, by somebody who
 * answers for it. Every number without one is also a warning in the log. Thread-safe.
 */
public interface EmergencyAddresses extends Capability {

    /**
     * The address that is registered for a number.
     *
     * @throws io.careflow.pstn.error.NotFound if the number is not ours
     * @throws io.careflow.pstn.error.PstnException if VoIP.ms fails
     */
    EmergencyState of(PhoneNumber number);

    /**
     * All numbers of the account, without their addresses, by one request.
     *
     * @throws io.careflow.pstn.error.PstnException if VoIP.ms fails
     */
    List<EmergencyState> all();

    /** The numbers without an address. Each of them is a danger: who calls 911 from it is not found. */
    default List<EmergencyState> missing() {
        return all().stream()
                .filter(state -> state.status() != EmergencyState.Status.REGISTERED)
                .toList();
    }
}
