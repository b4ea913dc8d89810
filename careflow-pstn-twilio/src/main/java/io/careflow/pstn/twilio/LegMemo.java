package io.careflow.pstn.twilio;

import java.util.List;

/**
 * Who is dialled. Twilio calls back with its own form of the address, and does not say whether ringing ended because the time
 * was over or because somebody gave up earlier.
 *
 * @param destination the address as the flow has it
 * @param dialledAt when the flow was handed to Twilio, in seconds of the epoch
 * @param ringSeconds how long it may ring
 */
record LegMemo(String destination, long dialledAt, long ringSeconds) {
    static LegMemo read(List<String> details) {
        return new LegMemo(details.get(0), Long.parseLong(details.get(1)), Long.parseLong(details.get(2)));
    }

    List<String> write() {
        return List.of(destination, Long.toString(dialledAt), Long.toString(ringSeconds));
    }
}
