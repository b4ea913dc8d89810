package io.careflow.pstn.event;

import java.time.Instant;

/**
 * Something that happened. Events may arrive late, twice and in the wrong order; two that are equal, with {@link #id}, are
 * repeats, {@link #occurredAt} tells the true order. Not sealed: events will be added, so never switch over all of them.
 */
public interface PstnEvent {

    /**
     * The same for every delivery of one event, and different for the events that one process tells of one provider. A process
     * that takes calls over after another tells again what is known of them and may number its events anew: the same fact may
     * then come under another id, and another fact under an id that was used. So an id alone is no key to store events by.
     */
    String id();

    /** When it happened by the provider's clock, in milliseconds. */
    Instant occurredAt();
}
