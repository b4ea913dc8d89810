package io.careflow.pstn.telnyx;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import java.util.List;
import java.util.Optional;

/**
 * Call-control applications: what numbers point to whose calls are answered by flows, and what places calls. Its id is what {@link
 * TelnyxBuilder#connection} wants. Only Telnyx has them.
 *
 * <p>Each one is made such that flows run on it: events in the form of version 2, attestation and costs told, digits kept out of
 * Telnyx's logs, 30 seconds for an answer to a webhook, and calls hung up whose application stays silent for 30 seconds. Each gets
 * an outbound voice profile of its own with written-out countries.
 *
 * <p>Thread-safe. Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect says whether Telnyx may have
 * acted.
 */
public interface CallApplications extends Capability {

    /**
     * Makes an application with its profile. If one of the requests fails, what was made before is taken away again; what could
     * not be taken away is named in the failure, whose effect is then UNKNOWN. The same command given again returns what it
     * made, as long as this process remembers it; one in doubt fails again and makes nothing.
     *
     * @throws io.careflow.pstn.error.UnsupportedFeature if a limit cannot be kept to; nothing was made
     * @throws io.careflow.pstn.error.Conflict if the name is taken, or the command was given before with other settings
     */
    CallApplication create(CommandId command, CallApplicationSettings settings);

    /** The application, if Telnyx knows it. */
    Optional<CallApplication> find(String id);

    /** All applications of the account. */
    List<CallApplication> list();

    /**
     * Sets everything anew; limits that are null stay as they are.
     *
     * @throws io.careflow.pstn.error.NotFound if there is no such application
     * @throws io.careflow.pstn.error.Conflict if limits are given and its profile is that of other things too, or it has none
     */
    CallApplication configure(String id, CallApplicationSettings settings);

    /**
     * Takes the application away, with the profile that was made for it. One that does not exist is no error; Telnyx may refuse
     * while numbers point to it.
     */
    void delete(String id);
}
