package io.careflow.pstn.recording;

import io.careflow.pstn.Capability;
import io.careflow.pstn.call.CallRef;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Recordings at a provider. Thread-safe. Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect says
 * whether the provider may have acted.
 */
public interface Recordings extends Capability {

    /** The recordings of a call; empty if there are none. */
    List<Recording> list(CallRef call);

    /** The recording, if the provider knows it. */
    Optional<Recording> fetch(RecordingRef recording);

    /**
     * Copies a recording into a sink as it arrives; it is never held in memory whole. The sink stays open.
     *
     * @return the number of bytes written
     * @throws io.careflow.pstn.error.NotFound if it is not there (yet)
     * @throws io.careflow.pstn.error.UnsupportedFeature if the provider does not write this format
     * @throws IOException if the sink fails; what it has taken by then is incomplete
     */
    long download(RecordingRef recording, RecordingFormat format, OutputStream sink) throws IOException;

    /** Deletes a recording for ever. One that does not exist is no error. */
    void delete(RecordingRef recording);

    /**
     * Lets the running recording of a call rest, for a card number or the like.
     *
     * @throws io.careflow.pstn.error.NotFound if none is running
     */
    void pause(CallRef call);

    /**
     * Lets the recording of a call go on.
     *
     * @throws io.careflow.pstn.error.NotFound if none is resting
     */
    void resume(CallRef call);
}
