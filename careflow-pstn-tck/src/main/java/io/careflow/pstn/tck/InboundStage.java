package io.careflow.pstn.tck;

import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the stories of {@link InboundJourneyConformance} are played: an inbound desk over some provider, with phones and
 * callers that do as they are told. The in-memory stage plays in virtual time; another may ring real SIP phones.
 *
 * <p>A stage is used for one story: first everything is arranged, then one caller calls.
 */
public interface InboundStage extends AutoCloseable {
    /** What callers hear on this stage. */
    InboundPrompts prompts();

    /** By how much a record may differ from what happened; zero in virtual time. */
    Duration tolerance();

    /**
     * What the phone of this SIP address measured of its last call. Where phones have no clock of their own this is empty, and everything
     * lasts exactly as long as in the story.
     */
    default Optional<PhoneTimes> measured(String sipAddress) {
        return Optional.empty();
    }

    /** The desk works with these settings. Called before the call; the last ones count. */
    void settings(InboundSettings settings);

    /** The desk has these limits of callers, counted from nothing. Without it there are none. */
    void guardedBy(InboundLimits limits);

    /** There is this user. */
    void user(User user);

    /** There is this number. */
    void did(Did did);

    /** The phone of this SIP address behaves like this. Phones of which nothing is said are not registered. */
    void phone(String sipAddress, SimulatedPhone phone);

    /** Every look-up fails from now on. */
    void directoryDown();

    /** Lets somebody call, waits until the call is over, and hands over its record. */
    Cdr call(SimulatedCaller caller);

    /** The prompts that the last caller heard, in order; empty where the stage cannot tell. */
    Optional<List<Prompt>> heard();

    @Override
    void close();
}
