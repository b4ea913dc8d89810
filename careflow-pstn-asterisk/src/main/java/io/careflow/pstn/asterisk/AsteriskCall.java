package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
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
import io.careflow.pstn.flow.machine.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: does what its flow wants and tells what happens to it. All its methods run in the call's mailbox, one after
 * another.
 */
final class AsteriskCall implements FlowRunner.Port {
    private static final Logger log = LoggerFactory.getLogger(AsteriskCall.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

    private final CallRef ref;
    private final Switchboard board;
    private final Runnable forget;
    private final FlowRunner runner;
    private final AsteriskClock clock;
    private final CallPrompts prompts;
    private final CallDial dial;
    private final CallRecordings recordings;
    private final int slot;
    private CallState state;
    private final Runnable stopLimit;
    private @Nullable CallFlow redirection;
    private @Nullable CallFlow onAnswer;
    private @Nullable String bridge;
    private Runnable partner = () -> {};
    private ReleasedBy releasedBy = ReleasedBy.CALLER;
    private @Nullable HangupCause whyWeHungUp;
    private boolean leaving;
    private ReleasedBy whenWeHangUp = ReleasedBy.SYSTEM;
    private int counter;
    private boolean over;

    AsteriskCall(CallRef ref, Switchboard board, CallState state, int slot, boolean answered, Runnable forget) {
        this.ref = ref;
        this.board = board;
        this.state = state;
        this.slot = slot;
        this.forget = forget;
        this.clock = new AsteriskClock(state.started());
        FlowRunner.Application shared = board.application();
        FlowRunner.Application own = new FlowRunner.Application(
                shared.handler(), shared.support(), shared.apology(), this::emit, shared.failures());
        this.runner = new FlowRunner(ref, Position.initial(answered), own, this);
        this.prompts = new CallPrompts(this);
        this.dial = new CallDial(this);
        this.recordings = new CallRecordings(this);
        this.stopLimit = later(board.longestCall(), this::limitReached);
    }

    // --- from outside ---

    /** A new call: reports it and asks the application what to do. */
    void begin() {
        CallEvent arrival = state.beginning(ref);
        emit(arrival);
        if (!board.rest().subscribe(board.app(), "channel:" + ref.id())) {
            lookAgain();
        }
        if (arrival instanceof FlowEvent asking) {
            runner.ask(asking);
        }
    }

    /** A call that a predecessor served: reports again what is known of it. */
    void resume() {
        emit(state.beginning(ref));
        if (state.pickedUp() != null) {
            emit(new CallAnswered(id("answered"), state.pickedUp(), ref));
        }
        if (!state.note().equals(io.careflow.pstn.call.CallNote.NONE)) {
            emit(new CallNoted(id("note"), state.started(), ref, state.note()));
        }
        board.rest().subscribe(board.app(), "channel:" + ref.id());
    }

    /** A call that waits in the application, of which it is not known what it heard last: it begins again. */
    void beginAgain() {
        if (state.beginning(ref) instanceof FlowEvent asking) {
            runner.ask(asking);
        } else {
            // The flow of a call that we placed was known to our predecessor alone.
            runner.redirect(board.application().apology(), clock.now());
        }
    }

    void handle(AriEvent event) {
        if (over) {
            return;
        }
        clock.observe(event.timestamp());
        switch (event.type()) {
            case "ChannelDestroyed" -> destroyed(event);
            case "ChannelHangupRequest" -> hungUp(event);
            case "Dial" -> dial.progressed(event);
            case "StasisStart" -> entered(event);
            case "ChannelDtmfReceived" -> prompts.key(event.text("digit").charAt(0));
            case "PlaybackFinished" -> prompts.finished(event.text("playback", "id"));
            case "RecordingFinished", "RecordingFailed" -> recordings.finished(event);
            default -> log.trace("{}: {}", ref, event.type());
        }
    }

    void redirect(CallFlow flow) {
        board.application().support().require(ref.provider(), flow);
        if (dial.isRunning()) {
            // The channel is the dialplan's until the dial is over; the flow begins when it is back.
            redirection = flow;
            dial.abandon();
        } else {
            runner.redirect(flow, clock.now());
        }
    }

    void sendDigits(String digits) {
        requireControl("call.send-digits");
        board.rest().sendDtmf(ref.id(), digits, 100, 100);
    }

    /** Joins this call into a bridge with a partner; whoever hangs up first, takes the other along. */
    void join(String bridgeId, String partnerId, Calls calls) {
        requireControl("call.join");
        prompts.stop();
        bridge = bridgeId;
        partner = () -> calls.within(partnerId, other -> other.hangUp(HangupCause.NORMAL_CLEARING));
        if (!board.rest().addToBridge(bridgeId, ref.id())) {
            lookAgain();
        }
    }

    void hangUp(HangupCause cause) {
        whenWeHangUp = ReleasedBy.SYSTEM;
        finish(cause);
    }

    /** Refuses what Asterisk cannot do while its own Dial has the channel. */
    void requireControl(String operation) {
        if (dial.isRunning()) {
            throw new Conflict(Failure.of(
                    ref.provider(),
                    operation,
                    Effect.NONE,
                    "call " + ref.id() + " is ringing or talking with somebody it dialled"));
        }
    }

    // --- the machine's commands ---

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
                prompts.stop();
                recordings.stopMessage();
            }
        } catch (ProviderUnavailable e) {
            log.warn("{}: {}; trying again", ref, e.getMessage());
            later(RETRY, () -> tryAgain(command));
        } catch (PstnException e) {
            log.warn("{}: {}", ref, e.getMessage());
            signal(new FlowSignal.Failed(command.number(), String.valueOf(e.getMessage())));
        }
    }

    /** A call that we placed: once answered it runs this flow. */
    void placed(CallFlow flow) {
        onAnswer = flow;
        releasedBy = ReleasedBy.CALLEE;
        emit(state.beginning(ref));
        emit(new LegDialled(
                id("leg"), state.started(), ref, ref.id(), state.to().address()));
    }

    /** Ends what has begun so far because it could not be placed. */
    void notPlaced() {
        ended(clock.now(), HangupCause.TEMPORARY_FAILURE, true);
    }

    /**
     * The request for a command was lost with the connection. The call itself is alive: see where it stands, and do what was
     * not done. A step that was done after all is done twice, which at worst repeats a prompt.
     */
    private void tryAgain(FlowCommand command) {
        if (runner.position().number() != command.number()) {
            return;
        }
        Optional<JsonNode> channel;
        try {
            channel = board.rest().channel(ref.id());
        } catch (PstnException e) {
            later(RETRY, () -> tryAgain(command));
            return;
        }
        if (channel.isEmpty()) {
            lookAgain();
        } else if (!dial.isRunning() || board.isWaiting(channel.get())) {
            execute(command, clock.now());
        }
    }

    private void answer(int number) {
        if (board.rest().answer(ref.id())) {
            answered(clock.now());
            signal(new FlowSignal.Done(number));
        } else {
            lookAgain();
        }
    }

    private void perform(int number, Step step) {
        if (step instanceof Prompt prompt) {
            prompts.play(number, prompt);
        } else if (step instanceof SendDigits digits) {
            board.rest().sendDtmf(ref.id(), digits.digits().replace("w", ""), 100, 100);
            later(Duration.ofMillis(200L * digits.digits().length()), () -> signal(new FlowSignal.Done(number)));
        } else if (step instanceof StartRecording) {
            recordings.start();
            signal(new FlowSignal.Done(number));
        } else if (step instanceof StopRecording) {
            recordings.stop();
            signal(new FlowSignal.Done(number));
        } else {
            signal(new FlowSignal.Failed(number, "step '" + step.name() + "' is not known"));
        }
    }

    private void begin(int number, Ending ending) {
        if (ending instanceof Gather gather) {
            save();
            prompts.gather(number, gather);
        } else if (ending instanceof Dial dialling) {
            state = state.goingOn(dialling.then());
            dial.begin(number, dialling);
        } else if (ending instanceof Voicemail voicemail) {
            save();
            recordings.takeMessage(number, voicemail);
        } else {
            signal(new FlowSignal.Failed(number, "ending '" + ending.name() + "' is not known"));
        }
    }

    private void finish(Ending ending) {
        if (ending instanceof HangUp hangUp) {
            finish(hangUp.cause());
        } else if (ending instanceof Reject reject) {
            finish(reject.reason().cause());
        }
    }

    private void finish(HangupCause cause) {
        if (!leaving) {
            releasedBy = whenWeHangUp;
            whyWeHungUp = cause;
        }
        if (!board.rest().hangup(ref.id(), cause.q850())) {
            lookAgain();
        }
    }

    // --- for the parts of a call ---

    Switchboard board() {
        return board;
    }

    CallRef ref() {
        return ref;
    }

    Instant now() {
        return clock.now();
    }

    CallState state() {
        return state;
    }

    ChannelVariable variable() {
        return new ChannelVariable(slot, state.encode());
    }

    void signal(FlowSignal signal) {
        runner.signal(signal, clock.now());
    }

    /** Hands an event to the application that no flow of this process waits for. */
    void ask(FlowEvent event) {
        emit(event);
        runner.ask(event);
    }

    void emit(CallEvent event) {
        if (event instanceof CallNoted noted) {
            state = state.noting(noted.note());
        }
        board.application().events().accept(event);
    }

    void answered(Instant at) {
        if (state.pickedUp() == null) {
            state = state.pickedUp(at);
            emit(new CallAnswered(id("answered"), at, ref));
        }
    }

    /** Who ended the call if the flow hangs up next. */
    void whenWeHangUp(ReleasedBy who) {
        whenWeHangUp = who;
    }

    /** An id for an event of this call. */
    String id(String kind) {
        return ref.id() + ":" + kind + ":" + counter++;
    }

    /** Runs something in this call's mailbox after a while; returns what cancels it. */
    Runnable later(Duration delay, Runnable task) {
        ScheduledFuture<?> timer = board.timers()
                .schedule(
                        () -> board.mailboxes().submit(ref.id(), () -> {
                            if (!over) {
                                task.run();
                            }
                        }),
                        Math.max(0, delay.toMillis()),
                        TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }

    /** The channel seems to be gone. Its end event is normally on its way; make sure. */
    void lookAgain() {
        later(SECOND_LOOK, () -> {
            if (board.rest().channel(ref.id()).isEmpty()) {
                ended(clock.now().minus(SECOND_LOOK), HangupCause.UNKNOWN, false);
            }
        });
    }

    /** The dial is over and the channel is ours again. True if somebody asked for another flow meanwhile. */
    boolean takeRedirection() {
        CallFlow flow = redirection;
        redirection = null;
        if (flow != null) {
            whenWeHangUp = ReleasedBy.SYSTEM;
            runner.redirect(flow, clock.now());
        }
        return flow != null;
    }

    void ended(Instant at, HangupCause cause, boolean exact) {
        if (over) {
            return;
        }
        over = true;
        stopLimit.run();
        prompts.cancelTimers();
        dial.callerGone(at, cause);
        recordings.callGone();
        if (bridge != null) {
            board.rest().destroyBridge(bridge);
            partner.run();
        }
        signal(new FlowSignal.Gone());
        // Older versions do not know every cause that we hang up with and report another one.
        HangupCause why = whyWeHungUp == null ? cause : whyWeHungUp;
        emit(new CallEnded(id("ended"), at, ref, why, releasedBy, exact));
        board.slots().free(slot);
        forget.run();
    }

    /** Whether the other end has hung up; the end of the call is about to be reported. */
    boolean isLeaving() {
        return leaving;
    }

    boolean isOver() {
        return over;
    }

    int slot() {
        return slot;
    }

    CallDial dial() {
        return dial;
    }

    CallPrompts prompts() {
        return prompts;
    }

    CallRecordings recordings() {
        return recordings;
    }

    private void destroyed(AriEvent event) {
        HangupCause cause = Causes.ofEnd(event.raw().path("cause").asInt(), event.text("cause_txt"));
        boolean gaveUp = onAnswer != null
                && state.pickedUp() == null
                && releasedBy == ReleasedBy.CALLEE
                && cause.q850() == HangupCause.NORMAL_CLEARING.q850();
        // Asterisk's own ring timer has no cause where the far end had not even begun to ring.
        ended(event.timestamp(), gaveUp ? HangupCause.NO_ANSWER : cause, true);
    }

    /**
     * The other end of the channel hung up, before we did. Comes first: a prompt or a message that this cuts off is reported
     * as finished next, and is no reason to go on.
     */
    private void hungUp(AriEvent event) {
        if (whyWeHungUp == null && ref.id().equals(event.text("channel", "id"))) {
            leaving = true;
        }
    }

    private void entered(AriEvent event) {
        List<String> args = CallArguments.of(event);
        switch (args.isEmpty() ? "" : args.get(0)) {
            case CallArguments.DIALLED -> dial.returned(event.timestamp(), args);
            case CallArguments.PLACED -> placedAnswered(event.timestamp());
            case CallArguments.RECORDER -> recordings.recorderReady(event.text("channel", "id"));
            default -> log.debug("{} entered again with {}", ref, args);
        }
    }

    private void placedAnswered(Instant at) {
        dial.answered(ref.id(), at);
        runner.redirect(Objects.requireNonNull(onAnswer), at);
    }

    private void save() {
        if (!board.rest().setVariable(ref.id(), ChannelVariable.NAME, variable().text())) {
            lookAgain();
        }
    }

    private void limitReached() {
        log.warn("{} reached the limit of {} and is hung up", ref, board.longestCall());
        hangUp(HangupCause.TIMER_EXPIRED);
    }
}
