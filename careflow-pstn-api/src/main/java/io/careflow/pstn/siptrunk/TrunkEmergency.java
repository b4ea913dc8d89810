package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import java.util.Map;

/**
 * Whether emergency services can be called over the trunk. The library itself places no emergency calls; a PBX may. Checked as a
 * part of its {@link SipTrunkProfile}.
 *
 * @param supported whether the carrier takes such calls, by contract
 * @param callerIds the number that is shown for each site, by the site's name; the address that is registered for it decides where
 *     help is sent
 */
public record TrunkEmergency(boolean supported, Map<String, PhoneNumber> callerIds) {
    /** It cannot, or nobody has asked: such calls are denied. */
    public static final TrunkEmergency DENIED = new TrunkEmergency(false, Map.of());

    public TrunkEmergency {
        callerIds = Map.copyOf(callerIds);
    }
}
