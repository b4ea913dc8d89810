package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.CallProgress;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowCommand;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.flow.machine.FlowSignal;
import io.careflow.pstn.flow.machine.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of the in-memory provider: does the commands of the flow machine in virtual time. Longer than most files because
 * it is the whole switchboard of a call; gather, dial and voicemail are classes of their own.
 */
final class MemoryCall implements FlowRunner.Port, SimulatedCall, CallerAtWork.Line {
    private static final Duration PER_DIGIT = Duration.ofMillis(100);

    private final Switchboard board;
    private final CallRef ref;
    private final ReleasedBy person;
    private final FlowRunner runner;
    private final List<CallEvent> events = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private @Nullable Activity activity;
    private @Nullable MemoryCall partner;
    private @Nullable CallerAtWork caller;
    private @Nullable Tape tape;
    private Instant speakingUntil;
    private boolean answered;
    private volatile boolean over;
    private boolean calleeReleased;
    private int legs;
    private int attempts;
    private @Nullable MemoryPlacing placing;

    /** A call whose person is the caller (inbound) or the callee (placed by us). */
    MemoryCall(Switchboard board, CallRef ref, ReleasedBy person) {
        this.board = board;
        this.ref = ref;
        this.person = person;
        this.speakingUntil = board.time().now();
        this.runner =
                new FlowRunner(ref, Position.initial(person == ReleasedBy.CALLEE), board.application(this::emit), this);
    }

    void withCaller(SimulatedCaller simulated) {
        CallerAtWork working = new CallerAtWork(board.time(), this, simulated);
        caller = working;
        working.begin();
    }

    FlowRunner runner() {
        return runner;
    }

    VirtualTime time() {
        return board.time();
    }

    String eventId() {
        return board.nextId("event");
    }

    /** The number of the next line that is tried for this call. */
    int nextAttempt() {
        return ++attempts;
    }

    void placing(MemoryPlacing value) {
        placing = value;
    }

    String nextLegId() {
        return ref.id() + "-leg" + ++legs;
    }

    SimulatedPhone phone(Destination destination) {
        return board.phone(destination);
    }

    SimulatedPhone phone(Destination destination, String trunk) {
        return board.phone(destination, trunk);
    }

    void emit(CallEvent event) {
        events.add(event);
        board.publish(event);
    }

    boolean isAnswered() {
        return answered;
    }

    @Override
    public boolean isTalking() {
        Activity doing = activity;
        return partner != null || (doing != null && doing.isTalking());
    }

    @Override
    public void execute(FlowCommand command, Instant at) {
        if (command instanceof FlowCommand.Answer answer) {
            pickedUp();
            done(answer.number());
        } else if (command instanceof FlowCommand.Perform perform) {
            calleeReleased = false;
            perform(perform.number(), perform.step());
        } else if (command instanceof FlowCommand.Begin begin) {
            calleeReleased = false;
            begin(begin.number(), begin.ending());
        } else if (command instanceof FlowCommand.Finish finish) {
            finish(finish.ending());
        } else if (command instanceof FlowCommand.Stop) {
            stopActivity(HangupCause.NORMAL_CLEARING);
        }
    }

    private void perform(int number, Step step) {
        if (step instanceof Prompt prompt) {
            wait(number, hears(prompt));
        } else if (step instanceof SendDigits digits) {
            heard.add(new Heard(time().now(), step));
            wait(number, PER_DIGIT.multipliedBy(digits.digits().length()));
        } else if (step instanceof StartRecording) {
            tape = tape == null ? board.record(ref) : tape;
            done(number);
        } else if (step instanceof Notice notice) {
            notice(number, notice);
        } else if (step instanceof StopRecording) {
            stopRecording();
            done(number);
        } else {
            runner.signal(new FlowSignal.Failed(number, "unknown step " + step.name()), time().now());
        }
    }

    private void notice(int number, Notice notice) {
        Tape running = tape == null ? board.record(ref) : tape;
        tape = running;
        if (running.isResting()) {
            running.goOn(time().now());
        }
        Duration offset = running.position(time().now());
        VirtualTime.Timer timer = time().after(hears(notice.prompt()), () -> {
            activity = null;
            emit(new NoticePlayed(eventId(), time().now(), ref, notice.wording(), offset));
            done(number);
        });
        activity = cause -> timer.cancel();
    }

    /** Both sides of a conversation hear this, inside the recording. Cancelling it ends a recording that it began. */
    VirtualTime.Timer tellsBoth(Notice notice) {
        boolean begins = tape == null;
        Tape running = tape == null ? board.record(ref) : tape;
        tape = running;
        if (running.isResting()) {
            running.goOn(time().now());
        }
        Duration offset = running.position(time().now());
        VirtualTime.Timer timer = time().after(
                        hears(notice.prompt()),
                        () -> emit(new NoticePlayed(eventId(), time().now(), ref, notice.wording(), offset)));
        return () -> {
            timer.cancel();
            if (begins) {
                stopRecording();
            }
        };
    }

    private void begin(int number, Ending ending) {
        if (ending instanceof Gather gather) {
            GatherActivity gathering = new GatherActivity(this, number, gather);
            activity = gathering;
            gathering.begin();
        } else if (ending instanceof Dial dial) {
            DialActivity dialling = new DialActivity(this, number, dial);
            activity = dialling;
            dialling.begin();
        } else if (ending instanceof Voicemail voicemail) {
            VoicemailActivity taking = new VoicemailActivity(this, number, voicemail);
            activity = taking;
            taking.begin();
        } else if (ending instanceof Conference conference) {
            activity = new ConferenceActivity(this, number, conference);
            talkBegins();
        } else {
            runner.signal(new FlowSignal.Failed(number, "unknown ending " + ending.name()), time().now());
        }
    }

