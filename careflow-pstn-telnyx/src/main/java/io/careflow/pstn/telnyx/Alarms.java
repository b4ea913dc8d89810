package io.careflow.pstn.telnyx;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** At most one alarm for each call: the earliest that was asked for. Who is woken too early asks again. Thread-safe. */
final class Alarms {
    private final Alarm alarm;
    private final Consumer<String> waking;
    private final ConcurrentMap<String, Instant> set = new ConcurrentHashMap<>();

    Alarms(Alarm alarm, Consumer<String> waking) {
        this.alarm = alarm;
        this.waking = waking;
    }

    /** Wakes the call at this moment, or before. */
    void set(String key, Instant when) {
        AtomicBoolean earlier = new AtomicBoolean();
        Instant now = set.compute(key, (same, known) -> {
            earlier.set(known == null || when.isBefore(known));
            return earlier.get() ? when : known;
        });
        if (earlier.get() && when.equals(now)) {
            alarm.at(when, () -> {
                boolean unchanged = set.remove(key, when);
                if (unchanged) {
                    waking.accept(key);
                }
            });
        }
    }
}
