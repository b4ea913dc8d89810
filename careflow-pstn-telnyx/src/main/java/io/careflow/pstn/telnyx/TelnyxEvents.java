package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.event.NumberOrderChanged;
import io.careflow.pstn.event.NumberOrderChanged.Outcome;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.RecordingReady.Kind;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook says by itself, in our words. What it says that cannot be read is {@link Unrecognized}, as is what nobody knows;
 * nothing is thrown. A pure function of the webhook; thread-safe.
 */
final class TelnyxEvents {
    /** A client state of ours whose key is the handle of a call. */
    private static final Pattern OWNER = Pattern.compile("cf1\\|(v[0-9]+:[^|]+)\\|.*");

    private final ProviderId provider;
    private final OwnPhones phones;
    private final CallHooks calls;
    private final MessageHooks messages;
    private final LegHooks legs;

    TelnyxEvents(ProviderId provider, OwnPhones phones) {
        this.provider = provider;
        this.phones = phones;
        this.calls = new CallHooks(phones);
        this.messages = new MessageHooks(provider);
        this.legs = new LegHooks(provider);
    }

    /** The webhook without a client state that we cannot have given: a phone that dials may send one, and claim any call with it. */
    Hook trusted(Hook hook) {
        return hook.type().equals("call.initiated") && phones.isDialling(hook.payload())
                ? hook.withoutClientState(provider)
                : hook;
    }

    /**
     * The events for which nothing need be known of the call, in order. A leg to which we gave a client state belongs to the call
     * named there, any other is a call of its own. Who answered whom and how it ended is not among the events: whoever keeps the
     * call tells that.
     */
    List<PstnEvent> of(Hook hook) {
        return of(hook, owner(hook).orElse(null), Kind.CALL);
    }

    /**
     * The same of a leg that is known to belong to this call.
     *
     * @param recorded what a recording that this webhook tells of holds
     */
    List<PstnEvent> of(Hook hook, @Nullable CallRef call, Kind recorded) {
        try {
            return switch (hook.type()) {
                case "message.received" -> List.of(messages.received(hook));
                case "message.sent", "message.finalized" -> List.of(messages.changed(hook));
                case "number_order.complete" -> List.of(ordered(hook));
                default -> {
                    Optional<List<PstnEvent>> told = calls.of(hook, call, recorded);
                    yield told.orElseGet(() -> List.of(unrecognized(hook)));
                }
            };
        } catch (ProtocolError | IllegalArgumentException e) {
            return List.of(unrecognized(hook));
        }
    }

    /** As {@link #of(Hook)}, and answer and end of a call as far as this webhook alone tells them. */
    List<PstnEvent> seen(Hook hook) {
        try {
            Optional<PstnEvent> ofLeg = legs.of(hook);
            return ofLeg.isPresent() ? List.of(ofLeg.get()) : of(hook);
        } catch (ProtocolError | IllegalArgumentException e) {
            return List.of(unrecognized(hook));
        }
    }

    private Optional<CallRef> owner(Hook hook) {
        return hook.clientState()
                .map(OWNER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .or(hook::callControlId)
                .map(id -> new CallRef(provider, id));
    }

    private NumberOrderChanged ordered(Hook hook) {
        Fields order = hook.payload();
        String status = order.requireText("status");
        List<PhoneNumber> numbers = order.list("phone_numbers").stream()
                .map(line -> new PhoneNumber(line.requireText("phone_number")))
                .toList();
        Outcome outcome = switch (status) {
            case "pending" -> Outcome.PENDING;
            case "success" -> Outcome.DELIVERED;
            case "failure", "failed", "cancelled", "deleted" -> Outcome.FAILED;
            default -> Outcome.OTHER;
        };
        return new NumberOrderChanged(
                hook.id(),
                hook.occurredAt(),
                order.requireText("id"),
                order.text("customer_reference").orElse(null),
                numbers,
                outcome,
                status);
    }

    private static Unrecognized unrecognized(Hook hook) {
        return new Unrecognized(hook.id(), hook.occurredAt(), hook.type(), hook.raw());
    }
}
