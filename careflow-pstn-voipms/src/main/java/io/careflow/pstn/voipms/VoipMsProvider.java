package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import java.util.Optional;

/**
 * One account at VoIP.ms. Its API starts no calls: {@code CallControl} is absent, and a PBX that calls over a trunk of this
 * account offers it; {@link io.careflow.pstn.CompositeProvider} joins the two. Made by {@link #with}; closed after use.
 * Thread-safe.
 */
public final class VoipMsProvider implements PstnProvider {
    private final VoipMsClient client;
    private final VoipMsParts parts;

    VoipMsProvider(VoipMsClient client) {
        this.client = client;
        this.parts = new VoipMsParts(client);
    }

    /**
     * Settings for an account. What is wrong with them is said by {@link VoipMsBuilder#build}, all at once. The API must be
     * switched on in the portal (Main Menu, SOAP and REST/JSON API), and the address that requests come from be listed there.
     *
     * @param username the e-mail address with which one logs in to the portal
     * @param apiPassword the API's own password; neither the portal's nor that of SIP
     */
    public static VoipMsBuilder with(String username, Secret apiPassword) {
        return new VoipMsBuilder(username, apiPassword);
    }

    @Override
    public ProviderId id() {
        return client.id();
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return parts.find(capability);
    }

    @Override
    public void close() {
        parts.close();
        client.close();
    }

    /** The id only. */
    @Override
    public String toString() {
        return "VoipMsProvider[" + client.id() + "]";
    }
}
