package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.PstnException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a call may last, whatever it does. Part of one call. */
final class CallLimits {
    private static final Logger log = LoggerFactory.getLogger(CallLimits.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final AsteriskCall call;
    private final Runnable stopLongest;
    private Runnable stopLimit = () -> {};

    CallLimits(AsteriskCall call) {
        this.call = call;
        this.stopLongest = call.later(call.board().longestCall(), this::reached);
    }

    /** A call that was placed with a limit ends in time: by us, or by Asterisk if we are not there to do it. */
    void begin() {
        Duration longest = call.state().longest();
        Instant since = call.state().pickedUp();
        if (longest == null || since == null) {
            return;
        }
        Duration left = longest.minus(Duration.between(since, call.now()));
        stopLimit = call.later(left, this::reached);
        long seconds = Math.max(0, left.toSeconds()) + 2;
        try {
            // Asterisk counts from now on, in whole seconds; a channel in the dialplan has it from before.
            boolean unused =
                    call.board().rest().setVariable(call.channel(), "TIMEOUT(absolute)", Long.toString(seconds));
        } catch (PstnException e) {
            log.warn("{}: nobody but this application will cut it: {}", call.ref(), e.getMessage());
        }
    }

    void callGone() {
        stopLongest.run();
        stopLimit.run();
    }

    private void reached() {
        log.warn("{} reached its longest time and is hung up", call.ref());
        try {
            call.hangUp(HangupCause.TIMER_EXPIRED);
        } catch (PstnException e) {
            Runnable unused = call.later(AGAIN, this::reached);
        }
    }
}
