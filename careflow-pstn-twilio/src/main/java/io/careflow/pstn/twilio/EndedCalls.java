package io.careflow.pstn.twilio;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.PstnEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that we ended ourselves. Twilio tells the end of a call, but not who ended it or why: we know. Kept for the last
 * 10,000 calls of this process. Thread-safe.
 *
 * <p>On another node Twilio's word stands beside ours; whatever makes records of them takes the earlier end, which is ours.
 */
final class EndedCalls {
    private static final int REMEMBERED = 10_000;

    private final Recent<CallRef, CallEnded> ended = new Recent<>(REMEMBERED);

    /** We end this call now, for the reason that the event gives. The first end of a call stands; gives it. */
    CallEnded byUs(CallEnded event) {
        ended.had(event.call(), event);
        return ended.find(event.call()).orElse(event);
    }

    /** The events with what we know of ends. */
    List<PstnEvent> corrected(List<PstnEvent> events) {
        List<PstnEvent> corrected = new ArrayList<>(events);
        corrected.replaceAll(
                event -> event instanceof CallEnded end ? ended.find(end.call()).orElse(end) : event);
        return corrected;
    }
}
