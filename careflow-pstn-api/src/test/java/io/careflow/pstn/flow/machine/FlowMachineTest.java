package io.careflow.pstn.flow.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.flow.machine.Position.Phase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FlowMachineTest {
    private static final int NUMBER = 7;
    private static final CallFlow HANG_UP = CallFlow.start().hangUp();
    private static final CallFlow SPEAKING = MachineWalk.flow(
            List.of(MachineWalk.everyStep().get(0)), MachineWalk.everyEnding().get(0));

    private final FlowMachine machine = new FlowMachine();

    static Stream<Step> steps() {
        return MachineWalk.everyStep().stream();
    }

    static Stream<Ending> endings() {
        return MachineWalk.everyEnding().stream();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    @DisplayName("in every phase, a signal of another command changes nothing")
    void stale(Phase phase) {
        Position here = at(phase);
        for (int number : List.of(0, NUMBER - 1, NUMBER + 1)) {
            assertUnchanged(here, new FlowSignal.Done(number));
            assertUnchanged(here, new FlowSignal.Failed(number, "no"));
            assertUnchanged(here, new FlowSignal.Completed(number, new FlowResult.Over()));
            assertUnchanged(here, new FlowSignal.NextFlow(HANG_UP, number));
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    @DisplayName("in every phase, the end of the call ends everything without a word")
    void gone(Phase phase) {
        Transition transition = machine.apply(at(phase), new FlowSignal.Gone());
        assertThat(transition.next().phase()).isEqualTo(Phase.OVER);
        assertThat(transition.commands()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    @DisplayName("in every phase, the current command's signals do what that phase expects and nothing else")
    void current(Phase phase) {
        Position here = at(phase);
        FlowSignal done = new FlowSignal.Done(NUMBER);
        FlowSignal failed = new FlowSignal.Failed(NUMBER, "no");
        FlowSignal completed = new FlowSignal.Completed(NUMBER, new FlowResult.Over());
        switch (phase) {
            case ASKED, FINISHING, OVER ->
                Stream.of(done, failed, completed).forEach(signal -> assertUnchanged(here, signal));
            case ANSWERING -> {
                assertCommands(here, done, FlowCommand.Perform.class);
                assertCommands(here, failed, FlowCommand.Finish.class);
                assertUnchanged(here, completed);
            }
            case STEP -> {
                assertCommands(here, done, FlowCommand.Answer.class);
                assertCommands(here, failed, FlowCommand.Answer.class);
                assertUnchanged(here, completed);
            }
            case ENDING -> {
                assertUnchanged(here, done);
                assertCommands(here, failed, FlowCommand.Finish.class);
                assertCommands(here, completed, FlowCommand.Ask.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    @DisplayName("in every phase, a new flow replaces the old one, unless the call is ending")
    void nextFlow(Phase phase) {
        Position here = at(phase);
        FlowSignal next = new FlowSignal.NextFlow(HANG_UP);
        switch (phase) {
            case FINISHING, OVER -> assertUnchanged(here, next);
            case ASKED -> assertCommands(here, next, FlowCommand.Finish.class);
            case STEP, ENDING -> assertCommands(here, next, FlowCommand.Stop.class, FlowCommand.Finish.class);
            case ANSWERING -> {
                Transition waiting = machine.apply(here, next);
                assertThat(waiting.commands()).isEmpty();
                assertCommands(waiting.next(), new FlowSignal.Done(NUMBER), FlowCommand.Finish.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    @DisplayName("in every phase, the answer to a question is taken only while that question stands")
    void answer(Phase phase) {
        FlowSignal answer = new FlowSignal.NextFlow(HANG_UP, NUMBER);
        if (phase == Phase.ASKED) {
            assertCommands(at(phase), answer, FlowCommand.Finish.class);
        } else {
            assertUnchanged(at(phase), answer);
        }
    }

    @Test
    @DisplayName("an answer that comes after a redirection does not undo it")
    void lateAnswer() {
        Position asked = machine.apply(
                        Position.initial(true), next(CallFlow.start().redirect(MachineWalk.THEN)))
                .next();
        Transition redirected = machine.apply(asked, next(SPEAKING));
        assertThat(redirected.commands()).hasExactlyElementsOfTypes(FlowCommand.Perform.class);
        assertUnchanged(redirected.next(), new FlowSignal.NextFlow(HANG_UP, asked.number()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    @DisplayName("each step is performed, after an answer where it needs one")
    void everyStep(Step step) {
        Transition first =
                machine.apply(Position.initial(false), next(MachineWalk.flow(List.of(step), HANG_UP.ending())));
        if (step instanceof Pause || step instanceof StopRecording) {
            assertThat(first.commands()).containsExactly(new FlowCommand.Perform(1, step));
        } else {
            assertThat(first.commands()).containsExactly(new FlowCommand.Answer(1));
            assertThat(machine.apply(first.next(), new FlowSignal.Done(1)).commands())
                    .containsExactly(new FlowCommand.Perform(2, step));
        }
    }

    @ParameterizedTest
    @MethodSource("endings")
    @DisplayName("each ending is begun, asked or finished, and asks exactly once when it is complete")
    void everyEnding(Ending ending) {
        CallFlow flow = MachineWalk.flow(List.of(), ending);
        Transition first = machine.apply(Position.initial(true), next(flow));
        if (ending instanceof Redirect) {
            assertThat(first.commands())
                    .containsExactly(new FlowCommand.Ask(1, MachineWalk.THEN, new FlowResult.Over()));
        } else if (ending instanceof HangUp) {
            assertThat(first.commands()).containsExactly(new FlowCommand.Finish(1, ending));
        } else if (ending instanceof Reject) {
            assertThat(first.commands())
                    .containsExactly(new FlowCommand.Finish(1, new HangUp(HangupCause.NORMAL_CLEARING)));
        } else {
            assertThat(first.commands()).containsExactly(new FlowCommand.Begin(1, ending));
            FlowSignal completed = new FlowSignal.Completed(1, new FlowResult.Over());
            Transition asked = machine.apply(first.next(), completed);
            assertThat(asked.commands())
                    .containsExactly(new FlowCommand.Ask(2, MachineWalk.THEN, new FlowResult.Over()));
            assertUnchanged(asked.next(), completed);
        }
    }

    @ParameterizedTest
    @MethodSource("endings")
    @DisplayName("an unanswered call is answered for what the caller must hear, but not to dial, reject or hang up")
    void answersOnlyWhereNeeded(Ending ending) {
        Transition first = machine.apply(Position.initial(false), next(MachineWalk.flow(List.of(), ending)));
        boolean free = ending instanceof Dial
                || ending instanceof Reject
                || ending instanceof HangUp
                || ending instanceof Redirect;
        assertThat(first.commands().get(0) instanceof FlowCommand.Answer).isEqualTo(!free);
    }

    @Test
    @DisplayName("a dial that fails is a result; after a dial that was answered the call counts as answered")
    void dials() {
        CallFlow dial = MachineWalk.flow(List.of(), MachineWalk.everyEnding().get(1));
        Position ringing = machine.apply(Position.initial(false), next(dial)).next();
        Transition failed = machine.apply(ringing, new FlowSignal.Failed(1, "no trunk"));
        assertThat(failed.commands())
                .containsExactly(new FlowCommand.Ask(
                        2,
                        MachineWalk.THEN,
                        new FlowResult.Dialled(Disposition.FAILED, HangupCause.TEMPORARY_FAILURE)));
        Transition talked = machine.apply(
                ringing,
                new FlowSignal.Completed(1, new FlowResult.Dialled(Disposition.ANSWERED, HangupCause.NORMAL_CLEARING)));
        assertThat(talked.next().answered()).isTrue();
        assertThat(failed.next().answered()).isFalse();
        assertThat(machine.apply(talked.next(), next(CallFlow.start().reject(Reject.Reason.BUSY)))
                        .commands())
                .containsExactly(new FlowCommand.Finish(3, new HangUp(HangupCause.NORMAL_CLEARING)));
    }

    private void assertUnchanged(Position here, FlowSignal signal) {
        assertThat(machine.apply(here, signal)).as("%s", signal).isEqualTo(Transition.none(here));
    }

    private void assertCommands(Position here, FlowSignal signal, Class<?>... kinds) {
        assertThat(machine.apply(here, signal).commands())
                .as("%s + %s", here, signal)
                .hasExactlyElementsOfTypes(kinds);
    }

    private static FlowSignal next(CallFlow flow) {
        return new FlowSignal.NextFlow(flow);
    }

    private static Position at(Phase phase) {
        return switch (phase) {
            case ASKED -> new Position(phase, NUMBER, true, null, 0);
            case ANSWERING -> new Position(phase, NUMBER, false, SPEAKING, 0);
            case STEP -> new Position(phase, NUMBER, false, SPEAKING, 0);
            case ENDING, FINISHING, OVER -> new Position(phase, NUMBER, true, SPEAKING, 1);
        };
    }
}
