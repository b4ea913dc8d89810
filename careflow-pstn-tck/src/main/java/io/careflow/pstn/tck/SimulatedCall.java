package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Step;
import java.util.List;
import java.util.Optional;

/** A call of the in-memory provider, to look at from outside. Grows while virtual time passes. */
public interface SimulatedCall {
    /** Which call. */
    CallRef ref();

    /** Whether it has ended. */
    boolean isOver();

    /** Everything that happened to it so far, in true order. */
    List<CallEvent> events();

    /** What the person on the line heard so far, with the moment at which it began. */
    List<Heard> heard();

    /** Its record, not rated; empty until it is over. */
    Optional<Cdr> cdr();

    /** The prompts that the person heard, also those that were interrupted. */
    default List<Prompt> prompts() {
        return heard().stream()
                .map(Heard::step)
                .filter(Prompt.class::isInstance)
                .map(Prompt.class::cast)
                .toList();
    }

    /** The steps that the person heard: prompts and digits. */
    default List<Step> steps() {
        return heard().stream().map(Heard::step).toList();
    }
}
