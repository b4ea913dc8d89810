package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.OutboundEntry.State;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows calls from their events to their settlement, and what other nodes left undone. Thread-safe. */
final class OutboundFollow {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration GIVEN_UP = Duration.ofMinutes(5);
    private static final int AT_ONCE = 5000;
    private static final String UNKNOWN_END = "the call is over and no record of it came: ";

    private final OutboundParts parts;
    private final Settlements settlements;

    OutboundFollow(OutboundParts parts, Taking taking) {
        this.parts = parts;
        this.settlements = new Settlements(parts, taking);
    }

    /** An event of any call. */
    void accept(CallEvent event) {
        if (event instanceof OutboundCall placed && placed.command() != null) {
            Optional<Boolean> unused = parts.book().find(placed.command()).map(entry -> goesOn(entry, placed.call()));
        } else if (event instanceof MachineDetected detected
                && (detected.answeredBy() == MachineDetected.AnsweredBy.MACHINE
                        || detected.answeredBy() == MachineDetected.AnsweredBy.FAX)) {
            parts.book()
                    .find(detected.call())
                    .filter(entry -> !entry.state().isFinal())
                    .ifPresent(entry -> parts.control(detected.call().provider())
                            .hangUp(detected.call(), HangupCause.NORMAL_CLEARING));
        }
    }

    /** The entry with this call, if it had none; written down. A call that is not the entry's own leaves it as it is. */
    OutboundEntry linked(OutboundEntry entry, CallRef call) {
        if (entry.call() != null || Settlements.isOver(entry) || entry.order().isEmpty()) {
            return entry;
        }
        OutboundEntry next =
                entry.become(State.PLACED, "", parts.clock().instant()).of(call);
        return parts.book().change(next)
                ? next
                : parts.book().find(entry.command()).orElse(entry);
    }

    /** As {@link #linked}; false if the command was given up before its call was known: that call is unpaid, and is hung up. */
    boolean goesOn(OutboundEntry entry, CallRef call) {
        boolean givenUp = Settlements.isGivenUp(linked(entry, call));
        if (givenUp) {
            parts.control(call.provider()).hangUp(call, HangupCause.NORMAL_CLEARING);
        }
        return !givenUp;
    }

    Cdr complete(Cdr told, @Nullable CommandId command) {
        Optional<OutboundEntry> entry = parts.book().find(told.call());
        if (entry.isEmpty() && command != null) {
            entry = parts.book().find(command).map(found -> linked(found, told.call()));
        }
        return entry.filter(found -> told.call().equals(found.call()))
                .filter(found -> !found.order().isEmpty())
                .map(found -> OutboundRecords.completed(told, OutboundOrder.of(found), found))
                .orElse(told);
    }

    void recorded(Cdr cdr, Appended result) {
        Optional<OutboundEntry> entry = parts.book().find(cdr.call());
        if (entry.isEmpty() || entry.get().state().isFinal()) {
            return;
        }
        Cdr kept =
                result == Appended.STORED ? cdr : parts.cdrs().find(cdr.call()).orElse(cdr);
        settlements.settle(kept, entry.get());
    }

    /**
     * Records and ends a command that no call came of.
     *
     * @return false if somebody else wrote meanwhile: nothing was done
     */
    boolean nothing(OutboundEntry entry, OutboundOrder order, Disposition disposition, String because) {
        return nothing(entry, order, disposition, because, List.of());
    }

    boolean nothing(
            OutboundEntry entry, OutboundOrder order, Disposition disposition, String because, List<TriedRoute> tried) {
        OutboundEntry closed = settlements.close(entry, because);
        if (closed == null) {
            return false;
        }
        Instant now = parts.clock().instant();
        Appended unused = parts.cdrs().append(OutboundRecords.none(order, disposition, because, tried, now));
        return settlements.release(closed, because);
    }

    /** Whether a command was given up before a call came of it. */
    boolean isGivenUp(CommandId command) {
        return parts.book().find(command).filter(Settlements::isGivenUp).isPresent();
    }

    int sweep() {
        Instant now = parts.clock().instant();
        int done = 0;
        RuntimeException first = null;
        for (OutboundEntry entry : parts.book().stale(now.minus(FRESH), AT_ONCE)) {
            try {
                if (swept(entry, now)) {
                    done++;
                }
            } catch (RuntimeException e) {
                // One that cannot be ended now is not in the way of the others.
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return done;
    }

    private boolean swept(OutboundEntry entry, Instant now) {
        if (entry.order().isEmpty()) {
            return false;
        }
        OutboundOrder order = OutboundOrder.of(entry);
        CallRef call = entry.call();
        if (call != null) {
            return placed(entry, order, call, now);
        }
        Instant given = entry.changedAt().plus(GIVEN_UP).plus(parts.settings().ringUser());
        if (now.isBefore(given) && !Settlements.isOver(entry)) {
            return false;
        }
        return nothing(entry, order, Disposition.FAILED, "no call came of it that anybody heard of");
    }

    private boolean placed(OutboundEntry entry, OutboundOrder order, CallRef call, Instant now) {
        Optional<Cdr> record = parts.cdrs().find(call);
        if (record.isPresent()) {
            settlements.settle(record.get(), entry);
            return true;
        }
        Duration lease = parts.settings().lease(order.longest());
        if (order.held() != null) {
            boolean unused = parts.credit().renew(entry.command(), lease);
        }
        if (isUnknown(entry)) {
            return false;
        }
        boolean live = parts.control(call.provider())
                .fetch(call)
                .filter(known -> known.status() != Call.Status.ENDED)
                .isPresent();
        if (live) {
            order.tickets().forEach(ticket -> parts.guard().renew(ticket, lease));
            return false;
        }
        if (now.isBefore(order.asked().plus(lease))) {
            return false;
        }
        Money held = order.held();
        if (held == null) {
            return settlements.release(entry, UNKNOWN_END + "it costs nothing");
        }
        boolean unused = parts.book()
                .change(entry.become(State.IN_DOUBT, UNKNOWN_END + held + " stays set aside until it is settled", now));
        return false;
    }

    /** What {@link #placed} left to people. */
    List<OutboundEntry> unknown() {
        return parts.book().stale(parts.clock().instant(), AT_ONCE).stream()
                .filter(OutboundFollow::isUnknown)
                .toList();
    }

    void decide(CommandId command, Duration talk, Money cost, String because) {
        OutboundEntry entry = parts.book()
                .find(command)
                .filter(OutboundFollow::isUnknown)
                .orElseThrow(() -> new IllegalStateException(
                        "command " + command + " is not one whose end is unknown; nothing was settled"));
        settlements.decide(entry, talk, cost, because);
    }

    private static boolean isUnknown(OutboundEntry entry) {
        return entry.state() == State.IN_DOUBT
                && entry.call() != null
                && entry.because().startsWith(UNKNOWN_END);
    }
}
