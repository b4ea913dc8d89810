package io.careflow.pstn.telnyx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a caller hears while somebody's phone rings, for callers whose call is answered already: 440 and 480 Hz together, two
 * seconds on and four off (ITU-T E.180, North America), as one period of a WAV file of 8000 samples a second, 8 bits each.
 */
final class Ringback {
    private static final int RATE = 8000;
    private static final int ON = 2;
    private static final int PERIOD = 6;
    private static final int HEADER = 44;
    private static final int SILENCE = 128;
    private static final double LOUDNESS = 24;

    private final String base64;

    Ringback() {
        base64 = Base64.getEncoder().encodeToString(wav());
    }

    /** The file in Base64. */
    String base64() {
        return base64;
    }

    private static byte[] wav() {
        int samples = RATE * PERIOD;
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF"))
                .putInt(HEADER - 8 + samples)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        header.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE);
        header.putShort((short) 1).putShort((short) 8).put(ascii("data")).putInt(samples);
        ByteArrayOutputStream file = new ByteArrayOutputStream(HEADER + samples);
        file.writeBytes(header.array());
        for (int i = 0; i < samples; i++) {
            file.write(i < RATE * ON ? tone(i) : SILENCE);
        }
        return file.toByteArray();
    }

    private static int tone(int sample) {
        double time = 2 * Math.PI * sample / RATE;
        return (int) Math.round(SILENCE + LOUDNESS * (Math.sin(440 * time) + Math.sin(480 * time)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
