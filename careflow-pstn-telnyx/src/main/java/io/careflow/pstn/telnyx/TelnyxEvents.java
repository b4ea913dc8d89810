package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import java.util.List;

/** What a webhook says by itself, in our words. A pure function of the webhook; thread-safe. */
final class TelnyxEvents {
    private final ProviderId provider;

    TelnyxEvents(ProviderId provider) {
        this.provider = provider;
    }

    ProviderId provider() {
        return provider;
    }

    /** The events, in order. What nobody knows is {@link Unrecognized}; what is nothing new by itself is empty. */
    List<PstnEvent> of(Hook hook) {
        return List.of(new Unrecognized(hook.id(), hook.occurredAt(), hook.type(), hook.raw()));
    }
}
