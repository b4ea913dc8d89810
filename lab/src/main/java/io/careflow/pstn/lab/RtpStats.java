package io.careflow.pstn.lab;

import java.time.Duration;

/**
 * What an {@link RtpProbe} received.
 *
 * @param packets number of audio packets
 * @param lost packets missing in the sequence
 * @param audio length of the audio received
 * @param sound length of those packets that were not (nearly) silent: louder than 1 % of full scale
 * @param rms loudness from 0 to 1 over all of it
 */
public record RtpStats(long packets, long lost, Duration audio, Duration sound, double rms) {}
