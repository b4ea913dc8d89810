package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.List;

/**
 * What became of many calls.
 *
 * @param created calls begun
 * @param successful calls that were answered and went through their script
 * @param failed all others
 * @param retransmissions SIP messages that had to be sent again
 * @param elapsed time from the first call to the end of the last
 * @param answers times from INVITE to 200, sorted; their clock ticks in steps of about 4 ms
 */
public record LoadResult(
        int created, int successful, int failed, int retransmissions, Duration elapsed, List<Duration> answers) {

    /** Time within which this share (0 to 1) of the answered calls was answered; zero when none was. */
    public Duration answeredWithin(double share) {
        if (answers.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(share * answers.size()) - 1;
        return answers.get(Math.max(0, Math.min(rank, answers.size() - 1)));
    }
}
