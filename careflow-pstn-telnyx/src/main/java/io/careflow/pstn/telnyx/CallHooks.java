package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.CallCharged;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MachineDetected.AnsweredBy;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.RecordingFailed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a webhook of a call says without anything else being known of the call. Thread-safe. */
final class CallHooks {
    /** A total has no currency of its own; this is what Telnyx bills in. */
    private static final Currency DOLLARS = Currency.getInstance("USD");

    private static final String RECORDINGS = "https://api.telnyx.com/v2/recordings/";

    /** What tells a flow how far it is, and nobody else anything. */
    private static final Set<String> STEPS = Set.of(
            "call.answered",
            "call.hangup",
            "call.bridged",
            "call.hold",
            "call.unhold",
            "call.dtmf.received",
            "call.gather.ended",
            "call.playback.started",
            "call.playback.ended",
            "call.speak.started",
            "call.speak.ended",
            "call.transcription",
            "call.enqueued",
            "call.dequeued",
            "conference.created",
            "conference.ended",
            "conference.participant.joined",
            "conference.participant.left",
            "conference.participant.playback.started",
            "conference.participant.playback.ended",
            "conference.participant.speak.started",
            "conference.participant.speak.ended",
            "conference.playback.started",
            "conference.playback.ended",
            "conference.speak.started",
            "conference.speak.ended",
            "conference.floor.changed");

    private final OwnPhones phones;

    CallHooks(OwnPhones phones) {
        this.phones = phones;
    }

    /**
     * The events; empty if nobody knows the kind of webhook.
     *
     * @param call that the leg belongs to; null if nobody knows
     * @param recorded what a recording holds
     */
    Optional<List<PstnEvent>> of(Hook hook, @Nullable CallRef call, RecordingReady.Kind recorded) {
        if (STEPS.contains(hook.type())) {
            return Optional.of(List.of());
        } else if (call == null) {
            return Optional.empty();
        }
        return switch (hook.type()) {
            case "call.initiated" -> Optional.of(initiated(hook, call));
            case "call.cost" -> Optional.of(cost(hook, call));
            case "call.recording.saved", "conference.recording.saved" ->
                Optional.of(List.of(recording(hook, call, recorded)));
            case "call.recording.error" ->
                Optional.of(List.of(new RecordingFailed(
                        hook.id(),
                        hook.occurredAt(),
                        call,
                        hook.payload().text("reason").orElse("unknown"))));
            case "call.machine.detection.ended", "call.machine.premium.detection.ended" ->
                Optional.of(machine(hook, call, false));
            case "call.machine.greeting.ended", "call.machine.premium.greeting.ended" ->
                Optional.of(machine(hook, call, true));
            default -> Optional.empty();
        };
    }

    /** A call that arrives, or that a phone of ours dials. What we dial ourselves is outgoing too, over our application. */
    private List<PstnEvent> initiated(Hook hook, CallRef call) {
        Fields payload = hook.payload();
        boolean dials = phones.isDialling(payload);
        boolean arrives = payload.requireText("direction").equals("incoming") && !phones.isCalled(payload);
        if (!arrives && !dials) {
            return List.of();
        }
        String to = payload.text("to").orElse("");
        Optional<SipAddress> user = dials ? phones.user(payload) : Optional.empty();
        return List.of(new InboundCall(
                hook.id(),
                hook.occurredAt(),
                call,
                Callers.party(
                        payload.text("from").orElse(""),
                        payload.text("caller_id_name").orElse(null)),
                Callers.party(dials ? Callers.user(to) : to, null),
                Callers.origin(payload, user.orElse(null))));
    }

    /** Without a total Telnyx does not know the cost, and unknown is not zero. */
    private static List<PstnEvent> cost(Hook hook, CallRef call) {
        Fields payload = hook.payload();
        Map<String, Money> parts = new LinkedHashMap<>();
        for (Fields part : payload.list("cost_parts")) {
            Optional<Money> cost = part.money("cost", "currency");
            if (cost.isPresent()) {
                Money unused = parts.merge(part.requireText("call_part"), cost.get(), Money::plus);
            }
        }
        Currency currency =
                parts.values().stream().findFirst().map(Money::currency).orElse(DOLLARS);
        if (parts.values().stream().anyMatch(part -> !part.currency().equals(currency))) {
            throw payload.wrong("cost_parts", "of one currency");
        }
        var seconds = payload.longInteger("billed_duration_secs");
        Long billed = seconds.isPresent() ? seconds.getAsLong() : null;
        String leg = hook.legId().orElse(call.id());
        return payload.money("total_cost", currency)
                .<List<PstnEvent>>map(total ->
                        List.of(new CallCharged(hook.id(), hook.occurredAt(), call, leg, total, billed, parts)))
                .orElse(List.of());
    }

    /** Links to media die after ten minutes, so the recording itself is named where Telnyx names it. */
    private static RecordingReady recording(Hook hook, CallRef call, RecordingReady.Kind kind) {
        Fields payload = hook.payload();
        URI location = payload.text("recording_id")
                .map(id -> URI.create(RECORDINGS + id))
                .or(() -> link(payload, "public_recording_urls"))
                .or(() -> link(payload, "recording_urls"))
                .orElseThrow(() -> payload.wrong("recording_urls", "a link"));
        Optional<Instant> from = payload.instant("recording_started_at").or(() -> payload.instant("start_time"));
        Optional<Instant> to = payload.instant("recording_ended_at").or(() -> payload.instant("end_time"));
        Duration length = from.isPresent() && to.isPresent() && to.get().isAfter(from.get())
                ? Duration.ofMillis(Duration.between(from.get(), to.get()).toMillis())
                : Duration.ZERO;
        return new RecordingReady(hook.id(), hook.occurredAt(), call, kind, location, length);
    }

    private static Optional<URI> link(Fields payload, String urls) {
        return payload.object(urls).flatMap(links -> links.uri("wav").or(() -> links.uri("mp3")));
    }

    /** Only machines have greetings that end. */
    private static List<PstnEvent> machine(Hook hook, CallRef call, boolean greeting) {
        String raw = hook.payload().requireText("result");
        AnsweredBy who = switch (raw) {
            case "human", "human_residence", "human_business" -> AnsweredBy.HUMAN;
            case "machine" -> AnsweredBy.MACHINE;
            case "fax_detected" -> AnsweredBy.FAX;
            default -> greeting ? AnsweredBy.MACHINE : AnsweredBy.UNKNOWN;
        };
        return List.of(new MachineDetected(hook.id(), hook.occurredAt(), call, who, raw));
    }
}
