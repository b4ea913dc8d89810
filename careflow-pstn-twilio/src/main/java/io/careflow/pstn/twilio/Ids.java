package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.recording.RecordingRef;

/**
 * The SIDs of what references point at, checked before they become part of a path: a reference of another provider, or one that
 * somebody made up, must not lead to another resource.
 *
 * @param provider whose references are welcome
 */
record Ids(ProviderId provider) {

    String call(String operation, CallRef ref) {
        return Sid.require(provider, operation, "call id", "CA", ref.id());
    }

    String recording(String operation, RecordingRef ref) {
        return Sid.require(provider, operation, "recording id", "RE", ref.id());
    }

    /** A text message, or one with media. */
    String message(String operation, MessageRef ref) {
        if (!Sid.is("SM", ref.id()) && !Sid.is("MM", ref.id())) {
            throw new InvalidRequest(Failure.of(
                    provider, operation, Effect.NONE, "message id is not 'SM' or 'MM' and 32 hexadecimal digits"));
        }
        return ref.id();
    }
}
