package io.careflow.pstn.message;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A text message to be sent. Its {@code toString} does not show the text.
 *
 * @param commandId the caller's key of this one message
 * @param tenant on whose behalf
 * @param from a number of ours
 * @param to the recipient
 * @param text 1 to 1600 characters; {@link SmsSegments} tells what it costs in parts
 * @param options settings that only one vendor has
 */
public record MessageRequest(
        CommandId commandId,
        TenantId tenant,
        PhoneNumber from,
        PhoneNumber to,
        String text,
        Map<Option<?>, Object> options) {
    private static final int LONGEST = 1600;

    public MessageRequest {
        Objects.requireNonNull(commandId, "commandId");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "message text has " + text.length() + " characters; allowed are 1 to " + LONGEST);
        }
        options = Map.copyOf(options);
    }

    /** A message of the default tenant. */
    public static MessageRequest of(CommandId commandId, PhoneNumber from, PhoneNumber to, String text) {
        return new MessageRequest(commandId, TenantId.DEFAULT, from, to, text, Map.of());
    }

    /** The same on behalf of this tenant. */
    public MessageRequest forTenant(TenantId value) {
        return new MessageRequest(commandId, value, from, to, text, options);
    }

    /** The same with a vendor's setting. */
    public <T> MessageRequest with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(options);
        more.put(option, option.type().cast(value));
        return new MessageRequest(commandId, tenant, from, to, text, more);
    }

    @Override
    public String toString() {
        return "MessageRequest[" + commandId + ", " + from + " to " + to + ", " + text.length() + " characters]";
    }
}
