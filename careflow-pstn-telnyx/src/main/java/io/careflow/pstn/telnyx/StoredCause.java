package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.HangupCause;
import org.jspecify.annotations.Nullable;

/** A cause as it is kept. */
record StoredCause(int q850, @Nullable Integer sip, String text) {
    static StoredCause of(HangupCause cause) {
        return new StoredCause(cause.q850(), cause.sipStatus(), cause.text());
    }

    HangupCause cause() {
        return new HangupCause(q850, sip, text);
    }
}
