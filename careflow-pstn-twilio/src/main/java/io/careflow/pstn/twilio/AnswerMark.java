package io.careflow.pstn.twilio;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call being answered. Twilio does not say when: a call is answered when Twilio runs the first verb that
 * needs it. So the moment of our reply is remembered, and told once Twilio confirms that the call is in progress.
 *
 * @param state what is known
 * @param at when our reply answered it, only while that is to be told
 */
record AnswerMark(State state, @Nullable Instant at) {
    static final AnswerMark NOT_ANSWERED = new AnswerMark(State.NOT_ANSWERED, null);
    static final AnswerMark TOLD = new AnswerMark(State.TOLD, null);

    /** Our reply answers it at this moment. */
    static AnswerMark by(Instant reply) {
        return new AnswerMark(State.TO_BE_TOLD, reply);
    }

    boolean isAnswered() {
        return state != State.NOT_ANSWERED;
    }

    String write() {
        return at == null ? (isAnswered() ? "t" : "") : Long.toString(at.toEpochMilli());
    }

    static AnswerMark read(String text) {
        if (text.isEmpty()) {
            return NOT_ANSWERED;
        }
        return text.equals("t") ? TOLD : by(Instant.ofEpochMilli(Long.parseLong(text)));
    }

    enum State {
        NOT_ANSWERED,
        TO_BE_TOLD,
        TOLD
    }
}
