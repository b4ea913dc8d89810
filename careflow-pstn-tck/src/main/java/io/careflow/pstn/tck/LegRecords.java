package io.careflow.pstn.tck;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a carrier records of one call: the call itself, and each leg that it dialled. */
final class LegRecords {
    private final ProviderId provider;
    private final CallRef call;
    private final List<CallEvent> events;
    private final Map<CallRef, Money> prices;

    LegRecords(ProviderId provider, MemoryCall call, Map<CallRef, Money> prices) {
        this.provider = provider;
        this.call = call.ref();
        this.events = call.events();
        this.prices = prices;
    }

    /** All records; none before the call has begun to ring. */
    Stream<ProviderCdr> all() {
        Optional<ProviderCdr> itself = events.stream().findFirst().flatMap(this::itself);
        return itself.stream()
                .flatMap(first -> Stream.concat(
                        Stream.of(first),
                        of(LegDialled.class, leg -> !leg.leg().equals(call.id()))
                                .map(leg -> leg(first, leg))));
    }

    private Optional<ProviderCdr> itself(CallEvent first) {
        Span span = new Span(
                first.occurredAt(),
                of(CallAnswered.class, any -> true)
                        .findFirst()
                        .map(CallEvent::occurredAt)
                        .orElse(null),
                of(CallEnded.class, any -> true).findFirst().orElse(null),
                of(CallEnded.class, any -> true)
                        .findFirst()
                        .map(CallEnded::cause)
                        .orElse(HangupCause.UNKNOWN));
        if (first instanceof InboundCall in) {
            return Optional.of(record(call, null, Direction.INBOUND, in.from(), in.to(), span));
        } else if (first instanceof OutboundCall out) {
            Party to = Party.of(out.to().address());
            return Optional.of(record(call, null, Direction.OUTBOUND, out.from(), to, span));
        }
        return Optional.empty();
    }

    private ProviderCdr leg(ProviderCdr parent, LegDialled dialled) {
        Optional<LegEnded> end =
                of(LegEnded.class, ended -> ended.leg().equals(dialled.leg())).findFirst();
        Span span = new Span(
                dialled.occurredAt(),
                of(LegAnswered.class, answered -> answered.leg().equals(dialled.leg()))
                        .findFirst()
                        .map(CallEvent::occurredAt)
                        .orElse(null),
                end.orElse(null),
                end.map(LegEnded::cause).orElse(HangupCause.UNKNOWN));
        CallRef ref = new CallRef(provider, dialled.leg());
        return record(ref, call, Direction.OUTBOUND, parent.from(), Party.of(dialled.destination()), span);
    }

    private ProviderCdr record(
            CallRef ref, @Nullable CallRef parent, Direction direction, Party from, Party to, Span span) {
        Disposition disposition = span.disposition();
        String raw = disposition == null ? "in-progress" : disposition.name().toLowerCase(Locale.ROOT);
        return new ProviderCdr(
                ref,
                parent,
                direction,
                from,
                to,
                span.started(),
                span.endedAt(),
                span.billedSeconds(),
                disposition,
                raw,
                prices.get(ref),
                Map.of());
    }

    private <T extends CallEvent> Stream<T> of(Class<T> type, Predicate<T> which) {
        return events.stream().filter(type::isInstance).map(type::cast).filter(which);
    }

    private record Span(
            Instant started,
            @Nullable Instant answered,
            @Nullable CallEvent ended,
            HangupCause cause) {
        @Nullable
        Instant endedAt() {
            return ended == null ? null : ended.occurredAt();
        }

        /** Started seconds count, as carriers count. */
        @Nullable
        Long billedSeconds() {
            if (ended == null) {
                return null;
            }
            Duration up = answered == null ? Duration.ZERO : Duration.between(answered, ended.occurredAt());
            return up.plusMillis(999).toSeconds();
        }

        @Nullable
        Disposition disposition() {
            if (ended == null) {
                return null;
            } else if (answered != null) {
                return Disposition.ANSWERED;
            }
            boolean givenUp = cause.equals(HangupCause.NORMAL_CLEARING);
            return givenUp ? Disposition.ABANDONED : Disposition.unanswered(cause);
        }
    }
}
