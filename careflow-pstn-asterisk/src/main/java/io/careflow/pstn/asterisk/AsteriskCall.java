package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.flow.machine.FlowSignal;
import io.careflow.pstn.flow.machine.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
final class AsteriskCall {
    private static final Logger log = LoggerFactory.getLogger(AsteriskCall.class);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

    private final CallRef ref;
    private final Switchboard board;
    private final Runnable forget;
    private final FlowRunner runner;
    private final AsteriskClock clock;
    private final CallPrompts prompts;
    private final CallDial dial;
    private final CallRecordings recordings;
    private final CallMessage message;
    private final CallNotice notice;
    private final CallListening listening;
    private final CallLines lines;
    private final CallConference conference;
    private final CallDetection detection;
    private final CallPlacing placing;
    private final CallPartner partner;
    private final CallLimits limits;
    private final int slot;
    private volatile String channel;
    private CallState state;
    private @Nullable CallFlow redirection;
    private final Release release = new Release();
    private int counter;
    private boolean over;

    /** @param channel the id of the call's channel; that of the call, unless it was placed over more than one trunk */
    AsteriskCall(
            CallRef ref,
            String channel,
            Switchboard board,
            CallState state,
            int slot,
            boolean answered,
            Runnable forget) {
        this.ref = ref;
        this.channel = channel;
        this.board = board;
        this.state = state;
        this.slot = slot;
        this.forget = forget;
        this.clock = new AsteriskClock(state.started());
        FlowRunner.Application shared = board.application();
        FlowRunner.Application own = new FlowRunner.Application(
                shared.handler(), shared.support(), shared.apology(), this::emit, shared.failures());
        this.runner = new FlowRunner(ref, Position.initial(answered), own, new CallSteps(this));
        this.prompts = new CallPrompts(this);
        this.dial = new CallDial(this);
        RecordingFiles files = new RecordingFiles(this);
        this.recordings = new CallRecordings(this, files);
        this.message = new CallMessage(this, files);
        this.notice = new CallNotice(this);
        this.listening = new CallListening(this);
        this.lines = new CallLines(this);
        this.conference = new CallConference(this);
        this.detection = new CallDetection(this);
        this.placing = new CallPlacing(this);
        this.partner = new CallPartner(this);
        this.limits = new CallLimits(this);
    }

    // --- from outside ---

    /** A new call: reports it and asks the application what to do. */
    void begin() {
        CallEvent arrival = state.beginning(ref);
        emit(arrival);
        subscribe();
        if (arrival instanceof FlowEvent asking) {
            runner.ask(asking);
        }
    }

    /** A new call that no channel is left for: reports it and hangs up. */
    void turnAway() {
        emit(state.beginning(ref));
        subscribe();
        finish(HangupCause.of(Causes.CONGESTION, "All channels of the trunk are in use"));
    }

    /** A call that a predecessor served: reports again what is known of it. */
    void resume() {
        emit(state.beginning(ref));
        if (state.pickedUp() != null) {
            emit(new CallAnswered(id("answered"), state.pickedUp(), ref));
        }
        if (!state.note().equals(CallNote.NONE)) {
            emit(new CallNoted(id("note"), state.started(), ref, state.note()));
        }
        if (state.direction() == Direction.OUTBOUND) {
            release.farEndIs(ReleasedBy.CALLEE);
            state.ownLeg(ref).forEach(this::emit);
        }
        subscribe();
        limits.begin();
    }

    /** Asks for the events of the channel also while the dialplan has it, above all for its end. */
    private void subscribe() {
        try {
            if (!board.rest().subscribe(board.app(), "channel:" + channel)) {
                lookAgain();
            }
        } catch (PstnException e) {
            log.warn("{}: {}; trying again", ref, e.getMessage());
            later(SECOND_LOOK, this::subscribe);
        }
    }

    /** A call that waits in the application, of which it is not known what it heard last: it begins again. */
    void beginAgain() {
        listening.forgetPredecessor();
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
        if (isOfEarlierAttempt(event)) {
            return;
        }
        placing.placed();
        clock.observe(event.timestamp());
        if (SideChannel.isDetector(event.text("channel", "id")) && !event.type().equals("StasisStart")) {
            return;
        }
        switch (event.type()) {
            case "ChannelDestroyed" -> destroyed(event);
            case "ChannelHangupRequest" -> hungUp(event);
            case "Dial" -> dial.progressed(event);
            case "StasisStart" -> entered(event);
            case "ChannelDtmfReceived" -> prompts.key(event.text("digit").charAt(0));
            case "PlaybackFinished" -> played(event);
            case "RecordingStarted" -> recordings.started(event);
            case "ChannelTalkingStarted" -> listening.callerSpeaks();
            case "ChannelTalkingFinished" -> listening.callerHasSpoken();
            case "RecordingFinished", "RecordingFailed" -> recorded(event);
            default -> log.trace("{}: {}", ref, event.type());
        }
    }

