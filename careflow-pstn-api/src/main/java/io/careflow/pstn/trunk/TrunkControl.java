package io.careflow.pstn.trunk;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * SIP trunks at a carrier. Thread-safe. Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect says
 * whether the carrier may have acted.
 */
public interface TrunkControl extends Capability {

    /** The kinds that this carrier has; others are refused before any I/O. */
    Set<TrunkKind> kinds();

    /**
     * Makes a trunk with everything that belongs to it. That takes several requests, each sent once. If one of them fails,
     * what was made before is taken away again; what could not be taken away is named in the failure, whose effect is then
     * UNKNOWN.
     *
     * <p>The same command given again makes nothing: it returns what it made, with its passwords, as long as the process
     * remembers it and the trunk was not deleted. One whose failure had the effect UNKNOWN is looked up again and fails again,
     * saying what the carrier has now. One whose failure had the effect NONE may be given again.
     *
     * @return the trunk with the passwords that were given or generated: the only time that they are all known
     * @throws io.careflow.pstn.error.UnsupportedFeature if the kind or a setting cannot be honoured; nothing was made
     * @throws io.careflow.pstn.error.Conflict if the name is taken, or the command was given before with another request
     */
    SipTrunk create(TrunkRequest request);

    /** The trunk, if the carrier knows it. */
    Optional<SipTrunk> fetch(TrunkRef trunk);

    /** All trunks of the account. */
    List<SipTrunk> list();

    /**
     * Lets the calls of a number of ours come over this trunk.
     *
     * @throws io.careflow.pstn.error.NotFound if the trunk or the number does not exist
     */
    void attach(TrunkRef trunk, PhoneNumber number);

    /** The calls of the number no longer come over this trunk. One that does not is no error. */
    void detach(TrunkRef trunk, PhoneNumber number);

    /**
     * Takes the trunk away, with what was made for it. One that does not exist is no error. The command that made it is
     * forgotten: given again, it makes one again.
     */
    void delete(TrunkRef trunk);

    /**
     * Sets what the carrier lets the trunk spend, all of it anew.
     *
     * @throws io.careflow.pstn.error.NotFound if the trunk does not exist
     * @throws UnsupportedFeature if the carrier knows no such limits, as with this default, or not one of these; nothing was
     *     changed
     */
    default void limit(TrunkRef trunk, TrunkLimits limits) {
        throw new UnsupportedFeature(trunk.provider(), "trunk.limit", "limits of a trunk", List.of());
    }
}
