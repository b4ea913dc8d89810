package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.flow.machine.FlowCommand;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import java.time.Instant;

/** Does what the flow machine wants of one call: steps itself, endings by their own classes. Part of one turn. */
final class Performing implements FlowRunner.Port {
    /** How long a prompt may last of whose end nothing is heard. */
    private static final Duration LONGEST_SPEECH = Duration.ofMinutes(6);

    private static final Duration LONGEST_PLAY = Duration.ofHours(4);
    private static final int DIGIT_MILLIS = 250;
    private static final int WAIT_MILLIS = 500;
    private static final String SPEAK = "speak";
    private static final String PLAY = "playback_start";

    private final Turn turn;

    Performing(Turn turn) {
        this.turn = turn;
    }

    @Override
    public void execute(FlowCommand command, Instant at) {
        if (command instanceof FlowCommand.Answer answer) {
            answer(answer.number());
        } else if (command instanceof FlowCommand.Perform perform) {
            turn.state().calleeLeft = false;
            perform(perform.number(), perform.step());
        } else if (command instanceof FlowCommand.Begin begin) {
            turn.state().calleeLeft = false;
            begin(begin.number(), begin.ending());
        } else if (command instanceof FlowCommand.Finish finish) {
            finish(finish.number(), finish.ending());
        } else if (command instanceof FlowCommand.Stop) {
            stop();
        }
    }

    void answer(int number) {
        turn.order("answer", turn.body().put("send_silence_when_idle", true), number, 0, true);
    }

    /** The call was answered at this moment. */
    void answered(Instant at) {
        FlowState state = turn.state();
        if (state.answeredAt == null && !state.isOver()) {
            state.answeredAt = at.toEpochMilli();
            turn.tell(new CallAnswered(turn.id("answered"), at, turn.ref()));
        }
    }

    /** The end of a prompt. */
    void over(ClientState carried) {
        FlowState.Prompting doing = turn.state().prompting;
        if (doing != null && doing.number == carried.number() && !doing.kind.equals("wait")) {
            turn.state().prompting = null;
            turn.done(doing.number);
        }
    }

    /** The time is over. */
    boolean wake() {
        FlowState.Prompting doing = turn.state().prompting;
        if (doing == null || doing.until > turn.millis()) {
            return false;
        }
        turn.state().prompting = null;
        turn.done(doing.number);
        return true;
    }

    /** Orders a prompt that makes sound. */
    void speak(Prompt prompt, int number, int part) {
        if (prompt instanceof Say say) {
            turn.order(SPEAK, spoken(say), number, part, true);
        } else if (prompt instanceof Play play) {
            turn.order(PLAY, turn.body().put("audio_url", play.media().toString()), number, part, true);
        } else {
            throw new IllegalArgumentException("prompt '" + prompt.name() + "' makes no sound");
        }
    }

    ObjectNode spoken(Say say) {
        Voices.Voice voice = turn.desk().voices().require(say.language());
        ObjectNode body = turn.body().put("payload", say.text()).put("voice", voice.name());
        return voice.language() == null ? body : body.put("language", voice.language());
    }

    private void perform(int number, Step step) {
        if (step instanceof Pause pause) {
            doing(number, "wait", pause.length());
        } else if (step instanceof Prompt prompt) {
            doing(number, step.name(), prompt instanceof Say ? LONGEST_SPEECH : LONGEST_PLAY);
            speak(prompt, number, 0);
        } else if (step instanceof SendDigits digits) {
            doing(number, "wait", length(digits.digits()));
            turn.order("send_dtmf", turn.body().put("digits", digits.digits()), number, 0, true);
        } else if (step instanceof StartRecording) {
            turn.stays().record(number);
            turn.done(number);
        } else if (step instanceof StopRecording) {
            turn.stays().stopRecording(number);
            turn.done(number);
        } else {
            throw new IllegalArgumentException("step '" + step.name() + "' is not known");
        }
    }

    private void doing(int number, String kind, Duration atMost) {
        FlowState.Prompting doing = new FlowState.Prompting();
        doing.number = number;
        doing.kind = kind;
        doing.until = turn.in(atMost);
        turn.state().prompting = doing;
    }

    private void begin(int number, Ending ending) {
        if (ending instanceof Gather gather) {
            turn.gathers().begin(number, gather);
        } else if (ending instanceof Dial dial) {
            turn.dials().begin(number, dial);
        } else {
            turn.stays().begin(number, ending);
        }
    }

    private void finish(int number, Ending ending) {
        HangupCause cause = ending instanceof HangUp hangUp
                ? hangUp.cause()
                : ((Reject) ending).reason().cause();
        hangUp(number, cause);
    }

    /** Ends the call. One that arrived and was not answered is refused, because Telnyx takes no other command for it. */
    void hangUp(int number, HangupCause cause) {
        FlowState state = turn.state();
        if (state.ending != null || state.isOver()) {
            return;
        }
        state.ending = StoredCause.of(cause);
        state.endedBy = state.calleeLeft ? "CALLEE" : "SYSTEM";
        if (state.outbound || state.direct || state.answeredAt != null) {
            turn.order("hangup", turn.body(), number, 0, false);
        } else {
            String word = cause.q850() == HangupCause.USER_BUSY.q850() ? "USER_BUSY" : "CALL_REJECTED";
            turn.order("reject", turn.body().put("cause", word), number, 0, false);
        }
    }

    /** Stops whatever is being done, because another flow follows. */
    void stop() {
        FlowState.Prompting doing = turn.state().prompting;
        turn.state().prompting = null;
        if (doing != null && !doing.kind.equals("wait")) {
            turn.order("playback_stop", turn.body().put("stop", "all"), doing.number, 0, false);
        }
        turn.gathers().stop();
        turn.dials().stop(HangupCause.NORMAL_CLEARING);
        turn.stays().stop();
    }

    /** A command of this number was refused. */
    void failed(int number, String reason) {
        FlowState state = turn.state();
        if (state.prompting != null && state.prompting.number == number) {
            state.prompting = null;
        }
        turn.gathers().failed(number);
        turn.dials().failed(number);
        turn.stays().failed(number);
        turn.signal(new FlowSignal.Failed(number, reason));
    }

    private static Duration length(String digits) {
        long waits = digits.chars().filter(digit -> digit == 'w').count();
        return Duration.ofMillis(waits * WAIT_MILLIS + (digits.length() - waits) * DIGIT_MILLIS);
    }
}
