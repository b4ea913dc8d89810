package io.careflow.pstn.recording;

/** How a recording is written. */
public enum RecordingFormat {
    /** Uncompressed, for machines. */
    WAV,
    /** Compressed, for people. */
    MP3
}
