package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.cdr.Cdr;
import org.jspecify.annotations.Nullable;

/** Adds to a record what its events could not tell, before it is priced and stored. Thread-safe. */
@FunctionalInterface
public interface CdrCompletion {

    /**
     * The record as it is to be stored, of the same call.
     *
     * @param command the command that placed the call, or null if that is not known
     */
    Cdr complete(Cdr cdr, @Nullable CommandId command);
}
