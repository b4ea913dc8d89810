package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.recording.Recording;
import java.time.Instant;
import java.util.List;

/**
 * The recordings of an account as VoIP.ms lists them: by account and time. What it lists them by is not the id of a call, so
 * {@link io.careflow.pstn.recording.Recordings#list} has to look for those whose account, beginning and length fit the call's
 * record. Thread-safe.
 */
public interface AccountRecordings extends Capability {

    /**
     * The recordings of calls that began in this span, the earliest first, each once.
     *
     * @param account the main account or a sub-account, such as {@code 100001_clinic}: the id of a trunk
     * @param from first instant
     * @param to first instant that does not count any more
     * @throws IllegalArgumentException if the span is empty or the account no login of VoIP.ms
     * @throws io.careflow.pstn.error.PstnException if VoIP.ms fails
     */
    List<Recording> list(String account, Instant from, Instant to);
}
