package io.careflow.pstn.consent;

import io.careflow.pstn.call.CallRef;
import java.util.List;

/**
 * Keeps what parties were asked and answered, beside the call records. Only grows. Thread-safe. Failures are thrown as unchecked
 * exceptions of the implementation.
 */
public interface ConsentLog {

    /** Keeps a record. One that is equal to a kept one is not kept twice. */
    void keep(ConsentRecord consent);

    /** All records of a call, in the order in which they were kept. */
    List<ConsentRecord> of(CallRef call);
}
