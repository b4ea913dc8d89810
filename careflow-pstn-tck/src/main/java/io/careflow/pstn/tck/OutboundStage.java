package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.routing.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where the stories of {@link OutboundJourneyConformance} are played: some provider with phones of ours, a network beyond it, and
 * trunks that do as they are told. The stories bring the desk, its credit, its book and its records. The in-memory stage plays in
 * virtual time; another may ring real SIP phones.
 *
 * <p>A stage is used for one story: it is started, then everything is arranged, then calls are made.
 */
public interface OutboundStage extends AutoCloseable {
    /** By how much a record may differ from what happened; zero in virtual time. */
    Duration tolerance();

    /**
     * What the phone outside measured of its last call. Where phones have no clock of their own this is empty, and everything lasts exactly
     * as long as in the story.
     */
    default Optional<PhoneTimes> measuredOutside() {
        return Optional.empty();
    }

    /** The time in which everything happens. */
    Clock clock();

    /**
     * The provider begins: its calls ask this handler, its events go there.
     *
     * @return the providers; the desk gets them from here
     */
    Pstn start(FlowHandler handler, Consumer<CallEvent> events);

    /**
     * The application is started again in the middle of whatever goes on: from now on these are asked and told. What happened before to
     * calls that still go on is told to them too, as far as this provider tells a new application of them.
     */
    void restart(FlowHandler handler, Consumer<CallEvent> events);

    /**
     * Two ways to the public network, the better one first. They may be trunks of one provider, or two providers; their price lists are
     * {@code first} and {@code second}, and any number of ours may be shown.
     */
    List<Route> routes();

    /** The number that the stories show: one that the stage's trunks accept. */
    PhoneNumber callerId();

    /** The phone behind this SIP address behaves like this. Phones of which nothing is said are not registered. */
    void phone(String sipAddress, SimulatedPhone phone);

    /** Whoever calls this number outside over a trunk that works reaches a phone that behaves like this. */
    void outside(PhoneNumber number, SimulatedPhone phone);

    /**
     * Calls over this route never reach the number, but end like this.
     *
     * @return false if the stage has no way to disturb a single route; stories about it are left out then
     */
    boolean disturb(Route route, SimulatedPhone outcome);

    /** The next call is placed, but the answer to it is lost. False if the stage cannot do that; stories about it are left out then. */
    boolean loseNextAnswer();

    /**
     * A phone of ours dials.
     *
     * @return false if phones of this stage cannot dial; stories about it are left out then
     */
    boolean dials(String sipAddress, String dialled, Duration hangsUpAfterTalking);

    /** Lets this much time pass. */
    void pass(Duration time);

    /** Lets time pass until this is so; throws an {@link AssertionError} if it does not come about. */
    void until(BooleanSupplier done);

    /** The prompts that the user heard in the last call, in order; empty where the stage cannot tell. */
    Optional<List<Prompt>> heard();

    /** How many calls were sent out to phones of ours by being placed; empty where the stage cannot tell. */
    Optional<Integer> placed();

    /** What this stage's provider cannot do. Stories that need it check that it is refused by name, before anything rings. */
    default Set<Lack> lacks() {
        return Set.of();
    }

    /** Whether the provider's events say when a leg rings; then {@link CdrTimes#ringing} is checked. */
    default boolean tellsRinging() {
        return true;
    }

    @Override
    void close();

    /** Something that a provider may be unable to do. */
    enum Lack {
        /** Dialling over trunks that the application chooses: its ways to the public network are whole providers then. */
        TRUNKS,
        /** Warning those who talk before they are cut. */
        WARNING,
        /** Telling whether a machine answered. */
        MACHINES,
        /** Proving whose phone it is that dials. {@link OutboundStage#dials} is a call of a stranger then. */
        PHONES
    }
}
