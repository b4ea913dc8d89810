package io.careflow.pstn.tck;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.machine.FlowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dial that goes on: legs that ring, at most one that talks. */
final class DialActivity implements Activity {
    private final MemoryCall call;
    private final int number;
    private final Dial dial;
    private final List<Leg> legs = new ArrayList<>();
    private final List<HangupCause> failures = new ArrayList<>();
    private final DialledLines lines;
    private VirtualTime.Timer limit = () -> {};
    private VirtualTime.Timer warning = () -> {};
    private VirtualTime.Timer notice = () -> {};
    private @Nullable Leg talking;
    private boolean over;

    DialActivity(MemoryCall call, int number, Dial dial) {
        this.call = call;
        this.number = number;
        this.dial = dial;
        this.lines = new DialledLines(call, dial);
    }

    void begin() {
        for (Destination destination : dial.destinations()) {
            legs.add(dialled(destination, 0));
        }
        limit = call.time().after(dial.ringFor(), this::nobodyAnswered);
        List.copyOf(legs).forEach(this::ring);
    }

    /** Sends a leg out over the line of this place. */
    private Leg dialled(Destination destination, int line) {
        Leg leg = new Leg(
                call.nextLegId(),
                destination,
                line,
                lines.number(destination),
                lines.phone(destination, line),
                call.time().now());
        call.emit(new LegDialled(call.eventId(), leg.began, call.ref(), leg.id, destination.address()));
        return leg;
    }

    @Override
    public boolean isTalking() {
        return talking != null && !over;
    }

    @Override
    public void stop(HangupCause cause) {
        over = true;
        limit.cancel();
        warning.cancel();
        notice.cancel();
        List.copyOf(legs).forEach(leg -> {
            end(leg, cause);
            lines.callerGone(leg, cause);
        });
    }

    private void ring(Leg leg) {
        SimulatedPhone phone = leg.phone;
        if (phone.reaction() == SimulatedPhone.Reaction.FAILS) {
            leg.timer = call.time().after(Duration.ZERO, () -> failed(leg, phone.cause()));
            return;
        }
        leg.rang = call.time().now();
        call.emit(new LegRinging(call.eventId(), call.time().now(), call.ref(), leg.id));
        if (phone.reaction() == SimulatedPhone.Reaction.ANSWERS) {
            leg.timer = call.time().after(phone.after(), () -> answered(leg));
        } else if (phone.reaction() == SimulatedPhone.Reaction.DECLINES) {
            leg.timer = call.time().after(phone.after(), () -> failed(leg, phone.cause()));
        }
    }

    private void answered(Leg leg) {
        talking = leg;
        leg.answered = call.time().now();
        limit.cancel();
        legs.stream()
                .filter(other -> other != leg)
                .toList()
                .forEach(other -> end(other, HangupCause.ANSWERED_ELSEWHERE));
        call.pickedUp();
        call.emit(new LegAnswered(call.eventId(), call.time().now(), call.ref(), leg.id));
        limit = call.time().after(dial.longest(), () -> talkOver(leg, HangupCause.TIMER_EXPIRED));
        DialWarning before = dial.warning();
        if (before != null) {
            warning = call.time().after(dial.longest().minus(before.before()), () -> call.hears(before.prompt()));
        }
        Duration talk = leg.phone.hangsUpAfter();
        if (talk != null) {
            leg.timer = call.time().after(talk, () -> {
                call.calleeReleased();
                talkOver(leg, HangupCause.NORMAL_CLEARING);
            });
        }
        Notice told = dial.notice();
        if (told != null) {
            notice = call.tellsBoth(told);
        }
        call.talkBegins();
    }

    private void talkOver(Leg leg, HangupCause cause) {
        over = true;
        limit.cancel();
        warning.cancel();
        notice.cancel();
        end(leg, cause);
        lines.talked(leg, cause);
        call.completed(number, new FlowResult.Dialled(Disposition.ANSWERED, cause));
    }

    private void failed(Leg leg, HangupCause cause) {
        end(leg, cause);
        if (lines.goesOn(leg, cause)) {
            Leg next = dialled(leg.destination, leg.line + 1);
            legs.add(next);
            ring(next);
            return;
        }
        failures.add(cause);
        if (legs.isEmpty()) {
            giveUp();
        }
    }

    private void nobodyAnswered() {
        failures.add(HangupCause.NO_ANSWER);
        List.copyOf(legs).forEach(leg -> {
            end(leg, HangupCause.NO_ANSWER);
            lines.nobodyAnswered(leg);
        });
        giveUp();
    }

    private void giveUp() {
        over = true;
        limit.cancel();
        HangupCause decisive = Causes.decisive(failures);
        call.completed(number, new FlowResult.Dialled(Disposition.unanswered(decisive), decisive));
    }

    private void end(Leg leg, HangupCause cause) {
        leg.timer.cancel();
        if (legs.remove(leg)) {
            call.emit(new LegEnded(call.eventId(), call.time().now(), call.ref(), leg.id, cause));
        }
    }

    /** One attempt to reach somebody, over one line. */
    static final class Leg {
        final String id;
        final Destination destination;
        final int line;
        final int number;
        final Instant began;

        @Nullable
        Instant rang;

        @Nullable
        Instant answered;

        private final SimulatedPhone phone;
        private VirtualTime.Timer timer = () -> {};

        Leg(String id, Destination destination, int line, int number, SimulatedPhone phone, Instant began) {
            this.id = id;
            this.destination = destination;
            this.line = line;
            this.number = number;
            this.phone = phone;
            this.began = began;
        }
    }
}
