package io.careflow.pstn.call.control;

import io.careflow.pstn.Capability;
import io.careflow.pstn.call.CallRef;
import java.util.List;
import java.util.Objects;

/**
 * Who is in a conference room. Rooms have the names that {@link io.careflow.pstn.flow.Conference} gives them. Thread-safe.
 * Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect says whether the provider may have acted;
 * a room in which nobody is does not exist ({@link io.careflow.pstn.error.NotFound}).
 */
public interface Conferences extends Capability {

    /** Who is in the room; empty if nobody is. */
    List<Participant> participants(String room);

    /**
     * Calls somebody and puts them into the room once they answer. Sent exactly once. The request's flow must be {@link
     * io.careflow.pstn.flow.Conference} of that room alone.
     */
    Call invite(String room, CallRequest request);

    /** Lets a participant be heard, or not. */
    void mute(String room, CallRef participant, boolean muted);

    /** Ends the call of a participant. One that is not there any more is no error. */
    void remove(String room, CallRef participant);

    /** Ends the calls of all participants. A room that does not exist is no error. */
    void end(String room);

    /**
     * Somebody in a room.
     *
     * @param call their call
     * @param label what the provider calls them; may be empty
     * @param muted whether they are not heard
     * @param rawStatus the provider's word for what they are doing
     */
    record Participant(CallRef call, String label, boolean muted, String rawStatus) {
        public Participant {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(rawStatus, "rawStatus");
        }
    }
}
