package io.careflow.pstn.tck;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A tone of 400 Hz as a WAV file: 8000 samples a second of 8 bits, mono. The same bytes for the same length. */
final class WaveFile {
    private static final int RATE = 8000;
    private static final int HEADER = 44;
    private static final int HALF_WAVE = 10;
    private static final int LOW = 112;
    private static final int HIGH = 144;

    private WaveFile() {}

    /** Writes a tone of this length, and tells how many bytes that were. */
    static long write(Duration length, OutputStream sink) throws IOException {
        int samples = Math.toIntExact(length.toMillis() * (RATE / 1000));
        sink.write(header(samples));
        byte[] second = tone();
        for (int left = samples; left > 0; left -= RATE) {
            sink.write(second, 0, Math.min(left, RATE));
        }
        return (long) HEADER + samples;
    }

    private static byte[] header(int samples) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(HEADER - 8 + samples).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        header.putInt(RATE).putInt(RATE).putShort((short) 1).putShort((short) 8);
        return header.put(ascii("data")).putInt(samples).array();
    }

    private static byte[] tone() {
        byte[] second = new byte[RATE];
        for (int i = 0; i < RATE; i++) {
            second[i] = (byte) (i / HALF_WAVE % 2 == 0 ? HIGH : LOW);
        }
        return second;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
