package io.careflow.pstn.cdr;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call so far. Grows with every event; the order in which events arrive, and repeats, make no
 * difference: instants keep the earliest, notes are ordered by when they were made, the first exact end stands.
 *
 * <p>Not thread-safe; the events of one call come one after another.
 */
public final class CallProgress {
    // Type and content decide last: an id may come twice where another process took the call over.
    private static final Comparator<CallEvent> ORDER = Comparator.comparing(CallEvent::occurredAt)
            .thenComparing(CallEvent::id)
            .thenComparing(CallEvent::toString);

    private final CallRef call;
    private final SortedMap<String, CdrLeg> legs = new TreeMap<>();
    private final SortedMap<CallEvent, CallNote> notes = new TreeMap<>(ORDER);
    private final SortedMap<CallEvent, RecordingReady> recordings = new TreeMap<>(ORDER);
    private final SortedMap<CallEvent, TriedRoute> attempts = new TreeMap<>(ORDER);
    private Direction direction = Direction.INBOUND;
    private boolean dialledByUser;
    private TenantId tenant = TenantId.DEFAULT;
    private @Nullable CommandId command;
    private @Nullable Party from;
    private @Nullable Party to;
    private @Nullable Instant started;
    private @Nullable Instant pickedUp;
    private @Nullable DialEnded dialled;
    private @Nullable CallEnded ended;

    /** Nothing is known yet but the call itself. */
    public CallProgress(CallRef call) {
        this.call = call;
    }

    /** Takes an event in. Kinds that say nothing about the record change nothing. */
    public void accept(CallEvent event) {
        if (event instanceof InboundCall arrived) {
            started = Times.earlier(started, arrived.occurredAt());
            from = arrived.from();
            to = arrived.to();
            if (arrived.origin().user() != null) {
                direction = Direction.OUTBOUND;
                dialledByUser = true;
            }
        } else if (event instanceof OutboundCall placed) {
            direction = Direction.OUTBOUND;
            started = Times.earlier(started, placed.occurredAt());
            tenant = placed.tenant();
            command = command == null ? placed.command() : command;
            from = placed.from();
            to = Party.of(placed.to().address());
        } else if (event instanceof CallAnswered answered) {
            pickedUp = Times.earlier(pickedUp, answered.occurredAt());
        } else if (event instanceof CallNoted noted) {
            notes.put(noted, noted.note());
        } else if (event instanceof RecordingReady recording) {
            recordings.put(recording, recording);
        } else if (event instanceof RouteTried tried) {
            attempts.put(tried, tried.tried());
        } else if (event instanceof DialEnded dial) {
            dialled = dialled == null || ORDER.compare(dialled, dial) < 0 ? dial : dialled;
        } else if (event instanceof CallEnded end) {
            ended = ended == null || firmer(end, ended) ? end : ended;
        } else {
            acceptLeg(event);
        }
    }

    /** Whether the beginning of the call is known. */
    public boolean hasBegun() {
        return started != null;
    }

    /** The command that placed the call; empty if it was not placed, or its provider does not tell. */
    public Optional<CommandId> command() {
        return Optional.ofNullable(command);
    }

    /** Whether the end of the call is known. */
    public boolean isOver() {
        return ended != null;
    }

    /** Whether both its beginning and its end are known, so that there can be a record. */
    public boolean isComplete() {
        return ended != null && started != null;
    }

    /**
     * The record of the call, not rated yet.
     *
     * @throws IllegalStateException unless {@link #isComplete}
     */
    public Cdr toCdr() {
        if (ended == null || started == null || from == null || to == null) {
            throw new IllegalStateException("call " + call + " is not complete: beginning or end is unknown");
        }
        return new CdrDraft(
                        call, tenant, direction(), from, to, started, pickedUp, dialled, ended, legs, notes, recordings)
                .toCdr()
                .trying(attempts());
    }

    /** What a user of ours dials and only users of ours were rung for, has not left the house. */
    private Direction direction() {
        boolean atHome = dialledByUser
                && !legs.isEmpty()
                && legs.values().stream()
                        .allMatch(leg -> leg.destination().startsWith("sip:")
                                && leg.destination().indexOf('@') < 0);
        return atHome ? Direction.ON_NET : direction;
    }

    /** In the order in which they were sent out. One that was told of twice, under two ids, is one. */
    private List<TriedRoute> attempts() {
        return attempts.values().stream()
                .distinct()
                .sorted(Comparator.comparing(TriedRoute::began)
                        .thenComparing(tried -> tried.attempt().number()))
                .toList();
    }

    private void acceptLeg(CallEvent event) {
        if (event instanceof LegDialled leg) {
            leg(leg.leg(), known -> known.dialled(leg.destination(), leg.occurredAt()));
        } else if (event instanceof LegRinging leg) {
            leg(leg.leg(), known -> known.ringing(leg.occurredAt()));
        } else if (event instanceof LegAnswered leg) {
            leg(leg.leg(), known -> known.answered(leg.occurredAt()));
        } else if (event instanceof LegEnded leg) {
            leg(leg.leg(), known -> known.ended(leg.occurredAt(), leg.cause()));
        }
    }

    private void leg(String id, UnaryOperator<CdrLeg> change) {
        legs.put(id, change.apply(legs.getOrDefault(id, CdrLeg.of(id))));
    }

    private static boolean firmer(CallEnded one, CallEnded other) {
        return one.exact() == other.exact() ? ORDER.compare(one, other) < 0 : one.exact();
    }
}
