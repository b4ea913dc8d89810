package io.careflow.pstn.event;

import java.time.Instant;

/**
 * An event of a kind that this version does not know. Nothing is dropped silently.
 *
 * @param type the provider's name of the kind
 * @param rawBody the event as it arrived
 */
public record Unrecognized(String id, Instant occurredAt, String type, String rawBody) implements PstnEvent {}
