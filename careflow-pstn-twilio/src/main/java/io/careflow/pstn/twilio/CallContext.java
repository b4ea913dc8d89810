package io.careflow.pstn.twilio;

import java.time.Instant;

/**
 * What {@link TwimlRenderer} must know of the call whose flow it renders.
 *
 * @param call the call's sid; empty for a call that is being placed and has none yet
 * @param number grows with every flow of one call
 * @param answer whether it is answered
 * @param now when the flow is handed to Twilio
 */
record CallContext(String call, long number, AnswerMark answer, Instant now) {

    /** A call that arrived just now and is not answered. */
    static CallContext arriving(String call, Instant now) {
        return new CallContext(call, 1, AnswerMark.NOT_ANSWERED, now);
    }

    /** A call that is being placed: its flow runs once it is answered, which its status callback tells. */
    static CallContext placing(Instant now) {
        return new CallContext("", 1, AnswerMark.TOLD, now);
    }

    /**
     * A call that is redirected from outside, whatever it was doing. Its number is the second, which is more than any call
     * counts up to by itself.
     */
    static CallContext redirecting(String call, boolean answered, Instant now) {
        return new CallContext(call, now.getEpochSecond(), answered ? AnswerMark.TOLD : AnswerMark.NOT_ANSWERED, now);
    }

    /** The same once our reply answers the call at this moment. Nothing changes if it is answered. */
    CallContext answering(Instant at) {
        return answer.isAnswered() ? this : new CallContext(call, number, AnswerMark.by(at), now);
    }

    /** The same call at its next flow. */
    CallContext next() {
        return new CallContext(call, number + 1, answer, now);
    }
}
