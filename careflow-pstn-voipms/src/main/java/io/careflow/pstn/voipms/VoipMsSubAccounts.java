package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.Option;
import io.careflow.pstn.Secret;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of sub-accounts, which are trunks to {@link io.careflow.pstn.trunk.TrunkControl}. Everything that is not changed stays
 * as it is: VoIP.ms forgets what it is not told, so the whole sub-account is read and written. Whoever changes it in the portal at
 * that very moment may lose their change. Thread-safe.
 */
public interface VoipMsSubAccounts extends Capability {

    /** The options of {@link VoipMsOptions} that are said to be of a trunk. */
    @Override
    Set<Option<?>> options();

    /**
     * Changes options of a trunk. What is not named stays.
     *
     * @return the trunk as it is then
     * @throws io.careflow.pstn.error.NotFound if the trunk does not exist
     * @throws io.careflow.pstn.error.UnsupportedFeature if an option is not one of {@link #options}; nothing was changed
     * @throws io.careflow.pstn.error.InvalidRequest if a value is not allowed; nothing was changed
     */
    SipTrunk change(TrunkRef trunk, Map<Option<?>, Object> options);

    /**
     * Gives a trunk a new password. Registrations that hold stay until they are renewed.
     *
     * @param password by VoIP.ms's rules, or null to have one generated
     * @return the trunk with its new password
     * @throws io.careflow.pstn.error.NotFound if the trunk does not exist
     * @throws io.careflow.pstn.error.InvalidRequest if the password breaks the rules; nothing was changed
     */
    SipTrunk password(TrunkRef trunk, @Nullable Secret password);
}
