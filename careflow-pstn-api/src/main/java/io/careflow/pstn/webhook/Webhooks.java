package io.careflow.pstn.webhook;

import io.careflow.pstn.Capability;

/**
 * What a carrier tells us by HTTP. Thread-safe; webhooks may arrive on any node of the application.
 *
 * <p>Signatures are checked on the exact bytes, in constant time, and fail closed: without a key nothing is trusted.
 */
public interface Webhooks extends Capability {

    /** Checks a webhook and reads its events. Does nothing else, needs no I/O and never throws for what the request holds. */
    Delivery receive(WebhookRequest request);

    /**
     * Receives a webhook and does what follows: tells the events to the provider's listener, and where the carrier asks what
     * to do with a call, asks the application's {@link io.careflow.pstn.event.FlowHandler} and answers in the carrier's
     * language. A webhook that comes twice is answered the same way; whoever must not hear an event twice compares their ids. A text whose
     * listener threw is answered 503, so that the carrier keeps it and, as it is set to, sends it again; what else a listener throws is
     * logged.
     *
     * @return what to answer; for a refused webhook a 403. Never null, never throws: when the handler fails, the caller hears
     *     the apology
     */
    WebhookReply answer(WebhookRequest request);
}
