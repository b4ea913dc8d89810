package io.careflow.pstn.benchmarks;

import io.careflow.pstn.webhook.WebhookRequest;

/** One webhook of Telnyx, as each side takes it. */
final class SignedEvent {
    private final WebhookRequest request;
    private final byte[] message;
    private final byte[] signature;

    SignedEvent(WebhookRequest request, byte[] message, byte[] signature) {
        this.request = request;
        this.message = message;
        this.signature = signature;
    }

    /** With its raw body, as ours takes it. */
    WebhookRequest request() {
        return request;
    }

    /** What was signed, laid ready. */
    byte[] message() {
        return message;
    }

    /** Its 64 bytes, decoded. */
    byte[] signature() {
        return signature;
    }
}
