package io.careflow.pstn.lab;

import java.time.Duration;

/**
 * What an {@link RtpProbe} received.
 *
 * @param packets number of audio packets
 * @param lost packets missing in the sequence
 * @param audio length of the audio received
 * @param rms loudness from 0 to 1 over all of it
 */
public record RtpStats(long packets, long lost, Duration audio, double rms) {}
