package io.careflow.pstn.tck;

import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.webhook.WebhookRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is between a provider under test and its carrier: a fake carrier on loopback that can be put into situations and tells
 * what reached it. The author of an adapter writes it; the situations and what must follow from them are the kit's. One for
 * each test; used by several threads at once.
 */
public interface Wire extends AutoCloseable {
    /** How long the carrier asks to wait in {@link Situation#THROTTLED_WITH_RETRY_AFTER}: longer than anybody waits here. */
    Duration RETRY_AFTER = Duration.ofMinutes(2);

    /** The status that no adapter knows, for {@link Situation#UNKNOWN_STATUS_TEXT}. */
    String UNKNOWN_STATUS = "quantum-parked";

    /** The values that the fake carrier knows. */
    default Samples samples() {
        return new Samples() {};
    }

    /**
     * Puts the carrier into a situation for this operation, and forgets what was sent. What was arranged before holds no more.
     * Only asked for pairs of which {@link Situation#concerns} says yes and {@link #unsupported} and {@link #cannot} say
     * nothing.
     */
    void arrange(Operation operation, Situation situation);

    /** What reached the carrier since the last arrangement, in order; also requests that were not answered. */
    List<SentRequest> sent();

    /**
     * The ids of what existed from the first page to the last in {@link Situation#THREE_PAGES_WITH_A_CHANGE_BETWEEN}, for
     * numbers in E.164 form. At least three.
     */
    List<String> listed(Operation operation);

    /** A webhook. Two calls give equal requests, except that a {@link WebhookSituation#GENUINE} one may be newly signed. */
    WebhookRequest webhook(WebhookSituation situation);

    /** What the providers of this wire told the application that listens to them, in order. Of one that places calls it is needed. */
    default List<PstnEvent> told() {
        return List.of();
    }

    /** Every password, key and token that the provider was given, as it is written. None may appear anywhere. */
    Set<String> secrets();

    /**
     * Why the provider refuses this operation although it has the capability. The kit then demands that it is refused with
     * {@link io.careflow.pstn.error.UnsupportedFeature} before any I/O.
     */
    default Optional<String> unsupported(Operation operation) {
        return Optional.empty();
    }

    /**
     * Why this carrier can never bring about this situation. The test is then reported as aborted with this reason. Never for
     * {@link Situation#SUCCESS}; and if the carrier is reached by HTTP, not for situations {@linkplain Situation#ofTheWire of
     * the wire}, {@link Situation#UNKNOWN_FIELDS} and {@link Situation#CREDENTIALS_REJECTED}. Such a waiver fails the test.
     */
    default Optional<String> cannot(Operation operation, Situation situation) {
        return Optional.empty();
    }

    /** Why there can be no such webhook from this carrier. Not for {@link WebhookSituation#GENUINE}, FORGED and UNSIGNED. */
    default Optional<String> cannot(WebhookSituation situation) {
        return Optional.empty();
    }

    /**
     * The idempotency key that a request carries, if the carrier documents one. Writes of one key count as one; without keys
     * each write may be sent once.
     */
    default Optional<String> idempotencyKey(SentRequest request) {
        return Optional.empty();
    }

    /** Whether the carrier is reached by HTTP. False only for providers without a network, such as one in memory. */
    default boolean speaksHttp() {
        return true;
    }

    /** Ends the fake carrier with its threads. Idempotent. */
    @Override
    void close();
}
