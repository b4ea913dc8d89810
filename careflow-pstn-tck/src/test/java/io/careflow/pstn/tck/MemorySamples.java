package io.careflow.pstn.tck;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The samples with the ids that the in-memory carrier gives. */
final class MemorySamples implements Samples {
    @Override
    public String reservationId() {
        return "reservation-00000001";
    }

    @Override
    public String callId() {
        return "call-00000001";
    }

    @Override
    public String otherCallId() {
        return "call-00000002";
    }

    @Override
    public String messageId() {
        return "message-00000001";
    }

    @Override
    public String recordingId() {
        return "recording-00000001";
    }

    @Override
    public byte[] recordingBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            WaveFile.write(Duration.ofSeconds(1), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
