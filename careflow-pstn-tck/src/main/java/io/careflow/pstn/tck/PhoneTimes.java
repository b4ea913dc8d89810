package io.careflow.pstn.tck;

import java.time.Duration;

/**
 * What a phone with a clock of its own measured of its last call: what the record of the call is compared with, since only the phone
 * knows how late a busy machine was.
 *
 * @param ring from the moment it rang until it answered, or until it stopped ringing
 * @param talk from its answer to the end; zero when it did not answer
 */
public record PhoneTimes(Duration ring, Duration talk) {}
