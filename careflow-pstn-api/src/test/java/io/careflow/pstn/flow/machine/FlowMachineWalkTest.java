package io.careflow.pstn.flow.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.machine.Position.Phase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowMachineWalkTest {
    private final FlowMachine machine = new FlowMachine();

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 4711, 20261122})
    @DisplayName("whatever signals come, the machine keeps its promises")
    void randomWalks(long seed) {
        Random random = new Random(seed);
        for (int call = 0; call < 4000; call++) {
            Watch watch = new Watch(random.nextInt(5) == 0);
            Position position = Position.initial(watch.answered);
            for (int signals = 0; signals < 40; signals++) {
                FlowSignal signal = MachineWalk.randomSignal(random, position.number());
                Transition transition = machine.apply(position, signal);
                watch.check(position, signal, transition);
                position = transition.next();
            }
        }
    }

    /** Follows one call and checks every transition against the promises. */
    private static final class Watch {
        private boolean answered;
        private int outstanding;
        private int answers;

        Watch(boolean answered) {
            this.answered = answered;
        }

        void check(Position before, FlowSignal signal, Transition transition) {
            Position after = transition.next();
            List<FlowCommand> commands = transition.commands();
            String context = before + " + " + signal + " -> " + transition;
            if (before.phase() == Phase.OVER || before.phase() == Phase.FINISHING) {
                assertThat(commands).as(context).isEmpty();
            }
            assertThat(after.number()).as(context).isGreaterThanOrEqualTo(before.number());
            boolean answerDone = signal instanceof FlowSignal.Done done
                    && before.phase() == Phase.ANSWERING
                    && done.number() == before.number();
            answered |= answerDone;
            if (replies(before, signal)) {
                outstanding = 0;
            }
            int last = before.number();
            for (FlowCommand command : commands) {
                if (command instanceof FlowCommand.Stop stop) {
                    assertThat(stop.number()).as(context).isEqualTo(before.number());
                    assertThat(outstanding).as(context).isEqualTo(1);
                    outstanding = 0;
                    continue;
                }
                assertThat(command.number()).as(context).isGreaterThan(last);
                last = command.number();
                outstanding++;
                assertThat(outstanding).as(context).isLessThanOrEqualTo(1);
                if (command instanceof FlowCommand.Answer) {
                    answers++;
                    assertThat(answered).as(context).isFalse();
                    assertThat(answers).as(context).isEqualTo(1);
                } else if (command instanceof FlowCommand.Finish finish && answered) {
                    assertThat(finish.ending()).as(context).isNotInstanceOf(Reject.class);
                } else if (command instanceof FlowCommand.Ask) {
                    assertThat(after.phase()).as(context).isEqualTo(Phase.ASKED);
                }
            }
            assertThat(commands.stream().filter(FlowCommand.Ask.class::isInstance))
                    .as(context)
                    .hasSizeLessThanOrEqualTo(1);
            answered |= after.answered();
        }

        private static boolean replies(Position before, FlowSignal signal) {
            if (signal instanceof FlowSignal.Done done) {
                return done.number() == before.number()
                        && (before.phase() == Phase.STEP || before.phase() == Phase.ANSWERING);
            } else if (signal instanceof FlowSignal.Failed failed) {
                return failed.number() == before.number() && before.phase() != Phase.ASKED;
            } else if (signal instanceof FlowSignal.Completed completed) {
                return completed.number() == before.number() && before.phase() == Phase.ENDING;
            }
            return signal instanceof FlowSignal.NextFlow next
                    && before.phase() == Phase.ASKED
                    && (next.number() == null || next.number() == before.number());
        }
    }
}
