package io.careflow.pstn.tck;

/** Webhooks that {@link ProviderConformance} hands to a provider. */
public enum WebhookSituation {
    /** A genuine one that tells of at least one event: of a call, or of a message if the carrier has no calls. */
    GENUINE,
    /** A genuine one of a kind that no version of the adapter knows. */
    UNKNOWN_EVENT,
    /** Signed with another key, or with another token. */
    FORGED,
    /** A genuine one whose body was changed by one character after it was signed. */
    ALTERED_BODY,
    /** A genuine one without its signature or token. */
    UNSIGNED,
    /** Signed rightly, but a day ago by the carrier's clock. */
    STALE
}
