package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.machine.DigitCollector;
import io.careflow.pstn.flow.machine.FlowResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A gather that goes on: prompts, then keys, with the times of the collector. */
final class GatherActivity implements Activity {
    private final MemoryCall call;
    private final int number;
    private final Queue<Prompt> prompts;
    private DigitCollector collector;
    private VirtualTime.Timer timer = () -> {};

    GatherActivity(MemoryCall call, int number, Gather gather) {
        this.call = call;
        this.number = number;
        this.prompts = new ArrayDeque<>(gather.prompts());
        this.collector = DigitCollector.of(gather);
    }

    void begin() {
        Prompt prompt = prompts.poll();
        if (prompt == null) {
            collect(collector.promptsOver(call.time().now()));
        } else {
            timer = call.time().after(call.hears(prompt), this::begin);
        }
    }

    @Override
    public void key(char key) {
        interrupted(collector.key(key, call.time().now()));
    }

    @Override
    public void says(String words, @Nullable Integer confidence) {
        interrupted(collector.speech(words, confidence));
    }

    private void interrupted(DigitCollector next) {
        if (next != collector) {
            prompts.clear();
            collect(next);
        }
    }

    @Override
    public void stop(HangupCause cause) {
        timer.cancel();
    }

    private void collect(DigitCollector next) {
        collector = next;
        timer.cancel();
        next.result().ifPresent(input -> call.completed(number, new FlowResult.Input(input)));
        next.deadline()
                .ifPresent(deadline -> timer = call.time()
                        .after(Duration.between(call.time().now(), deadline), () -> collect(collector.tick(deadline))));
    }
}