    private void finish(Ending ending) {
        if (ending instanceof HangUp hangUp) {
            end(hangUp.cause(), calleeReleased ? ReleasedBy.CALLEE : ReleasedBy.SYSTEM);
        } else if (ending instanceof Reject reject) {
            end(answered ? HangupCause.NORMAL_CLEARING : reject.reason().cause(), ReleasedBy.SYSTEM);
        }
    }

    /** The person begins to hear this; tells how long it lasts. */
    Duration hears(Prompt prompt) {
        if (prompt instanceof Pause pause) {
            return pause.length();
        }
        heard.add(new Heard(time().now(), prompt));
        return board.promptLength();
    }

    void pickedUp() {
        if (!answered) {
            answered = true;
            emit(new CallAnswered(eventId(), time().now(), ref));
        }
    }

    /** The phone that a placed call goes to is a leg of it, under the call's own id. */
    void ownLegDialled(Destination to) {
        emit(new LegDialled(eventId(), time().now(), ref, ref.id(), to.address()));
    }

    void ownLegRings() {
        emit(new LegRinging(eventId(), time().now(), ref, ref.id()));
    }

    void ownLegAnswered() {
        emit(new LegAnswered(eventId(), time().now(), ref, ref.id()));
    }

    /** Their seat in this conference room, or null if they are not there. */
    @Nullable
    ConferenceActivity seat(String room) {
        return activity instanceof ConferenceActivity seat && seat.room().equals(room) ? seat : null;
    }

    void closeRoom(String room) {
        board.closeRoom(room);
    }

    void talkBegins() {
        if (caller != null) {
            caller.talking();
        }
    }

    void calleeReleased() {
        calleeReleased = true;
    }

    void completed(int number, FlowResult result) {
        activity = null;
        runner.signal(new FlowSignal.Completed(number, result), time().now());
    }

    @Override
    public void key(char key) {
        if (answered && activity != null) {
            activity.key(key);
        }
    }

    @Override
    public void says(String words, @Nullable Integer confidence) {
        if (activity != null) {
            activity.says(words, confidence);
        }
    }

    @Override
    public void speaking(Instant until) {
        speakingUntil = until;
        if (activity != null) {
            activity.speaking(until);
        }
    }

    Instant speakingUntil() {
        return speakingUntil;
    }

    /** A recording that runs from now on. */
    Tape record() {
        return board.record(ref);
    }

    void recorded(RecordingReady.Kind kind, Tape recording) {
        recording.stop(time().now());
        emit(new RecordingReady(eventId(), time().now(), ref, kind, recording.location(), recording.length()));
    }

    @Override
    public void personHangsUp() {
        end(HangupCause.NORMAL_CLEARING, person);
    }

    void join(MemoryCall other) {
        stopActivity(HangupCause.NORMAL_CLEARING);
        partner = other;
        talkBegins();
    }

    void redirect(CallFlow flow) {
        if (over) {
            return;
        }
        MemoryCall left = partner;
        partner = null;
        if (left != null) {
            left.partner = null;
            left.end(HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM);
        }
        runner.redirect(flow, time().now());
    }

    void sendDigits(SendDigits digits) {
        heard.add(new Heard(time().now(), digits));
    }

    void end(HangupCause cause, ReleasedBy by) {
        if (over) {
            return;
        }
        over = true;
        stopActivity(by == person ? HangupCause.NORMAL_CLEARING : cause);
        stopRecording();
        if (caller != null) {
            caller.gone();
        }
        runner.signal(new FlowSignal.Gone(), time().now());
        if (person == ReleasedBy.CALLEE) {
            emit(new LegEnded(eventId(), time().now(), ref, ref.id(), cause));
        }
        if (placing != null) {
            placing.over(cause, by);
        }
        emit(new CallEnded(eventId(), time().now(), ref, cause, by, true));
        MemoryCall other = partner;
        if (other != null) {
            partner = null;
            other.end(HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM);
        }
    }

    private void stopActivity(HangupCause cause) {
        Activity doing = activity;
        activity = null;
        if (doing != null) {
            doing.stop(cause);
        }
    }

    private void stopRecording() {
        Tape running = tape;
        tape = null;
        if (running != null) {
            recorded(RecordingReady.Kind.CALL, running);
        }
    }

    private void wait(int number, Duration length) {
        VirtualTime.Timer timer = time().after(length, () -> {
            activity = null;
            done(number);
        });
        activity = cause -> timer.cancel();
    }

    private void done(int number) {
        runner.signal(new FlowSignal.Done(number), time().now());
    }

    @Override
    public CallRef ref() {
        return ref;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public List<CallEvent> events() {
        return time().alone(() -> List.copyOf(events));
    }

    @Override
    public List<Heard> heard() {
        return time().alone(() -> List.copyOf(heard));
    }

    @Override
    public Optional<Cdr> cdr() {
        CallProgress progress = new CallProgress(ref);
        events().forEach(progress::accept);
        return progress.isComplete() ? Optional.of(progress.toCdr()) : Optional.empty();
    }
}
