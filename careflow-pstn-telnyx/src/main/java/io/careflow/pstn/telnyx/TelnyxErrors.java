package io.careflow.pstn.telnyx;

import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.http.Refusal.Kind;

/** Telnyx's error codes as failures. The HTTP status comes first, because one code has several meanings. */
final class TelnyxErrors {

    /** What the body of an error says. A body that is no JSON leaves the status to speak. */
    Refusal refusal(HttpReply reply) {
        return reply.status() == 429 ? new Refusal(Kind.THROTTLED, null, null) : Refusal.byStatus();
    }
}
