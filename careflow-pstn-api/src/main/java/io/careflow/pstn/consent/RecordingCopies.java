package io.careflow.pstn.consent;

import io.careflow.pstn.cdr.Cdr;

/** The application's own copies of recordings, such as files that it downloaded. */
@FunctionalInterface
public interface RecordingCopies {

    /** There are none. */
    RecordingCopies NONE = cdr -> {};

    /** Deletes every copy of this call's recording. None is no error; a copy that stays is, and throws. */
    void delete(Cdr cdr);
}
