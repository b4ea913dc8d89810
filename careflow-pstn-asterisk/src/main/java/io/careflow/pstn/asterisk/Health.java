package io.careflow.pstn.asterisk;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Asterisk is there. Thread-safe. */
final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final Consumer<AsteriskHealth> listener;
    private final Clock clock;
    private final CountDownLatch everConnected = new CountDownLatch(1);
    private volatile AsteriskHealth now;

    Health(URI ari, Consumer<AsteriskHealth> listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        this.now = new AsteriskHealth(false, "connecting to " + ari, clock.instant());
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
        try {
            listener.accept(changed);
        } catch (RuntimeException e) {
            log.error("the health listener failed", e); // the connection is as good as before
        }
    }
}
