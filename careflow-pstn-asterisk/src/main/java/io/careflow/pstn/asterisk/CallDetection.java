package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MachineDetected.AnsweredBy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who answered a placed call, a person or a machine: Asterisk's application {@code AMD} judges, on a second channel that listens to the first
 * one. So the flow goes on meanwhile, and the call stays in the application. Part of one call.
 */
final class CallDetection {
    /** The module of Asterisk that judges. */
    static final String MODULE = "app_amd.so";

    /** Where in the dialplan. */
    static final String CONTEXT = "careflow-machine";

    private static final Logger log = LoggerFactory.getLogger(CallDetection.class);
    /** Longer than the dialplan lets AMD listen. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AsteriskCall call;
    private boolean listening;

    CallDetection(AsteriskCall call) {
        this.call = call;
    }

    /** Somebody answered. */
    void begin() {
        listening = true;
        try {
            if (!rest().snoop(
                            call.channel(),
                            SideChannel.detector(call.ref().id()),
                            "in",
                            "none",
                            call.board().app(),
                            CallArguments.DETECTOR + "," + call.ref().id())) {
                listening = false;
                call.lookAgain();
                return;
            }
        } catch (PstnException e) {
            log.warn("{}: who answered cannot be told: {}", call.ref(), e.getMessage());
            heard(AnsweredBy.UNKNOWN, "not judged");
            return;
        }
        Runnable unused = call.later(PATIENCE, () -> {
            if (listening) {
                heard(AnsweredBy.UNKNOWN, "not judged in time");
            }
        });
    }

    /** The listening channel is there. */
    void ready() {
        if (listening
                && !rest().continueInDialplan(SideChannel.detector(call.ref().id()), CONTEXT, "s", 1)) {
            heard(AnsweredBy.UNKNOWN, "not judged");
        }
    }

    /** The channel comes back, also to a successor of who sent it out: with AMDSTATUS and AMDCAUSE. */
    void judged(List<String> args) {
        String status = args.size() > 1 ? args.get(1) : "";
        String cause = args.size() > 2 ? args.get(2) : "";
        heard(answeredBy(status, cause), (status + " " + cause).trim());
    }

    /** The call is over. */
    void callGone() {
        if (listening) {
            listening = false;
            hangUp();
        }
    }

    /** Silence is no greeting: a person may wait for the other side to speak. AMD calls it a machine. */
    static AnsweredBy answeredBy(String status, String cause) {
        return switch (status) {
            case "HUMAN" -> AnsweredBy.HUMAN;
            case "MACHINE" -> cause.startsWith("INITIALSILENCE") ? AnsweredBy.UNKNOWN : AnsweredBy.MACHINE;
            default -> AnsweredBy.UNKNOWN;
        };
    }

    private void heard(AnsweredBy who, String raw) {
        listening = false;
        hangUp();
        call.emit(new MachineDetected(call.id("machine"), call.now(), call.ref(), who, raw));
    }

    private void hangUp() {
        try {
            boolean unused = rest().hangup(SideChannel.detector(call.ref().id()), 16);
        } catch (PstnException e) {
            log.warn("{}: the channel that listened goes with the call: {}", call.ref(), e.getMessage());
        }
    }

    private AriRest rest() {
        return call.board().rest();
    }
}
