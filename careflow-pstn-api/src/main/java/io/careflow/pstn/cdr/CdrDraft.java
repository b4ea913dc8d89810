package io.careflow.pstn.cdr;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.RecordingReady;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws the conclusions that make a record out of what is known of a call. */
record CdrDraft(
        CallRef call,
        TenantId tenant,
        Direction direction,
        Party from,
        Party to,
        Instant started,
        @Nullable Instant pickedUp,
        @Nullable DialEnded dialled,
        CallEnded ended,
        SortedMap<String, CdrLeg> legs,
        SortedMap<CallEvent, CallNote> notes,
        SortedMap<CallEvent, RecordingReady> recordings) {

    Cdr toCdr() {
        CallNote note = notes.values().stream().reduce(CallNote.NONE, CallNote::then);
        List<CdrLeg> inOrder = legs.values().stream()
                .sorted(Comparator.comparing(CdrDraft::firstSeen).thenComparing(CdrLeg::leg))
                .toList();
        CdrTimes times = times();
        return new Cdr(
                        call,
                        note.tenant() == null ? tenant : note.tenant(),
                        direction,
                        note.carrier(),
                        from,
                        to,
                        note.typed(),
                        note.userId(),
                        times,
                        disposition(times, note),
                        cause(),
                        releasedBy(),
                        inOrder,
                        recording(),
                        CdrCost.UNRATED)
                .trusting(note.trust());
    }

    private CdrTimes times() {
        Instant over = ended.occurredAt();
        Instant began = began();
        Instant ringing = earliest(wanted().map(CdrLeg::ringing));
        CdrLeg talking = answeredLeg();
        if (talking == null) {
            Instant ringEnded = ringing == null ? null : latest(ringing, earlier(ringEnded(over), over));
            return new CdrTimes(began, pickedUp, ringing, ringEnded, null, null, over, ended.exact());
        }
        Instant answered = Objects.requireNonNull(talking.answered());
        Instant talkEnded = talking.ended() == null ? over : latest(answered, earlier(talking.ended(), over));
        return new CdrTimes(
                began, Times.earlier(pickedUp, answered), ringing, null, answered, talkEnded, over, ended.exact());
    }

    /**
     * The earliest instant known. A call that was placed says its beginning by the application's clock, everything else comes
     * from the provider's: where they differ the beginning gives way, so that nothing that is billed grows.
     */
    private Instant began() {
        Instant seen = earliest(legs.values().stream().map(CdrDraft::firstSeen));
        Instant known = earliest(Stream.of(seen, pickedUp, ended.occurredAt()));
        return Times.earlier(known, started);
    }

    /** When the last of the legs that rang was over; with the call, where that was not seen. */
    private Instant ringEnded(Instant over) {
        return wanted().filter(leg -> leg.ringing() != null)
                .map(leg -> leg.ended() == null ? over : leg.ended())
                .max(Comparator.naturalOrder())
                .orElse(over);
    }

    private Disposition disposition(CdrTimes times, CallNote note) {
        if (times.answered() != null) {
            return Disposition.ANSWERED;
        }
        if (recordings.values().stream().anyMatch(ready -> ready.kind() == RecordingReady.Kind.VOICEMAIL)) {
            return Disposition.VOICEMAIL;
        }
        if (note.outcome() != null) {
            return note.outcome();
        }
        if (dialled != null) {
            return dialled.result();
        }
        if (direction == Direction.OUTBOUND) {
            return Disposition.unanswered(ended.cause());
        }
        boolean asPlanned = pickedUp != null
                && ended.releasedBy() == ReleasedBy.SYSTEM
                && ended.cause().q850() == HangupCause.NORMAL_CLEARING.q850();
        if (asPlanned) {
            return Disposition.SERVED;
        }
        return ended.releasedBy() == ReleasedBy.CALLER ? Disposition.ABANDONED : Disposition.FAILED;
    }

    private HangupCause cause() {
        boolean talked = answeredLeg() != null;
        return !talked && dialled != null ? dialled.cause() : ended.cause();
    }

    /**
     * Of a call that we placed and that talked with somebody it dialled, whom we called first is the caller: they hung up if the
     * dial was still going on.
     */
    private ReleasedBy releasedBy() {
        CdrLeg answered = answeredLeg();
        boolean first = direction == Direction.OUTBOUND
                && ended.releasedBy() == ReleasedBy.CALLEE
                && dialled == null
                && answered != null
                && !answered.leg().equals(call.id());
        return first ? ReleasedBy.CALLER : ended.releasedBy();
    }

    /** Where somebody was dialled, the phone that we called first is not one of those who were wanted. */
    private Stream<CdrLeg> wanted() {
        boolean dialledOn = legs.size() > 1 || !legs.containsKey(call.id());
        return legs.values().stream().filter(leg -> !dialledOn || !leg.leg().equals(call.id()));
    }

    private @Nullable CdrLeg answeredLeg() {
        return wanted().filter(leg -> leg.answered() != null)
                .min(Comparator.comparing(leg -> Objects.requireNonNull(leg.answered())))
                .orElse(null);
    }

    private @Nullable URI recording() {
        return recordings.values().stream()
                .reduce((earlier, later) -> later)
                .map(RecordingReady::location)
                .orElse(null);
    }

    private static Instant firstSeen(CdrLeg leg) {
        Instant seen = earliest(Stream.of(leg.dialled(), leg.ringing(), leg.answered(), leg.ended()));
        return seen == null ? Instant.MAX : seen;
    }

    private static @Nullable Instant earliest(Stream<@Nullable Instant> instants) {
        return instants.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
