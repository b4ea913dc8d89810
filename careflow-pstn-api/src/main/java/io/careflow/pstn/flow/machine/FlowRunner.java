package io.careflow.pstn.flow.machine;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.Position.Phase;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Drives one call through its flows: asks the application, feeds the machine, hands the commands to the provider's port.
 * Used by every provider that takes one command at a time. Not thread-safe: one call's signals come one after another.
 *
 * <p>A command whose port throws counts as failed. An application that only ever redirects is stopped after 100 flows in a row
 * of which none did anything: the caller hears the apology and the call ends.
 */
public final class FlowRunner {
    private static final int MOST_IDLE_FLOWS = 100;

    private final FlowMachine machine = new FlowMachine();
    private final CallRef call;
    private final Application application;
    private final Port port;
    private final Queue<FlowSignal> pending = new ArrayDeque<>();
    private Position position;
    private boolean draining;
    private int lastNoted = -1;
    private int notesHere;
    private int idleFlows;

    /** A runner for a call that has run nothing yet. */
    public FlowRunner(CallRef call, Position start, Application application, Port port) {
        this.call = call;
        this.position = start;
        this.application = application;
        this.port = port;
    }

    /** Asks the application what to do with the call and begins with its answer. */
    public void ask(FlowEvent event) {
        signal(new FlowSignal.NextFlow(nextFlow(event)), event.occurredAt());
    }

    /**
     * Runs a flow that was not asked for. Does nothing if the call is over or about to be.
     *
     * @throws UnsupportedFeature if the provider cannot; the call goes on undisturbed
     */
    public void redirect(CallFlow flow, Instant at) {
        application.support().require(call.provider(), flow);
        if (position.phase() == Phase.FINISHING || position.phase() == Phase.OVER) {
            return;
        }
        note(flow.note(), at);
        signal(new FlowSignal.NextFlow(flow), at);
    }

    /** Tells the machine what happened. */
    public void signal(FlowSignal signal, Instant at) {
        pending.add(signal);
        if (draining) {
            return;
        }
        draining = true;
        try {
            for (FlowSignal next = pending.poll(); next != null; next = pending.poll()) {
                Transition transition = machine.apply(position, next);
                position = transition.next();
                transition.commands().forEach(command -> execute(command, at));
            }
        } finally {
            draining = false;
        }
    }

    /** Where the call stands. */
    public Position position() {
        return position;
    }

    private void execute(FlowCommand command, Instant at) {
        if (command instanceof FlowCommand.Ask ask) {
            FlowEvent event = event(ask, at);
            application.events().accept(event);
            pending.add(new FlowSignal.NextFlow(nextFlow(event), ask.number()));
            return;
        }
        idleFlows = 0;
        try {
            port.execute(command, at);
        } catch (RuntimeException e) {
            application.failures().failed(call, command, e);
            pending.add(new FlowSignal.Failed(command.number(), e.getClass().getSimpleName()));
        }
    }

    private CallFlow nextFlow(FlowEvent event) {
        if (idleFlows == MOST_IDLE_FLOWS) {
            application
                    .failures()
                    .failed(event, new IllegalStateException(MOST_IDLE_FLOWS + " flows in a row did nothing"));
            return farewell(event);
        }
        idleFlows++;
        CallFlow flow;
        try {
            flow = application.handler().next(event);
            application.support().require(call.provider(), flow);
        } catch (RuntimeException e) {
            application.failures().failed(event, e);
            flow = application.apology().noting(CallNote.NONE.withOutcome(Disposition.FAILED));
        }
        note(flow.note(), event.occurredAt());
        return flow;
    }

    /** The apology, but whatever its ending, it ends the call. */
    private CallFlow farewell(FlowEvent event) {
        CallFlow sorry = application.apology();
        Ending ending = Position.continuation(sorry.ending()) == null
                ? sorry.ending()
                : new HangUp(HangupCause.TEMPORARY_FAILURE);
        CallFlow flow =
                new CallFlow(sorry.steps(), ending, sorry.note()).noting(CallNote.NONE.withOutcome(Disposition.FAILED));
        note(flow.note(), event.occurredAt());
        return flow;
    }

    private void note(CallNote note, Instant at) {
        if (!note.equals(CallNote.NONE)) {
            notesHere = position.number() == lastNoted ? notesHere + 1 : 0;
            lastNoted = position.number();
            String repeat = notesHere == 0 ? "" : "-" + padded(notesHere);
            application.events().accept(new CallNoted(id("note") + repeat, at, call, note));
        }
    }

    private FlowEvent event(FlowCommand.Ask ask, Instant at) {
        Continuation then = ask.continuation();
        FlowResult result = ask.result();
        if (result instanceof FlowResult.Input input) {
            return new InputGathered(id("input"), at, call, then, input.input());
        } else if (result instanceof FlowResult.Dialled dialled) {
            return new DialEnded(id("dial"), at, call, then, dialled.disposition(), dialled.cause());
        }
        CallFlow flow = position.flow();
        return flow != null && flow.ending() instanceof Voicemail
                ? new MessageTaken(id("message"), at, call, then)
                : new Redirected(id("redirect"), at, call, then);
    }

    private String id(String kind) {
        return call.id() + ":" + kind + ":" + padded(position.number());
    }

    /** Padded, so that ids sort in the order of their numbers: events of one instant are ordered by id. */
    private static String padded(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, 6 - digits.length())) + digits;
    }

    /** Does commands. Called with everything but {@link FlowCommand.Ask}. */
    @FunctionalInterface
    public interface Port {
        /** Begins to do a command and returns soon; its reply comes as a signal, at once or later. If it throws, it failed. */
        void execute(FlowCommand command, Instant at);
    }

    /** Hears of what failed, to log it. Must not throw. */
    @FunctionalInterface
    public interface Failures {
        /** The application failed on this event, or answered with a flow that the provider cannot do. */
        void failed(FlowEvent event, RuntimeException failure);

        /** The port threw on this command of a call, which goes on as if the command had failed. Not heard if not overridden. */
        default void failed(CallRef call, FlowCommand command, RuntimeException failure) {}
    }

    /** Takes events. */
    @FunctionalInterface
    public interface Events {
        /** An event of a call; must not throw. */
        void accept(CallEvent event);
    }

    /**
     * The application behind the calls of one provider.
     *
     * @param handler answers events with flows
     * @param support what the provider can do
     * @param apology what the caller hears when the handler fails; must be within the support
     * @param events is told what happens
     * @param failures is told what went wrong
     */
    public record Application(
            FlowHandler handler, FlowSupport support, CallFlow apology, Events events, Failures failures) {

        /** Refuses an apology that the provider cannot give. */
        public Application requireApology(ProviderId provider) {
            support.require(provider, apology);
            return this;
        }
    }
}