    void redirect(CallFlow flow) {
        board.application().support().require(ref.provider(), flow);
        partner.leave();
        conference.leave();
        if (placing.isUnanswered()) {
            placing.redirect(flow);
        } else if (dial.isRunning()) {
            // The channel is the dialplan's until the dial is over; the flow begins when it is back.
            redirection = flow;
            dial.abandon();
        } else {
            runner.redirect(flow, clock.now());
        }
    }

    void sendDigits(String digits) {
        requireControl("call.send-digits");
        if (!board.rest().sendDtmf(channel, digits, 100, 100)) {
            throw new Conflict(Failure.of(
                    ref.provider(), "call.send-digits", Effect.NONE, "call " + ref.id() + " takes no digits now"));
        }
    }

    void hangUp(HangupCause cause) {
        release.flowGoesOn();
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

    /** There is certainly no such call. Its record names no command: whoever gave that may still have it done elsewhere. */
    void notPlaced() {
        state = state.commanded(null);
        ended(clock.now(), HangupCause.TEMPORARY_FAILURE, true);
    }

    // --- for the parts of a call ---

    Switchboard board() {
        return board;
    }

    CallRef ref() {
        return ref;
    }

    /** What Asterisk calls its channel. Thread-safe. */
    String channel() {
        return channel;
    }

    /** It is placed once more, on this channel. */
    void again(String next) {
        channel = next;
        release.again();
    }

    /** Known without being told. */
    void noting(CallNote note) {
        state = state.noting(note);
    }

    /** Runs a flow instead of what the call does. */
    void run(CallFlow flow, Instant at) {
        runner.redirect(flow, at);
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
        try {
            board.application().events().accept(event);
        } catch (RuntimeException e) {
            // The call goes on, and frees what it has at its end.
            log.error(
                    "{}: the listener of events failed at {}",
                    ref,
                    event.getClass().getSimpleName(),
                    e);
        }
    }

    void answered(Instant at) {
        if (state.pickedUp() == null) {
            state = state.pickedUp(at);
            emit(new CallAnswered(id("answered"), at, ref));
        }
    }

    Release release() {
        return release;
    }

    /** Hangs up. */
    void finish(HangupCause cause) {
        release.weHangUp(cause);
        if (!board.rest().hangup(channel, cause.q850())) {
            lookAgain();
        }
    }

    /** Where the flow stands. */
    Position position() {
        return runner.position();
    }

    /** What a successor needs is written to the channel. */
    void save() {
        if (!board.rest().setVariable(channel, ChannelVariable.NAME, variable().text())) {
            lookAgain();
        }
    }

    /** The dial that begins goes on here. */
    void goingOn(Continuation then) {
        state = state.goingOn(then);
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

    /** Runs something in this call's mailbox, from any thread. */
    void soon(Runnable task) {
        boolean unused = board.mailboxes().submit(ref.id(), () -> {
            if (!over) {
                task.run();
            }
        });
    }

    /** The channel seems to be gone. Its end event is normally on its way; make sure. */
    void lookAgain() {
        later(SECOND_LOOK, () -> {
            try {
                if (board.rest().channel(channel).isEmpty()) {
                    concludeEnd(clock.now().minus(SECOND_LOOK));
                }
            } catch (PstnException e) {
                lookAgain();
            }
        });
    }

    /** The call is over, but its end was not seen: Asterisk may have written it down, else it was at this moment. */
    void concludeEnd(Instant lastSign) {
        Optional<EndRecord> written = board.ends().of(slot, channel);
        if (written.isEmpty()) {
            ended(lastSign, HangupCause.UNKNOWN, false);
            return;
        }
        EndRecord end = written.get();
        if (end.answered() != null && dial.isRunning() && !dial.isTalking()) {
            dial.answered("unknown", end.answered());
        }
        release.by(end.releasedBy());
        ended(end.ended(), Causes.ofEnd(end.cause(), ""), true);
    }

    /** Whether somebody asked for another flow while the dial goes on. */
    boolean isRedirected() {
        return redirection != null;
    }

    /** The dial is over and the channel is ours again. True if somebody asked for another flow meanwhile. */
    boolean takeRedirection() {
        CallFlow flow = redirection;
        redirection = null;
        if (flow != null) {
            release.flowGoesOn();
            runner.redirect(flow, clock.now());
        }
        return flow != null;
    }

    void ended(Instant at, HangupCause cause, boolean exact) {
        if (over) {
            return;
        }
        placing.placed();
        over = true;
        limits.callGone();
        prompts.cancelTimers();
        dial.callerGone(at, cause);
        placing.over(at, cause);
        recordings.callGone();
        message.callGone();
        listening.callGone();
        conference.callGone();
        detection.callGone();
        lines.callOver();
        try {
            signal(new FlowSignal.Gone());
            emit(new CallEnded(id("ended"), at, ref, release.cause(cause), release.by(), exact));
        } finally {
            board.slots().free(slot);
            forget.run();
        }
        partner.callGone();
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

    CallPlacing placing() {
        return placing;
    }

    CallPartner partner() {
        return partner;
    }

    CallDetection detection() {
        return detection;
    }

    CallLines lines() {
        return lines;
    }

    CallConference conference() {
        return conference;
    }

    CallRecordings recordings() {
        return recordings;
    }

    CallMessage message() {
        return message;
    }

    CallNotice notice() {
        return notice;
    }

    CallListening listening() {
        return listening;
    }

    private void recorded(AriEvent event) {
        String name = event.text("recording", "name");
        if (UtteranceName.isOne(name)) {
            listening.finished(event);
        } else if (RecordingFiles.isMessage(name)) {
            message.finished(event);
        } else {
            recordings.finished(event);
        }
    }

    private void played(AriEvent event) {
        if (notice.finished(event)) {
            return;
        }
        if (event.text("playback", "state").equals("failed")) {
            log.warn("{}: Asterisk could not play {}", ref, event.text("playback", "media_uri"));
            prompts.failed(event.text("playback", "id"));
        }
        prompts.finished(event.text("playback", "id"));
    }

    /** Only the events of the channel that the call has now are its own. */
    private boolean isOfEarlierAttempt(AriEvent event) {
        String from = event.channelId();
        return from != null
                && !from.equals(channel)
                && PlacedChannel.callOf(from).equals(ref.id());
    }

    private void destroyed(AriEvent event) {
        if (!channel.equals(event.text("channel", "id"))) {
            return;
        }
        HangupCause cause = Causes.ofEnd(event.raw().path("cause").asInt(), event.text("cause_txt"));
        boolean unanswered = placing.isUnanswered();
        boolean gaveUp =
                unanswered && release.by() == ReleasedBy.CALLEE && cause.q850() == HangupCause.NORMAL_CLEARING.q850();
        if (!gaveUp && placing.goesOn(event.timestamp(), cause)) {
            return;
        }
        if (gaveUp || (unanswered && cause.q850() == HangupCause.NO_ANSWER.q850())) {
            // Nobody hung up: the time to ring was over.
            release.by(ReleasedBy.SYSTEM);
        }
        // Asterisk's own ring timer has no cause where the far end had not even begun to ring.
        ended(event.timestamp(), gaveUp ? HangupCause.NO_ANSWER : cause, true);
    }

    /**
     * The other end of the channel hung up, before we did. Comes first: a prompt or a message that this cuts off is reported
     * as finished next, and is no reason to go on.
     */
    private void hungUp(AriEvent event) {
        if (channel.equals(event.text("channel", "id"))) {
            release.farEndHangsUp();
        }
    }

    private void entered(AriEvent event) {
        List<String> args = CallArguments.of(event);
        switch (args.isEmpty() ? "" : args.get(0)) {
            case CallArguments.DIALLED -> dial.returned(event.timestamp(), args);
            case CallArguments.PLACED -> placedAnswered(event.timestamp());
            case CallArguments.DETECTOR -> detection.ready();
            case CallArguments.JUDGED -> detection.judged(args);
            case CallArguments.RECORDER -> recordings.recorderReady(event.text("channel", "id"));
            case CallArguments.SPEAKER -> notice.speakerReady(event.text("channel", "id"));
            default -> log.debug("{} entered again with {}", ref, args);
        }
    }

    private void placedAnswered(Instant at) {
        dial.answered(ref.id(), at);
        try {
            save();
        } catch (PstnException e) {
            log.warn("{}: a successor will not know that it was answered: {}", ref, e.getMessage());
        }
        limits.begin();
        placing.answered(at);
    }
}
