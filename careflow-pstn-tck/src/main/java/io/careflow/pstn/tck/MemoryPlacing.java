package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MachineDetected.AnsweredBy;
import io.careflow.pstn.event.OutboundCall;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call that is placed, until its phone answers: over which line it goes, and what the phone there does. */
final class MemoryPlacing {
    private static final Duration LISTENING = Duration.ofSeconds(2);

    private final Switchboard board;
    private final MemoryCall call;
    private final CallRequest request;
    private final DialledLines lines;
    private DialActivity.@Nullable Leg leg;
    private boolean told;

    MemoryPlacing(Switchboard board, MemoryCall call, CallRequest request) {
        this.board = board;
        this.call = call;
        this.request = request;
        this.lines = new DialledLines(call, request.over(), true);
    }

    void begin() {
        call.emit(new OutboundCall(
                call.eventId(),
                board.time().now(),
                call.ref(),
                request.tenant(),
                Party.of(request.callerId()),
                request.to(),
                request.commandId()));
        call.ownLegDialled(request.to());
        ring(0);
    }

    /** The call is over. */
    void over(HangupCause cause, ReleasedBy by) {
        if (leg != null && !told) {
            told = true;
            lines.placedOver(leg, cause, by == ReleasedBy.SYSTEM);
        }
    }

    private void ring(int line) {
        SimulatedPhone phone = lines.phone(request.to(), line);
        DialActivity.Leg now = new DialActivity.Leg(
                call.ref().id(),
                request.to(),
                line,
                lines.number(request.to()),
                phone,
                board.time().now());
        leg = now;
        if (phone.reaction() != SimulatedPhone.Reaction.FAILS) {
            now.rang = board.time().now();
            call.ownLegRings();
        }
        switch (phone.reaction()) {
            case ANSWERS -> answers(now, phone);
            case DECLINES -> board.time().after(phone.after(), () -> failed(now, phone.cause(), ReleasedBy.CALLEE));
            case RINGS -> board.time().after(request.ringFor(), () -> call.end(phone.cause(), ReleasedBy.SYSTEM));
            case FAILS -> failed(now, phone.cause(), ReleasedBy.UNKNOWN);
        }
    }

    private void answers(DialActivity.Leg now, SimulatedPhone phone) {
        if (phone.after().compareTo(request.ringFor()) >= 0) {
            board.time().after(request.ringFor(), () -> call.end(HangupCause.NO_ANSWER, ReleasedBy.SYSTEM));
        }
        board.time().after(phone.after(), () -> answered(now, phone));
    }

    private void failed(DialActivity.Leg now, HangupCause cause, ReleasedBy by) {
        if (call.isOver()) {
            return;
        }
        if (lines.goesOn(now, cause)) {
            ring(now.line + 1);
        } else {
            told = true;
            call.end(cause, by);
        }
    }

    private void answered(DialActivity.Leg now, SimulatedPhone phone) {
        if (call.isOver()) {
            return;
        }
        now.answered = board.time().now();
        call.pickedUp();
        call.ownLegAnswered();
        Duration longest = request.longest();
        if (longest != null) {
            board.time().after(longest, () -> call.end(HangupCause.TIMER_EXPIRED, ReleasedBy.SYSTEM));
        }
        if (request.detectMachine()) {
            board.time().after(LISTENING, () -> detected(phone));
        }
        Duration talk = phone.hangsUpAfter();
        if (talk != null) {
            board.time().after(talk, call::personHangsUp);
        }
        for (int i = 0; i < phone.typed().length(); i++) {
            char key = phone.typed().charAt(i);
            board.time().after(phone.typesAfter().plus(CallerAtWork.BETWEEN_KEYS.multipliedBy(i)), () -> call.key(key));
        }
        call.redirect(request.onAnswer());
    }

    private void detected(SimulatedPhone phone) {
        if (!call.isOver()) {
            AnsweredBy who = phone.machine() ? AnsweredBy.MACHINE : AnsweredBy.HUMAN;
            call.emit(new MachineDetected(
                    call.eventId(),
                    board.time().now(),
                    call.ref(),
                    who,
                    who.name().toLowerCase(Locale.ROOT)));
        }
    }
}
