package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedCaller.Act;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The caller at the other end of a simulated call: does one thing after another. */
final class SimLine {
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(200);

    private final VirtualTime time;
    private final SimCall call;
    private final Queue<Act> acts;
    private Act.@Nullable Talks awaiting;
    private VirtualTime.Timer timer = () -> {};

    SimLine(VirtualTime time, SimCall call, SimulatedCaller caller) {
        this.time = time;
        this.call = call;
        this.acts = new ArrayDeque<>(caller.acts());
    }

    void begin() {
        proceed(Duration.ZERO);
    }

    void talking() {
        Act.Talks talk = awaiting;
        if (talk != null) {
            awaiting = null;
            proceed(talk.length());
        }
    }

    void gone() {
        timer.cancel();
        acts.clear();
    }

    private void proceed(Duration later) {
        timer = time.after(later, this::next);
    }

    private void next() {
        Act act = acts.poll();
        if (act instanceof Act.Waits waits) {
            proceed(waits.length());
        } else if (act instanceof Act.Speaks speaks) {
            call.speaking(time.now().plus(speaks.length()));
            proceed(speaks.length());
        } else if (act instanceof Act.Types types) {
            type(types.keys(), 0);
        } else if (act instanceof Act.HangsUp) {
            call.callerHangsUp();
        } else if (act instanceof Act.Talks talks) {
            awaiting = talks;
            if (call.isTalking()) {
                talking();
            }
        }
    }

    private void type(String keys, int index) {
        if (index < keys.length()) {
            call.key(keys.charAt(index));
        }
        if (index + 1 < keys.length()) {
            timer = time.after(BETWEEN_KEYS, () -> type(keys, index + 1));
        } else {
            next();
        }
    }
}
