package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The telephone network behind the trunk: takes the calls that Asterisk sends out and does with each what the script
 * says.
 *
 * <p>Safe for use by several threads.
 */
public final class Carrier implements AutoCloseable {

    private final Callee callee;

    private Carrier(SipServer server, PhoneScript script, @Nullable RtpProbe media, boolean traced) {
        callee = new Callee("carrier", server.carrierAddress(), server.carrierPort(), script, media, traced);
    }

    /** Begins to take calls; one carrier per server. */
    public static Carrier start(SipServer server, PhoneScript script) {
        return new Carrier(server, script, null, true);
    }

    /** Begins to take calls, with an ear and a mouth. */
    public static Carrier start(SipServer server, PhoneScript script, RtpProbe media) {
        return new Carrier(server, script, media, true);
    }

    /** For many calls: it takes them as {@link #start}, but remembers none. */
    public static Carrier startForLoad(SipServer server, PhoneScript script) {
        return new Carrier(server, script, null, false);
    }

    /** Changes what is done from now on. Calls that are up are lost without a word. */
    public void behave(PhoneScript script) {
        callee.behave(script);
    }

    /** Every call so far, in order of arrival. */
    public List<ReceivedCall> calls() {
        return callee.calls();
    }

    /** Waits for the call of that number, counted from 1. */
    public ReceivedCall awaitCall(int number, Duration limit) {
        return callee.awaitCall(number, limit);
    }

    /** Waits for the end of the call of that number, counted from 1. */
    public ReceivedCall awaitEnd(int number, Duration limit) {
        return callee.awaitEnd(number, limit);
    }

    /** Answers the newest call, which rings. */
    public void answer() {
        callee.tell("X-ANSWER");
    }

    /** Refuses the newest call, which rings. */
    public void refuse() {
        callee.tell("X-REFUSE");
    }

    /** Hangs up the newest call, which was answered. */
    public void hangUp() {
        callee.tell("X-BYE");
    }

    @Override
    public void close() {
        callee.close();
    }
}
