package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpTransport;

/** Places a call once, and looks it up where the reply leaves doubt. */
final class DoubtfulOriginate {
    private final AriRest rest;
    private final HttpTransport http;

    DoubtfulOriginate(AriRest rest, HttpTransport http) {
        this.rest = rest;
        this.http = http;
    }

    Originated place(HttpCall call, String channelId) {
        try {
            http.send(call);
            return Originated.CONFIRMED;
        } catch (PstnException doubt) {
            if (doubt.effect() == Effect.NONE) {
                throw doubt;
            }
            if (isThere(channelId, doubt)) {
                return Originated.FOUND;
            }
            throw settled(doubt);
        }
    }

    private boolean isThere(String channelId, PstnException doubt) {
        try {
            return rest.channel(channelId).isPresent();
        } catch (PstnException lookup) {
            doubt.addSuppressed(lookup);
            throw doubt;
        }
    }

    // Asterisk answers 500 when it could not even create the channel (unknown or unregistered endpoint). With the
    // answer
    // here and the channel absent there is no doubt left. Without an answer there is: the request may still be waiting.
    private static PstnException settled(PstnException doubt) {
        Failure known = doubt.failure();
        boolean answered = doubt.httpStatus().orElse(0) == 500;
        Failure failure = new Failure(
                known.provider(),
                known.operation(),
                answered ? Effect.NONE : Effect.UNKNOWN,
                answered
                        ? "Asterisk could not create the channel; is the endpoint known and registered?"
                        : known.reason() + "; the channel was not there when looked up",
                known.code(),
                known.httpStatus(),
                known.requestId(),
                known.retryAfter());
        return new ProviderUnavailable(failure, doubt);
    }
}
