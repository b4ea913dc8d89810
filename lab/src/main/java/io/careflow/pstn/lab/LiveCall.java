package io.careflow.pstn.lab;

import java.time.Duration;
import java.time.Instant;

/** A call that was dialed and may still go on. Closing it is pulling the plug: the other side is told nothing. */
public final class LiveCall implements AutoCloseable {

    private final Sipp sipp;
    private final Duration limit;
    private volatile boolean overdue;

    LiveCall(Sipp sipp, Duration ringing, Duration limit) {
        this.sipp = sipp;
        this.limit = limit;
        Thread watch = new Thread(() -> watch(ringing), "lab-call");
        watch.setDaemon(true);
        watch.start();
    }

    /** Waits for the end of the call. */
    public CallResult result() {
        if (!sipp.waitFor(limit.plusSeconds(10))) {
            String why = sipp.failure();
            sipp.kill();
            return CallResult.of(sipp.messages(), "no end after " + limit + ": " + why);
        }
        return CallResult.of(sipp.messages(), overdue ? "hung up after the limit of " + limit : sipp.failure());
    }

    /** What happened so far. */
    public CallResult soFar() {
        return CallResult.of(sipp.messages(), sipp.alive() ? "" : sipp.failure());
    }

    /** Waits for 180 or 183; false when it did not come in time. */
    public boolean awaitRinging(Duration time) {
        return Await.until(time, () -> soFar().heard(180) || soFar().heard(183)) && !soFar().answered();
    }

    /** Waits for the answer; false when it did not come in time. */
    public boolean awaitAnswer(Duration time) {
        return Await.until(time, () -> soFar().answered() || !sipp.alive()) && soFar().answered();
    }

    /** Hangs up now, with BYE when answered and with CANCEL before; {@link #result()} then returns soon. */
    public void hangUp() {
        CallResult now = soFar();
        sipp.tell(Steering.caller(now.messages(), now.answered() ? "X-BYE" : "X-CANCEL"));
    }

    /**
     * Ends what takes too long. SIPp cannot: it forgets the time limit of a reception when an optional message arrives
     * before it began to wait.
     */
    private void watch(Duration ringing) {
        Instant start = Instant.now();
        Await.until(ringing, () -> !sipp.alive() || soFar().answered());
        if (sipp.alive() && !soFar().answered()) {
            overdue = ringing.equals(limit);
            hangUp();
            return;
        }
        Await.until(limit.minus(Duration.between(start, Instant.now())), () -> !sipp.alive());
        if (sipp.alive()) {
            overdue = true;
            hangUp();
        }
    }

    /** The caller vanishes without a word, as with an empty battery. */
    public void kill() {
        sipp.kill();
    }

    @Override
    public void close() {
        sipp.close();
    }
}
