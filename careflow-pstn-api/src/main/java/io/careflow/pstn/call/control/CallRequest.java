package io.careflow.pstn.call.control;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.flow.CallFlow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A call to be placed. A value; derive variants with the {@code with}-like methods.
 *
 * @param commandId the caller's key of this one call: the same key never places a second call
 * @param tenant on whose behalf
 * @param to whom to call
 * @param callerId the number shown to them; must be owned or verified
 * @param onAnswer what happens once they answer
 * @param ringFor how long it rings: 1 second to 10 minutes
 * @param options settings that only one vendor has, by its typed keys
 */
public record CallRequest(
        CommandId commandId,
        TenantId tenant,
        Destination to,
        PhoneNumber callerId,
        CallFlow onAnswer,
        Duration ringFor,
        Map<Option<?>, Object> options) {

    public CallRequest {
        Objects.requireNonNull(commandId, "commandId");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(callerId, "callerId");
        Objects.requireNonNull(onAnswer, "onAnswer");
        if (ringFor.compareTo(Duration.ofSeconds(1)) < 0 || ringFor.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("ring time is " + ringFor + "; allowed are PT1S to PT10M");
        }
        options = Map.copyOf(options);
    }

    /** A call that rings for 30 seconds, for the default tenant. */
    public static CallRequest of(CommandId commandId, PhoneNumber callerId, Destination to, CallFlow onAnswer) {
        return new CallRequest(commandId, TenantId.DEFAULT, to, callerId, onAnswer, Duration.ofSeconds(30), Map.of());
    }

    /** The same on behalf of this tenant. */
    public CallRequest forTenant(TenantId value) {
        return new CallRequest(commandId, value, to, callerId, onAnswer, ringFor, options);
    }

    /** The same, ringing for this long. */
    public CallRequest ringingFor(Duration value) {
        return new CallRequest(commandId, tenant, to, callerId, onAnswer, value, options);
    }

    /** The same with a vendor's setting. */
    public <T> CallRequest with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(options);
        more.put(option, option.type().cast(value));
        return new CallRequest(commandId, tenant, to, callerId, onAnswer, ringFor, more);
    }
}
