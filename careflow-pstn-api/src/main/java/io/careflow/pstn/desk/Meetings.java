package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.OutboundEntry.State;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.routing.OnNet;
import io.careflow.pstn.routing.RoutePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks with a third party: the user is called into a conference, and once they are there the others are invited, each by a command,
 * a guard and a hold of their own. Everything is checked before anything rings. Thread-safe.
 */
final class Meetings {
    /** The fingerprint of guests' commands. */
    private static final String GUEST = "guest";

    private final OutboundParts parts;
    private final OutboundFlows flows;
    private final Authorisation authorisation;
    private final OutboundFollow follow;

    Meetings(OutboundParts parts, OutboundFlows flows, Authorisation authorisation, OutboundFollow follow) {
        this.parts = parts;
        this.flows = flows;
        this.authorisation = authorisation;
        this.follow = follow;
    }

    /** All or nobody: the order of the user's own call, or why not. */
    Decision prepare(OutboundOrder asked, User user, List<String> others) {
        if (asked.phone().startsWith("+")) {
            return Decision.denied(asked, "conference", "the user's phone must be one of ours");
        }
        String room = "callback-"
                + Fingerprint.direct(new CallRef(parts.home(), asked.command().value()))
                        .value()
                        .replaceAll("[^A-Za-z0-9]", "-");
        OutboundOrder host = asked.to(List.of(), asked.wanted(), true)
                .paid(parts.settings().longestTalk(), null, null)
                .meeting(room);
        for (int i = 1; i <= others.size(); i++) {
            CommandId taken = command(asked.command(), i);
            if (parts.book().find(taken).isPresent()) {
                return exists(host, taken);
            }
        }
        List<OutboundOrder> guests = new ArrayList<>();
        List<OutboundEntry> opened = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            OutboundOrder guest = guest(asked, i + 1, others.get(i), room);
            // Before anything is taken: under the same key a live command has money and leases of its own.
            OutboundBook.Opened one = parts.book()
                    .open(OutboundEntry.first(guest.command(), GUEST, OrderText.write(guest), asked.asked()));
            if (!one.mine()) {
                giveBack(opened, List.of(), "a command " + guest.command() + " exists already");
                return exists(host, guest.command());
            }
            guests.add(guest);
            opened.add(one.entry());
        }
        List<Decision.Ready> ready = new ArrayList<>();
        for (OutboundOrder guest : guests) {
            Decision decision = authorisation.decide(guest, user);
            if (decision instanceof Decision.Refused refused) {
                giveBack(opened, ready, "somebody else is not allowed");
                return new Decision.Refused(host, refused.answer(), refused.disposition());
            } else if (decision instanceof Decision.Ready one) {
                ready.add(lined(one));
            }
        }
        String problem = problem(ready, room);
        if (problem == null && !written(opened, ready)) {
            problem = "it took so long to decide that the guests were given up";
        }
        if (problem != null) {
            giveBack(opened, ready, problem);
            return Decision.denied(host, "conference", problem);
        }
        OnNet own = new OnNet(room, List.of(Destination.parse(asked.phone())));
        return new Decision.Ready(host, new RoutePlan(asked.asked(), own, List.of(), List.of()));
    }

    private static Decision exists(OutboundOrder host, CommandId guest) {
        return Decision.denied(host, "conference", "a command " + guest + " exists already");
    }

    /** Writes down what was decided of all guests; false if somebody else has written meanwhile. */
    private boolean written(List<OutboundEntry> opened, List<Decision.Ready> ready) {
        try {
            for (int i = 0; i < ready.size(); i++) {
                OutboundEntry next = opened.get(i)
                        .become(State.OPENED, "", parts.clock().instant())
                        .ordering(OrderText.write(ready.get(i).order()));
                if (!parts.book().change(next)) {
                    return false;
                }
                opened.set(i, next);
            }
            return true;
        } catch (RuntimeException e) {
            // The guests themselves are ended by a sweep.
            Attempts undoing = new Attempts(e);
            ready.forEach(
                    one -> undoing.make(() -> authorisation.undo(one.order(), "the guests could not be written down")));
            throw e;
        }
    }

    /** Where not all of it can be given back now the guests stay as they are, for a sweep. */
    private void giveBack(List<OutboundEntry> opened, List<Decision.Ready> ready, String because) {
        Attempts undoing = new Attempts(null);
        ready.forEach(one -> undoing.make(() -> authorisation.undo(one.order(), because)));
        undoing.rethrow();
        for (OutboundEntry entry : opened) {
            boolean unused = parts.book()
                    .change(entry.become(State.DENIED, because, parts.clock().instant()));
        }
    }

    /** The user is in the room: now the others. Whoever is first to write that down invites, so nobody is invited twice. */
    void invite(OutboundOrder host, ProviderId provider) {
        for (OutboundEntry entry : guests(host)) {
            OutboundEntry inviting =
                    entry.become(State.OPENED, "inviting", parts.clock().instant());
            if (entry.state() == State.OPENED
                    && entry.because().isEmpty()
                    && parts.book().change(inviting)) {
                invite(host, provider, inviting);
            }
        }
    }

    private void invite(OutboundOrder host, ProviderId provider, OutboundEntry entry) {
        OutboundOrder guest = OutboundOrder.of(entry);
        Call call;
        try {
            call = rooms(provider).orElseThrow().invite(room(guest), request(guest));
        } catch (PstnException e) {
            String because = e.failure().reason();
            if (e.effect() == Effect.UNKNOWN) {
                boolean unused = parts.book()
                        .change(entry.become(
                                State.IN_DOUBT, because, parts.clock().instant()));
            } else {
                boolean unused = follow.nothing(entry, guest, Disposition.FAILED, because);
            }
            return;
        } catch (RuntimeException e) {
            // Of a listener, or of a provider that breaks its contract: there may be a call, and the others are invited
            // all the same.
            parts.failing().accept(e);
            boolean unused = parts.book()
                    .change(entry.become(
                            State.IN_DOUBT,
                            "unexpected: " + e.getClass().getSimpleName(),
                            parts.clock().instant()));
            return;
        }
        boolean goesOn = follow.goesOn(entry, call.ref());
        // Who left in the meantime could not give up a call that was in no book yet.
        if (goesOn && hasLeft(host.command())) {
            parts.control(provider).hangUp(call.ref(), HangupCause.NORMAL_CLEARING);
        }
    }

    private boolean hasLeft(CommandId host) {
        OutboundEntry entry = parts.book().find(host).orElse(null);
        CallRef call = entry == null ? null : entry.call();
        if (entry == null || call == null || entry.state().isFinal()) {
            return true;
        }
        try {
            return parts.control(call.provider())
                    .fetch(call)
                    .filter(known -> known.status() != Call.Status.ENDED)
                    .isEmpty();
        } catch (PstnException e) {
            // Nobody is hung up on because a provider cannot tell; the longest talk ends it at the latest.
            return false;
        }
    }

    /**
     * A call is over: without the user, or without anybody else, the meeting is. What cannot be ended keeps nobody else from being given up;
     * the first failure is thrown in the end.
     */
    void over(CallRef call) {
        OutboundEntry entry = parts.book().find(call).orElse(null);
        OutboundOrder order = entry == null || entry.order().isEmpty() ? null : OutboundOrder.of(entry);
        if (order == null || order.room() == null) {
            return;
        }
        boolean alone = !order.isDirect() || othersAreOver(order);
        Attempts ending = new Attempts(null);
        if (alone) {
            ending.make(() -> rooms(call.provider()).ifPresent(rooms -> rooms.end(room(order))));
        }
        if (!order.isDirect()) {
            guests(order).forEach(guest -> ending.make(() -> giveUp(guest, call.provider())));
        }
        ending.rethrow();
    }

    /** Still ringing, or never invited. */
    private void giveUp(OutboundEntry guest, ProviderId provider) {
        CallRef call = guest.call();
        if (call != null && !guest.state().isFinal()) {
            parts.control(provider).hangUp(call, HangupCause.NORMAL_CLEARING);
        } else if (guest.state() == State.OPENED && guest.because().isEmpty()) {
            boolean unused =
                    follow.nothing(guest, OutboundOrder.of(guest), Disposition.ABANDONED, "the user was not reached");
        }
    }

    private boolean othersAreOver(OutboundOrder one) {
        String command = one.command().value();
        CommandId host = new CommandId(command.substring(0, command.lastIndexOf('/')));
        return guests(host).stream()
                .filter(guest -> !guest.command().equals(one.command()))
                .allMatch(guest -> guest.state().isFinal());
    }

    /** The records of a command and of its guests so far. */
    CommandRecords records(CommandId command) {
        List<OutboundEntry> entries = new ArrayList<>();
        parts.book().find(command).ifPresent(entries::add);
        entries.addAll(guests(command));
        List<Cdr> records =
                entries.stream().flatMap(entry -> record(entry).stream()).toList();
        boolean complete = !entries.isEmpty() && entries.stream().allMatch(this::isComplete);
        return new CommandRecords(command, records, complete);
    }

    /** A guest who was given back before anybody was called has no record. */
    private boolean isComplete(OutboundEntry entry) {
        boolean nobody = isGuest(entry) && entry.state() == State.DENIED;
        return entry.state().isFinal() && (nobody || record(entry).isPresent());
    }

    private Optional<Cdr> record(OutboundEntry entry) {
        CallRef call = entry.call();
        Optional<Cdr> made = call == null ? Optional.empty() : parts.cdrs().find(call);
        return made.or(() -> parts.cdrs().find(OutboundRecords.reference(entry.command())));
    }

    /** A command of somebody else may be called the same. */
    private static boolean isGuest(OutboundEntry entry) {
        return entry.fingerprint().equals(GUEST);
    }

    private List<OutboundEntry> guests(OutboundOrder host) {
        return guests(host.command());
    }

    private List<OutboundEntry> guests(CommandId host) {
        List<OutboundEntry> found = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            parts.book().find(command(host, i)).filter(Meetings::isGuest).ifPresent(found::add);
        }
        return found;
    }

    /** Everything that would be refused later. */
    private @Nullable String problem(List<Decision.Ready> ready, String room) {
        for (Decision.Ready one : ready) {
            ProviderId provider = one.plan().onNet() == null
                    ? one.plan().routes().get(0).route().provider()
                    : parts.home();
            if (!provider.equals(parts.home())) {
                return one.order().wanted() + " is reached over " + provider + ", the room is at " + parts.home();
            }
        }
        try {
            if (rooms(parts.home()).isEmpty()) {
                return parts.home() + " has no conferences";
            }
            CallControl control = parts.control(parts.home());
            for (Decision.Ready one : ready) {
                control.flows().require(parts.home(), flows.talk(one.order().meeting(room), control.flows()));
                control.check(request(one.order()));
            }
        } catch (PstnException e) {
            return e.failure().reason();
        }
        return null;
    }

    private CallRequest request(OutboundOrder guest) {
        CallFlow intoRoom = flows.meet(guest);
        return CallRequest.of(
                        guest.command(), guest.callerId(), guest.destinations().get(0), intoRoom)
                .forTenant(guest.tenant())
                .ringingFor(parts.settings().ringFor())
                .lastingAtMost(guest.longest())
                .over(guest.trunks());
    }

    private Optional<Conferences> rooms(ProviderId provider) {
        return parts.provider(provider).find(Conferences.class);
    }

    /** Over the ways of the room's provider, in the plan's order. */
    private Decision.Ready lined(Decision.Ready one) {
        List<OutboundOrder.Line> lines = one.plan().routes().stream()
                .filter(planned -> planned.route().provider().equals(parts.home()))
                .map(Authorisation::line)
                .toList();
        return new Decision.Ready(one.order().over(lines), one.plan());
    }

    private static String room(OutboundOrder order) {
        return Objects.requireNonNull(order.room(), "room");
    }

    private static OutboundOrder guest(OutboundOrder host, int number, String wanted, String room) {
        return new OutboundOrder(
                command(host.command(), number),
                host.tenant(),
                host.user(),
                "",
                wanted,
                List.of(),
                host.callerId(),
                false,
                List.of(),
                host.longest(),
                null,
                null,
                room,
                false,
                List.of(),
                host.asked(),
                List.of());
    }

    private static CommandId command(CommandId host, int number) {
        return new CommandId(host.value() + "/" + number);
    }
}
