package io.careflow.pstn.tck;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.machine.FlowResult;
import java.time.Duration;
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
    private VirtualTime.Timer limit = () -> {};
    private @Nullable Leg talking;
    private boolean over;

    DialActivity(MemoryCall call, int number, Dial dial) {
        this.call = call;
        this.number = number;
        this.dial = dial;
    }

    void begin() {
        for (Destination destination : dial.destinations()) {
            Leg leg = new Leg(call.nextLegId(), call.phone(destination));
            legs.add(leg);
            call.emit(new LegDialled(call.eventId(), call.time().now(), call.ref(), leg.id, destination.address()));
        }
        limit = call.time().after(dial.ringFor(), this::nobodyAnswered);
        List.copyOf(legs).forEach(this::ring);
    }

    @Override
    public boolean isTalking() {
        return talking != null && !over;
    }

    @Override
    public void stop(HangupCause cause) {
        over = true;
        limit.cancel();
        List.copyOf(legs).forEach(leg -> end(leg, cause));
    }

    private void ring(Leg leg) {
        SimulatedPhone phone = leg.phone;
        if (phone.reaction() == SimulatedPhone.Reaction.FAILS) {
            leg.timer = call.time().after(Duration.ZERO, () -> failed(leg, phone.cause()));
            return;
        }
        call.emit(new LegRinging(call.eventId(), call.time().now(), call.ref(), leg.id));
        if (phone.reaction() == SimulatedPhone.Reaction.ANSWERS) {
            leg.timer = call.time().after(phone.after(), () -> answered(leg));
        } else if (phone.reaction() == SimulatedPhone.Reaction.DECLINES) {
            leg.timer = call.time().after(phone.after(), () -> failed(leg, phone.cause()));
        }
    }

    private void answered(Leg leg) {
        talking = leg;
        limit.cancel();
        legs.stream()
                .filter(other -> other != leg)
                .toList()
                .forEach(other -> end(other, HangupCause.ANSWERED_ELSEWHERE));
        call.pickedUp();
        call.emit(new LegAnswered(call.eventId(), call.time().now(), call.ref(), leg.id));
        limit = call.time().after(dial.longest(), () -> talkOver(leg, HangupCause.TIMER_EXPIRED));
        Duration talk = leg.phone.hangsUpAfter();
        if (talk != null) {
            leg.timer = call.time().after(talk, () -> {
                call.calleeReleased();
                talkOver(leg, HangupCause.NORMAL_CLEARING);
            });
        }
        call.talkBegins();
    }

    private void talkOver(Leg leg, HangupCause cause) {
        over = true;
        limit.cancel();
        end(leg, cause);
        call.completed(number, new FlowResult.Dialled(Disposition.ANSWERED, cause));
    }

    private void failed(Leg leg, HangupCause cause) {
        failures.add(cause);
        end(leg, cause);
        if (legs.isEmpty()) {
            giveUp();
        }
    }

    private void nobodyAnswered() {
        failures.add(HangupCause.NO_ANSWER);
        List.copyOf(legs).forEach(leg -> end(leg, HangupCause.NO_ANSWER));
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

    private static final class Leg {
        private final String id;
        private final SimulatedPhone phone;
        private VirtualTime.Timer timer = () -> {};

        Leg(String id, SimulatedPhone phone) {
            this.id = id;
            this.phone = phone;
        }
    }
}
