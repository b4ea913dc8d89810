package io.careflow.pstn.flow.machine;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.flow.machine.Position.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The interpreter of flows: a pure function from position and signal to commands and next position. Stateless and
 * thread-safe; the signals of one call must come one after another.
 *
 * <p>Signals that do not fit the position (late, repeated, after the end) change nothing. A step that fails is skipped: a
 * caller who misses a prompt is better off than one who is cut off. A failed dial is handed to the application like any
 * other result; another failed ending ends the call. A flow that is given while the call is being answered begins once
 * it is: a call is answered only once.
 */
public final class FlowMachine {

    /** Works out what follows from a signal. */
    public Transition apply(Position position, FlowSignal signal) {
        if (position.phase() == Phase.OVER) {
            return Transition.none(position);
        }
        if (signal instanceof FlowSignal.Gone) {
            return Transition.none(position.in(Phase.OVER));
        } else if (signal instanceof FlowSignal.NextFlow given) {
            return isStale(position, given) ? Transition.none(position) : begin(position, given.flow());
        } else if (signal instanceof FlowSignal.Done done) {
            return done.number() == position.number() ? done(position) : Transition.none(position);
        } else if (signal instanceof FlowSignal.Failed failed) {
            return failed.number() == position.number() ? failed(position) : Transition.none(position);
        } else if (signal instanceof FlowSignal.Completed completed) {
            return completed.number() == position.number() && position.phase() == Phase.ENDING
                    ? ask(position, ending(position), completed.result())
                    : Transition.none(position);
        }
        throw new AssertionError(signal);
    }

    private static boolean isStale(Position position, FlowSignal.NextFlow given) {
        return given.number() != null && (position.phase() != Phase.ASKED || given.number() != position.number());
    }

    private static Transition begin(Position position, CallFlow flow) {
        if (position.phase() == Phase.FINISHING) {
            return Transition.none(position);
        }
        if (position.phase() == Phase.ANSWERING) {
            return Transition.none(position.running(flow));
        }
        List<FlowCommand> commands = new ArrayList<>();
        if (position.phase() == Phase.STEP || position.phase() == Phase.ENDING) {
            commands.add(new FlowCommand.Stop(position.number()));
        }
        Transition first = advance(position.running(flow));
        commands.addAll(first.commands());
        return new Transition(first.next(), commands);
    }

    private static Transition done(Position position) {
        return switch (position.phase()) {
            case ANSWERING -> advance(position.nowAnswered());
            case STEP -> advance(position.atStep(position.step() + 1));
            case ASKED, ENDING, FINISHING, OVER -> Transition.none(position);
        };
    }

    private static Transition failed(Position position) {
        return switch (position.phase()) {
            case ANSWERING -> finish(position, new HangUp(HangupCause.TEMPORARY_FAILURE));
            case STEP -> advance(position.atStep(position.step() + 1));
            case ENDING ->
                ending(position) instanceof Dial dial
                        ? ask(position, dial, new FlowResult.Dialled(Disposition.FAILED, HangupCause.TEMPORARY_FAILURE))
                        : finish(position, new HangUp(HangupCause.TEMPORARY_FAILURE));
            case ASKED, FINISHING, OVER -> Transition.none(position);
        };
    }

    private static Transition advance(Position position) {
        CallFlow flow = Objects.requireNonNull(position.flow());
        if (position.step() < flow.steps().size()) {
            Step step = flow.steps().get(position.step());
            return !position.answered() && needsAnswer(step)
                    ? answer(position)
                    : single(position.in(Phase.STEP).numbered(), step);
        }
        Ending ending = flow.ending();
        if (ending instanceof Redirect) {
            return ask(position, ending, new FlowResult.Over());
        } else if (ending instanceof HangUp || ending instanceof Reject) {
            return finish(position, ending);
        }
        if (!position.answered() && !(ending instanceof Dial)) {
            return answer(position);
        }
        Position next = position.in(Phase.ENDING).numbered();
        return new Transition(next, List.of(new FlowCommand.Begin(next.number(), ending)));
    }

    private static Transition single(Position next, Step step) {
        return new Transition(next, List.of(new FlowCommand.Perform(next.number(), step)));
    }

    private static Transition answer(Position position) {
        Position next = position.in(Phase.ANSWERING).numbered();
        return new Transition(next, List.of(new FlowCommand.Answer(next.number())));
    }

    private static Transition finish(Position position, Ending ending) {
        Position next = position.in(Phase.FINISHING).numbered();
        Ending possible =
                ending instanceof Reject && position.answered() ? new HangUp(HangupCause.NORMAL_CLEARING) : ending;
        return new Transition(next, List.of(new FlowCommand.Finish(next.number(), possible)));
    }

    private static Transition ask(Position position, Ending ending, FlowResult result) {
        Continuation continuation = Objects.requireNonNull(Position.continuation(ending));
        boolean talked = result instanceof FlowResult.Dialled dialled && dialled.disposition() == Disposition.ANSWERED;
        Position answered = talked ? position.nowAnswered() : position;
        Position next = answered.in(Phase.ASKED).numbered();
        return new Transition(next, List.of(new FlowCommand.Ask(next.number(), continuation, result)));
    }

    private static boolean needsAnswer(Step step) {
        return !(step instanceof Pause || step instanceof StopRecording);
    }

    private static Ending ending(Position position) {
        return Objects.requireNonNull(position.flow()).ending();
    }
}
