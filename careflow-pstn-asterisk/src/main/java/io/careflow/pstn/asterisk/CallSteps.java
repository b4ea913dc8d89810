package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowCommand;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the flow of one call wants. Part of one call. */
final class CallSteps implements FlowRunner.Port {
    private static final Logger log = LoggerFactory.getLogger(CallSteps.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int DIGIT_MILLIS = 100;
    private static final int WAIT_MILLIS = 500;

    private final AsteriskCall call;

    CallSteps(AsteriskCall call) {
        this.call = call;
    }

    @Override
    public void execute(FlowCommand command, Instant at) {
        try {
            if (command instanceof FlowCommand.Answer answer) {
                answer(answer.number());
            } else if (command instanceof FlowCommand.Perform perform) {
                perform(perform.number(), perform.step());
            } else if (command instanceof FlowCommand.Begin begin) {
                begin(begin.number(), begin.ending());
            } else if (command instanceof FlowCommand.Finish end) {
                finish(end.ending());
            } else if (command instanceof FlowCommand.Stop) {
                call.prompts().stop();
                call.recordings().stopNotice();
                call.message().stop();
            }
        } catch (PstnException e) {
            if (e instanceof ProviderUnavailable && mayBeRepeated(command)) {
                log.warn("{}: {}; trying again", call.ref(), e.getMessage());
                call.later(RETRY, () -> tryAgain(command));
            } else {
                log.warn("{}: {}", call.ref(), e.getMessage());
                call.signal(new FlowSignal.Failed(command.number(), String.valueOf(e.getMessage())));
            }
        }
    }

    /**
     * The request for a command was lost with the connection. The call itself is alive: see where it stands, and do what was
     * not done. What was done after all is done twice, which at worst repeats a prompt.
     */
    private void tryAgain(FlowCommand command) {
        if (call.position().number() != command.number()) {
            return;
        }
        Optional<JsonNode> channel;
        try {
            channel = call.board().rest().channel(call.channel());
        } catch (PstnException e) {
            call.later(RETRY, () -> tryAgain(command));
            return;
        }
        if (channel.isEmpty()) {
            call.lookAgain();
        } else if (!call.dial().isRunning() || call.board().isWaiting(channel.get())) {
            execute(command, call.now());
        }
    }

    // Digits that arrived twice would be another number.
    private static boolean mayBeRepeated(FlowCommand command) {
        return !(command instanceof FlowCommand.Perform perform && perform.step() instanceof SendDigits);
    }

    private void answer(int number) {
        if (call.board().rest().answer(call.channel())) {
            call.answered(call.now());
            call.signal(new FlowSignal.Done(number));
        } else {
            call.lookAgain();
        }
    }

    private void perform(int number, Step step) {
        if (step instanceof Prompt prompt) {
            call.prompts().play(number, prompt);
        } else if (step instanceof SendDigits digits) {
            call.board().rest().sendDtmf(call.channel(), digits.digits(), DIGIT_MILLIS, DIGIT_MILLIS);
            call.later(length(digits.digits()), () -> call.signal(new FlowSignal.Done(number)));
        } else if (step instanceof StartRecording) {
            call.recordings().start();
            call.signal(new FlowSignal.Done(number));
        } else if (step instanceof Notice notice) {
            call.recordings().notice(number, notice);
        } else if (step instanceof StopRecording) {
            call.recordings().stop();
            call.signal(new FlowSignal.Done(number));
        } else {
            call.signal(new FlowSignal.Failed(number, "step '" + step.name() + "' is not known"));
        }
    }

    private void begin(int number, Ending ending) {
        if (ending instanceof Gather gather) {
            call.save();
            call.prompts().gather(number, gather);
        } else if (ending instanceof Dial dialling) {
            call.goingOn(dialling.then());
            call.dial().begin(number, dialling);
        } else if (ending instanceof Voicemail voicemail) {
            call.save();
            call.message().take(number, voicemail);
        } else if (ending instanceof Conference room) {
            call.goingOn(room.then());
            call.save();
            call.conference().join(number, room);
        } else {
            call.signal(new FlowSignal.Failed(number, "ending '" + ending.name() + "' is not known"));
        }
    }

    private void finish(Ending ending) {
        if (ending instanceof HangUp hangUp) {
            call.finish(hangUp.cause());
        } else if (ending instanceof Reject reject) {
            call.finish(reject.reason().cause());
        }
    }

    private static Duration length(String digits) {
        long waits = digits.chars().filter(digit -> digit == 'w').count();
        return Duration.ofMillis(waits * WAIT_MILLIS + (digits.length() - waits) * 2 * DIGIT_MILLIS);
    }
}
