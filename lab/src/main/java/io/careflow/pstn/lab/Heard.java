package io.careflow.pstn.lab;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Counts and keeps the end of a received audio stream. */
final class Heard {

    private static final double SILENCE = 0.01;

    private final short[] recent = new short[2 * Tone.RATE];
    private long samples;
    private long packets;
    private long lost;
    private long loudSamples;
    private double energy;
    private int lastSequence = -1;
    private int stream;

    synchronized void packet(ByteBuffer rtp) {
        int sequence = rtp.getShort(2) & 0xffff;
        int from = rtp.getInt(8);
        if (lastSequence >= 0 && from == stream) {
            int step = (sequence - lastSequence) & 0xffff;
            if (step > 1 && step < 0x8000) {
                lost += step - 1;
            }
        }
        stream = from;
        lastSequence = sequence;
        packets++;
        double loudness = 0;
        for (int i = 12; i < rtp.limit(); i++) {
            int value = Tone.decode(rtp.get(i));
            recent[(int) (samples++ % recent.length)] = (short) value;
            loudness += (double) value * value;
        }
        energy += loudness;
        int length = rtp.limit() - 12;
        if (Math.sqrt(loudness / length) > SILENCE * 32_768) {
            loudSamples += length;
        }
    }

    synchronized RtpStats stats() {
        double rms = samples == 0 ? 0 : Math.sqrt(energy / samples) / 32_768;
        return new RtpStats(packets, lost, length(samples), length(loudSamples), rms);
    }

    private static Duration length(long samples) {
        return Duration.ofMillis(samples * 1000 / Tone.RATE);
    }

    /** The newest samples, fewer when fewer were heard. */
    synchronized short[] last(int count) {
        int size = (int) Math.min(count, samples);
        short[] copy = new short[size];
        for (int i = 0; i < size; i++) {
            copy[i] = recent[(int) ((samples - size + i) % recent.length)];
        }
        return copy;
    }

    synchronized void reset() {
        samples = 0;
        loudSamples = 0;
        packets = 0;
        lost = 0;
        energy = 0;
        lastSequence = -1;
    }
}
