package io.careflow.pstn.consent;

import io.careflow.pstn.call.CallRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one party of a call was told or asked about its recording, and what came of it. Never changed: a later record of the same party
 * says what became of it.
 *
 * @param call whose recording; the natural key of its CDR
 * @param party the name of the party
 * @param place where they are, or are taken to be
 * @param action what was asked for
 * @param rule why, in one line: {@link ConsentDecision.Ruling#because}; at most 1000 characters
 * @param wording the id of what was said, or null if nothing was
 * @param answer what came of it
 * @param at when
 * @param noticeAt where the notice begins within the recording, or null if it is not in it or that is not known
 */
public record ConsentRecord(
        CallRef call,
        String party,
        Jurisdiction place,
        ConsentAction action,
        String rule,
        @Nullable String wording,
        Answer answer,
        Instant at,
        @Nullable Duration noticeAt) {
    private static final int LONGEST = 1000;

    public ConsentRecord {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(party, "party");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(at, "at");
        if (rule.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "rule has " + rule.length() + " characters; allowed are " + LONGEST + " at most");
        }
        if (noticeAt != null && noticeAt.isNegative()) {
            throw new IllegalArgumentException("noticeAt is " + noticeAt + "; allowed are PT0S and more, or null");
        }
    }

    /** The same party, with what came of it. */
    public ConsentRecord became(Answer value, Instant when, @Nullable Duration offset) {
        return new ConsentRecord(call, party, place, action, rule, wording, value, when, offset);
    }

    /** What came of it. */
    public enum Answer {
        /** The notice is about to be played, or the question asked; nothing is known yet. */
        PENDING,
        /** They pressed the key. */
        GIVEN,
        /** They pressed another key, or none: the call goes on, the recording does not. */
        REFUSED,
        /** The notice was played to them to its end, and they stayed. */
        ANNOUNCED,
        /** Nothing had to be said. */
        NOT_NEEDED,
        /** Something had to be said or asked and there was no way to: the call goes on, nothing is recorded. */
        NOT_ASKED
    }
}
