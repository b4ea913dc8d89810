package io.careflow.pstn.lab;

import java.time.Duration;

/** A call that was dialed and may still go on. Closing it is pulling the plug: the other side is told nothing. */
public final class LiveCall implements AutoCloseable {

    private final Sipp sipp;
    private final Duration limit;

    LiveCall(Sipp sipp, Duration limit) {
        this.sipp = sipp;
        this.limit = limit;
    }

    /** Waits for the end of the call. */
    public CallResult result() {
        if (!sipp.waitFor(limit)) {
            String why = "no end after " + limit + ": " + sipp.failure();
            sipp.kill();
            return CallResult.of(sipp.messages(), why);
        }
        return CallResult.of(sipp.messages(), sipp.failure());
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
     * Gives up when there is no answer in time. SIPp cannot: it forgets the time limit of a reception when an optional
     * message arrives before it began to wait.
     */
    void cancelAfter(Duration time) {
        Thread thread = new Thread(
                () -> {
                    boolean over = Await.until(time, () -> !sipp.alive() || soFar().answered());
                    if (!over) {
                        hangUp();
                    }
                },
                "lab-cancel");
        thread.setDaemon(true);
        thread.start();
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
