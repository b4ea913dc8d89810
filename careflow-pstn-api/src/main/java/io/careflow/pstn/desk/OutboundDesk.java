package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.OutboundEntry.State;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.RoutePlan;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbound journey: a user wants to talk with somebody; whom and whether is decided, the money is set aside, the user's own
 * phone is called, on its answer the destination is dialled and both are joined; the call's record settles what was set aside. The
 * same for a number that a user dials from a phone of ours.
 *
 * <p>Keeps nothing but what is in its book, so any node of the application can go on with any call. Thread-safe. Events of the
 * providers go to {@link #accept}, records come from {@link #recording a recorder that completes them}.
 */
public final class OutboundDesk implements FlowHandler {
    private final OutboundParts parts;
    private final OutboundFlows flows;
    private final Authorisation authorisation;
    private final Placement placement;
    private final OutboundFollow follow;
    private final Meetings meetings;

    OutboundDesk(OutboundParts parts) {
        this.parts = parts;
        this.flows = new OutboundFlows(parts.settings(), parts.prompts());
        Taking taking = parts.taking();
        this.authorisation = new Authorisation(parts, taking);
        this.placement = new Placement(parts, flows);
        this.follow = new OutboundFollow(parts, taking);
        this.meetings = new Meetings(parts, flows, authorisation, follow);
    }

    /** Begins a desk. */
    public static OutboundDeskBuilder builder() {
        return new OutboundDeskBuilder();
    }

    /**
     * Calls the user back. Returns as soon as the provider has taken the call, or it is clear that none will.
     *
     * @return what became of it; failures of providers are answers too. What the book throws is thrown on before anything rings; once a
     *     provider was asked, nothing is thrown
     */
    public CallbackAnswer callback(CallbackRequest request) {
        User user = request.user();
        OutboundOrder asked = asked(
                request.command(),
                user,
                request.phone().address(),
                request.destination(),
                request.callerId(),
                request.recorded());
        String fingerprint = Fingerprint.of(request);
        OutboundBook.Opened opened = parts.book()
                .open(OutboundEntry.first(request.command(), fingerprint, OrderText.write(asked), asked.asked()));
        OutboundEntry entry = opened.entry();
        if (!opened.mine()) {
            return entry.fingerprint().equals(fingerprint)
                    ? new CallbackAnswer.Repeated(entry)
                    : new CallbackAnswer.Conflicting(request.command());
        }
        String third = request.third();
        String unrecorded = unrecorded(request);
        if (unrecorded != null) {
            return refuse(entry, Decision.denied(asked, "recording", unrecorded));
        }
        Decision decision = third == null
                ? authorisation.decide(asked, user)
                : meetings.prepare(asked, user, List.of(request.destination(), third));
        if (decision instanceof Decision.Refused refused) {
            return refuse(entry, refused);
        } else if (decision instanceof Decision.Ready ready) {
            return place(entry, ready.order(), ready.plan());
        }
        throw new AssertionError(decision);
    }

    /** Ends the call of a command, ringing or answered. One that is over, or of which no call is known, is no error. */
    public void hangUp(CommandId command) {
        parts.book()
                .find(command)
                .map(OutboundEntry::call)
                .ifPresent(call -> parts.control(call.provider()).hangUp(call, HangupCause.NORMAL_CLEARING));
    }

    @Override
    public CallFlow next(FlowEvent event) {
        if (event instanceof Redirected answered
                && answered.continuation().name().equals(OutboundFlows.ANSWERED)) {
            return answered(answered);
        } else if (event instanceof DialEnded dial) {
            return flows.dialled(dial);
        } else if (event instanceof InboundCall call) {
            return dialledByUser(call);
        }
        return flows.over();
    }

    /** This desk for its own calls and for what users dial, the other one for everything else. */
    public FlowHandler orElse(FlowHandler other) {
        return event -> isOurs(event) ? next(event) : other.next(event);
    }

    /**
     * Takes an event of any call in. Must hear of all of them before the recorder does. Throws nothing, so that the recorder hears of
     * them whatever is away: see {@link OutboundDeskBuilder#failures}.
     */
    public void accept(CallEvent event) {
        attempted(() -> follow.accept(event));
        OutboundRecording recording = parts.recording();
        if (recording != null) {
            attempted(() -> recording.accept(event));
        }
        if (event instanceof CallEnded ended) {
            attempted(() -> meetings.over(ended.call()));
        }
    }

    private void attempted(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            parts.failing().accept(e);
        }
    }

    /**
     * The same recorder, whose records this desk completes. It must have been made with {@link #settling}.
     */
    public CdrRecorder recording(CdrRecorder recorder) {
        return recorder.completing(follow::complete);
    }

    /** Settles calls as they are recorded, then tells this listener. What cannot be settled now is left to {@link #sweep}. */
    public CdrRecorder.Listener settling(CdrRecorder.Listener listener) {
        return new CdrRecorder.Listener() {
            @Override
            public void recorded(Cdr cdr, Appended result) {
                try {
                    follow.recorded(cdr, result);
                } catch (RuntimeException e) {
                    listener.unsettled(cdr, e);
                }
                listener.recorded(cdr, result);
            }

            @Override
            public void failed(Cdr cdr, RuntimeException failure) {
                listener.failed(cdr, failure);
            }

            @Override
            public void unpriced(Cdr cdr, RuntimeException failure) {
                listener.unpriced(cdr, failure);
            }

            @Override
            public void incomplete(Cdr cdr, RuntimeException failure) {
                listener.incomplete(cdr, failure);
            }

            @Override
            public void gaveUp(CallRef call) {
                listener.gaveUp(call);
            }
        };
    }

    /**
     * Settles and frees what was left by nodes that died, and keeps alive what goes on. Call it every minute, on any node or all.
     *
     * @return how many commands it brought to their end
     * @throws RuntimeException what the first command threw that could not be ended now, after all the others were tried
     */
    public int sweep() {
        return follow.sweep();
    }

    /**
     * Commands whose call is over without a record of it, so that nobody knows what it cost: what was set aside stays set aside, while
     * somebody sweeps, until a record comes or {@link #settle} is called. None is as it should be; look at it every day.
     */
    public List<OutboundEntry> unsettled() {
        return follow.unknown();
    }

    /**
     * Settles one of {@link #unsettled} by what the carrier says of it.
     *
     * @param talk how long they talked; zero if nobody answered
     * @param cost what it cost the customer, in the currency that was set aside; zero frees all of it
     * @param because for the ledger's entry
     * @throws IllegalStateException if it is not one of them, or not any more; nothing was settled
     * @throws IllegalArgumentException if the cost is in another currency
     */
    public void settle(CommandId command, Duration talk, Money cost, String because) {
        follow.decide(command, talk, cost, because);
    }

    /**
     * The records of a command that are there so far: of a callback its one, of a meeting the user's own and one of each guest. Known as
     * long as the book keeps the command.
     */
    public CommandRecords records(CommandId command) {
        return meetings.records(command);
    }

    private CallbackAnswer place(OutboundEntry first, OutboundOrder order, RoutePlan plan) {
        Latest latest = new Latest(first);
        Placement.Result result =
                placement.place(order, plan, over -> latest.write(State.OPENED, OrderText.write(over), ""));
        for (TriedRoute tried : result.tried()) {
            CallRef call = result.call();
            if (call != null) {
                attempted(() -> parts.telling()
                        .accept(new RouteTried(
                                call.id() + ":desk:" + tried.attempt().number(), tried.ended(), call, tried)));
            }
        }
        CallRef call = result.call();
        if (call != null) {
            if (!goesOn(latest.entry, call)) {
                return new CallbackAnswer.NoRoute(plan, "it took so long to place that the command was given up");
            }
            Money held = order.held();
            return new CallbackAnswer.Placed(
                    call,
                    order.onNet(),
                    order.longest(),
                    held == null ? Money.zero(Currency.getInstance("XXX")) : held);
        }
        if (result.doubtful()) {
            attempted(() -> {
                boolean unused = latest.write(State.IN_DOUBT, latest.entry.order(), result.because());
            });
            return new CallbackAnswer.InDoubt(order.command(), result.because());
        }
        attempted(() -> {
            if (!follow.nothing(latest.entry, order, Disposition.FAILED, result.because(), result.tried())
                    && follow.isGivenUp(order.command())) {
                // Perhaps before it was taken, so that nobody else could give it back.
                authorisation.undo(order, result.because());
            }
        });
        return new CallbackAnswer.NoRoute(plan, result.because());
    }

    /** Where the book cannot be asked it rings all the same: the call's own events find its command. */
    private boolean goesOn(OutboundEntry entry, CallRef call) {
        try {
            return follow.goesOn(entry, call);
        } catch (RuntimeException e) {
            parts.failing().accept(e);
            return true;
        }
    }

    private CallbackAnswer refuse(OutboundEntry entry, Decision.Refused refused) {
        String because = because(refused.answer());
        Instant now = parts.clock().instant();
        Appended unused = parts.cdrs()
                .append(OutboundRecords.none(refused.order(), refused.disposition(), because, List.of(), now));
        boolean unusedChange = parts.book()
                .change(entry.become(State.DENIED, because, now).ordering(OrderText.write(refused.order())));
        return refused.answer();
    }

    private CallFlow answered(Redirected event) {
        String command = OutboundFlows.command(event.continuation());
        Optional<OutboundEntry> found =
                command.isEmpty() ? Optional.empty() : parts.book().find(new CommandId(command));
        if (found.isEmpty()) {
            return flows.sorry();
        }
        OutboundEntry entry = follow.linked(found.get(), event.call());
        boolean goesOn = !Settlements.isOver(entry) && event.call().equals(entry.call());
        return goesOn ? talk(entry, event.call()) : flows.over();
    }

    private CallFlow talk(OutboundEntry entry, CallRef call) {
        CallControl control = parts.control(call.provider());
        OutboundOrder order = OutboundOrder.of(entry);
        if (order.room() != null && !order.isDirect()) {
            meetings.invite(order, call.provider());
        }
        CallFlow talk = flows.talk(order, control.flows());
        OutboundRecording recording = parts.recording();
        return order.recorded() && recording != null ? recording.recorded(call, order, talk, control.flows()) : talk;
    }

    private @Nullable String unrecorded(CallbackRequest request) {
        if (!request.recorded()) {
            return null;
        } else if (parts.recording() == null) {
            return "a call is recorded only by a desk with a RecordingPolicy; give it one, or ask for no recording";
        }
        return request.third() == null ? null : "a meeting of three is not recorded by the desk; ask for no recording";
    }

    private CallFlow dialledByUser(InboundCall call) {
        Optional<User> caller = caller(call);
        if (caller.isEmpty()) {
            return flows.sorry();
        }
        User user = caller.get();
        CommandId command = Fingerprint.direct(call.call());
        OutboundOrder asked =
                asked(command, user, "", call.to().address(), parts.shown().apply(user), false);
        OutboundEntry first = OutboundEntry.first(command, "direct", OrderText.write(asked), asked.asked())
                .of(call.call());
        OutboundBook.Opened opened = parts.book().open(first);
        if (!opened.mine()) {
            return again(opened.entry(), call);
        }
        Decision decision = authorisation.decide(asked, user);
        if (decision instanceof Decision.Refused refused) {
            boolean unused = parts.book()
                    .change(first.become(
                                    State.DENIED,
                                    because(refused.answer()),
                                    parts.clock().instant())
                            .ordering(OrderText.write(refused.order())));
            return flows.refused(refused.answer(), refused.disposition());
        } else if (decision instanceof Decision.Ready ready) {
            return direct(first, ready, call);
        }
        throw new AssertionError(decision);
    }

    /** Only over the provider that has the call already. */
    private CallFlow direct(OutboundEntry first, Decision.Ready ready, InboundCall call) {
        Optional<Placement.Way> way = placement.ways(ready.plan()).stream()
                .filter(known -> known.provider().equals(call.call().provider()))
                .findFirst();
        OutboundOrder order = ready.order()
                .over(way.map(Placement.Way::routes).orElse(List.of()).stream()
                        .map(Authorisation::line)
                        .toList());
        try {
            CallFlow flow =
                    flows.talk(order, parts.control(call.call().provider()).flows());
            OutboundEntry next =
                    first.become(State.PLACED, "", parts.clock().instant()).ordering(OrderText.write(order));
            if (way.isPresent() && parts.book().change(next)) {
                return flow;
            }
        } catch (RuntimeException e) {
            new Attempts(e).make(() -> authorisation.undo(order, "the call could not be written down"));
            throw e;
        }
        authorisation.undo(order, "no way from the phone's own server");
        return flows.sorry();
    }

    private CallFlow again(OutboundEntry entry, InboundCall call) {
        return switch (entry.state()) {
            case PLACED -> talk(entry, call.call());
            case DENIED -> flows.denied();
            case OPENED, IN_DOUBT, ENDED -> flows.sorry();
        };
    }

    private boolean isOurs(FlowEvent event) {
        if (event instanceof InboundCall call) {
            return caller(call).isPresent();
        }
        Continuation here = event instanceof Redirected redirected
                ? redirected.continuation()
                : event instanceof DialEnded dial ? dial.continuation() : null;
        return here != null && OutboundFlows.isOurs(here);
    }

    private Optional<User> caller(InboundCall call) {
        SipAddress phone = call.origin().user();
        return phone == null ? Optional.empty() : parts.phones().apply(phone);
    }

    private OutboundOrder asked(
            CommandId command, User user, String phone, String wanted, PhoneNumber callerId, boolean recorded) {
        return new OutboundOrder(
                command,
                user.tenant(),
                user.id(),
                phone,
                wanted,
                List.of(),
                callerId,
                false,
                List.of(),
                Duration.ZERO,
                null,
                null,
                null,
                recorded,
                List.of(),
                parts.clock().instant(),
                List.of());
    }

    private static String because(CallbackAnswer answer) {
        if (answer instanceof CallbackAnswer.Denied denied) {
            return "denied by " + String.join(", ", denied.rules()) + ": " + denied.because();
        } else if (answer instanceof CallbackAnswer.NotPaid less) {
            return "denied by credit: " + less.available() + " available, " + less.asked() + " needed";
        }
        return answer instanceof CallbackAnswer.NoRoute none ? "no route: " + none.because() : answer.toString();
    }

    /** The entry as this thread wrote it last. */
    private final class Latest {
        private OutboundEntry entry;

        Latest(OutboundEntry entry) {
            this.entry = entry;
        }

        boolean write(State state, String order, String because) {
            OutboundEntry next =
                    entry.become(state, because, parts.clock().instant()).ordering(order);
            boolean written = parts.book().change(next);
            entry = written ? next : entry;
            return written;
        }
    }
}
