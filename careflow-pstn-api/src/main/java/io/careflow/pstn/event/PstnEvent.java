package io.careflow.pstn.event;

import java.time.Instant;

/**
 * Something that happened. Events may arrive late, twice and in the wrong order; {@link #id} tells repeats, {@link
 * #occurredAt} the true order. Not sealed: events will be added, so never switch over all of them.
 */
public interface PstnEvent {

    /** The same for every delivery of one event, different for different events of one provider. */
    String id();

    /** When it happened by the provider's clock, in milliseconds. */
    Instant occurredAt();
}
