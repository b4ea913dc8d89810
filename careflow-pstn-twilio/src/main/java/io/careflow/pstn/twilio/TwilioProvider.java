package io.careflow.pstn.twilio;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.HttpTransport;
import java.util.Map;
import java.util.Optional;

/**
 * One account at Twilio. Made by {@link #at}; closed after use. Thread-safe.
 */
public final class TwilioProvider implements PstnProvider {
    private final ProviderId id;
    private final HttpTransport transport;
    private final TwilioClient client;
    private final Map<Class<? extends Capability>, Capability> parts;

    TwilioProvider(HttpTransport transport, TwilioClient client) {
        this.id = client.id();
        this.transport = transport;
        this.client = client;
        this.parts = new TwilioParts(client).all();
    }

    /**
     * Settings for an account. What is wrong with them is said by {@link TwilioBuilder#build}, all at once.
     *
     * @param accountSid {@code AC} and 32 hexadecimal digits
     * @param authToken the account's primary auth token: Twilio signs webhooks with it, also where an API key is used for
     *     requests
     */
    public static TwilioBuilder at(String accountSid, Secret authToken) {
        return new TwilioBuilder(accountSid, authToken);
    }

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return Optional.ofNullable(parts.get(capability)).map(capability::cast);
    }

    @Override
    public void close() {
        transport.close();
    }

    TwilioClient client() {
        return client;
    }

    /** The id only. */
    @Override
    public String toString() {
        return "TwilioProvider[" + id + "]";
    }
}
