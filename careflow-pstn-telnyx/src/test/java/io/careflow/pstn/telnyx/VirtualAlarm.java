package io.careflow.pstn.telnyx;

import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** Alarms in virtual time, on the thread that lets it run. */
final class VirtualAlarm implements Alarm {
    private final VirtualTime time;
    private boolean closed;

    VirtualAlarm(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void at(Instant when, Runnable action) {
        VirtualTime.Timer unused = time.after(Duration.between(time.now(), when), () -> {
            if (!closed) {
                guarded(action);
            }
        });
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (FlakyStore.Down e) {
            // A later look goes on.
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
