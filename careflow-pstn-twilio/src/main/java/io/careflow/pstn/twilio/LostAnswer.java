package io.careflow.pstn.twilio;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Finds out what a create did whose answer was lost, from what Twilio lists afterwards. Twilio keeps no key of ours, so only a
 * thing that no other command of this process can have made is taken for the lost one; in every other case the failure stays,
 * and says what was found. What another process made meanwhile cannot be told from ours. Immutable.
 *
 * @param doubt what was lost
 * @param noun what was to be made, such as "call"
 */
record LostAnswer(Commands.Doubt doubt, String noun) {
    /** How far Twilio's clock may be from ours. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** How long after our patience ended Twilio may still have made it. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** From when on a thing may be the lost one. */
    Instant since() {
        return doubt.begun().minus(SLACK);
    }

    /** From when on a command of ours that ended in doubt may have made a thing that is taken for this one. */
    Instant rivalsSince() {
        return since().minus(LATE);
    }

    /**
     * The lost one among those that are listed.
     *
     * @param listing asks Twilio for what fits the command
     * @param taken SIDs that other commands are known to have made; asked after the list was read, so that a command which got
     *     onto the list meanwhile is known
     * @param rivals how many other commands of this process may have made one of these; asked after the list was read
     * @throws PstnException the failure, with what was found
     */
    Fields find(Supplier<List<Fields>> listing, Supplier<Set<String>> taken, IntSupplier rivals) {
        List<Fields> candidates;
        int others;
        try {
            List<Fields> listed = listing.get();
            others = rivals.getAsInt();
            Set<String> known = taken.get();
            candidates = listed.stream()
                    .filter(fields -> !known.contains(fields.requireText("sid")) && mayBeIt(fields))
                    .toList();
        } catch (PstnException e) {
            PstnException failure = failure("and looking for the " + noun + " failed");
            failure.addSuppressed(e);
            throw failure;
        }
        if (candidates.isEmpty()) {
            throw failure("Twilio lists no such " + noun + " since then");
        }
        if (candidates.size() > 1) {
            throw failure("Twilio lists " + candidates.size() + " such " + noun
                    + "s since then, and which is ours cannot be told");
        }
        if (others > 0) {
            throw failure("Twilio lists one such " + noun + " since then, but " + others
                    + " other command(s) of this process may have made it");
        }
        return candidates.get(0);
    }

    // Without any date it may have been made just now.
    private boolean mayBeIt(Fields fields) {
        Optional<Instant> made = fields.instant("date_created").or(() -> fields.instant("start_time"));
        return made.isEmpty()
                || (!made.get().isBefore(since())
                        && made.get().isBefore(doubt.ended().plus(LATE)));
    }

    private PstnException failure(String found) {
        PstnException lost = doubt.failure();
        Failure facts = lost.failure();
        Failure failure = new Failure(
                facts.provider(),
                facts.operation(),
                Effect.UNKNOWN,
                facts.reason() + "; " + found,
                facts.code(),
                facts.httpStatus(),
                facts.requestId(),
                facts.retryAfter());
        return lost instanceof ProtocolError
                ? new ProtocolError(failure, lost)
                : new ProviderUnavailable(failure, lost);
    }
}
