package io.careflow.pstn.cdr;

import io.careflow.pstn.call.CallRef;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps CDRs. Thread-safe. Failures of the store are thrown as unchecked exceptions of the implementation. */
public interface CdrStore {

    /** Keeps a record, once. Safe to repeat. */
    Appended append(Cdr cdr);

    /** The record of a call. */
    Optional<Cdr> find(CallRef call);

    /** Hands over every record that matches, in the order the calls started, without holding all in memory. */
    void each(CdrQuery query, Consumer<Cdr> consumer);
}
