package io.careflow.pstn.event;

import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a message that we sent. May come in the wrong order: a later status does not replace a final one.
 *
 * @param status what became of it
 * @param rawStatus the provider's word for it
 * @param errorCode the provider's code of the failure, or null
 */
public record MessageStatusChanged(
        String id,
        Instant occurredAt,
        MessageRef message,
        Message.Status status,
        String rawStatus,
        @Nullable String errorCode)
        implements PstnEvent {}
