package io.careflow.pstn.asterisk;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Whether Asterisk is there. Thread-safe. */
final class Health {
    private final Consumer<AsteriskHealth> listener;
    private final Clock clock;
    private final CountDownLatch everConnected = new CountDownLatch(1);
    private volatile AsteriskHealth now = new AsteriskHealth(false, "not connected yet", Instant.EPOCH);

    Health(Consumer<AsteriskHealth> listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    AsteriskHealth now() {
        return now;
    }

    void connected() {
        tell(new AsteriskHealth(true, "connected", clock.instant()));
        everConnected.countDown();
    }

    void disconnected(Instant at, String why) {
        tell(new AsteriskHealth(false, why, at));
    }

    boolean await(long millis) throws InterruptedException {
        return everConnected.await(millis, TimeUnit.MILLISECONDS);
    }

    private void tell(AsteriskHealth changed) {
        now = changed;
        listener.accept(changed);
    }
}
