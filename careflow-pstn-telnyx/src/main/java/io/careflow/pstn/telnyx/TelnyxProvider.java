package io.careflow.pstn.telnyx;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import java.util.Optional;

/**
 * One account at Telnyx. Made by {@link #with}; closed after use. Thread-safe.
 */
public final class TelnyxProvider implements PstnProvider {
    private final TelnyxClient client;
    private final TelnyxParts parts;

    TelnyxProvider(TelnyxClient client) {
        this.client = client;
        this.parts = new TelnyxParts(client);
    }

    /**
     * Settings for an account. What is wrong with them is said by {@link TelnyxBuilder#build}, all at once.
     *
     * @param apiKey an API v2 key of the account
     */
    public static TelnyxBuilder with(Secret apiKey) {
        return new TelnyxBuilder(apiKey);
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
        return "TelnyxProvider[" + client.id() + "]";
    }
}
