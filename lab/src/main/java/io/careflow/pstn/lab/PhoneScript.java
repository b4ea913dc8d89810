package io.careflow.pstn.lab;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a called party does with every call.
 *
 * @param ringing whether it says 180 at once (183 with audio when {@code earlyMedia})
 * @param earlyMedia whether it sends audio before the answer
 * @param after when it answers or refuses; null for never
 * @param status 200 to answer, otherwise the refusal, for example 486
 * @param talk when it hangs up after the answer; null to wait for the other side
 */
public record PhoneScript(
        boolean ringing,
        boolean earlyMedia,
        @Nullable Duration after,
        int status,
        @Nullable Duration talk) {

    /** Rings, answers after the time, and waits for the other side to hang up. */
    public static PhoneScript answer(Duration after) {
        return new PhoneScript(true, false, after, 200, null);
    }

    /** Rings and is busy after the time. */
    public static PhoneScript busy(Duration after) {
        return refuse(486, after);
    }

    /** Rings and declines after the time. */
    public static PhoneScript decline(Duration after) {
        return refuse(603, after);
    }

    /** Rings and refuses with any status after the time. */
    public static PhoneScript refuse(int status, Duration after) {
        return new PhoneScript(true, false, after, status, null);
    }

    /** Rings until the caller gives up, or the test answers or refuses for it. */
    public static PhoneScript ring() {
        return new PhoneScript(true, false, null, 200, null);
    }

    /** The same, hanging up this long after the answer. */
    public PhoneScript hangUpAfter(Duration time) {
        return new PhoneScript(ringing, earlyMedia, after, status, time);
    }

    /** The same, with 183 and audio instead of 180. */
    public PhoneScript withEarlyMedia() {
        return new PhoneScript(ringing, true, after, status, talk);
    }

    /** The same, without any provisional response. */
    public PhoneScript silent() {
        return new PhoneScript(false, false, after, status, talk);
    }

    String statusLine() {
        return switch (status) {
            case 200 -> "486 Busy Here";
            case 404 -> "404 Not Found";
            case 408 -> "408 Request Timeout";
            case 480 -> "480 Temporarily Unavailable";
            case 486 -> "486 Busy Here";
            case 503 -> "503 Service Unavailable";
            case 603 -> "603 Decline";
            case 607 -> "607 Unwanted";
            case 608 -> "608 Rejected";
            default -> status + " Refused";
        };
    }
}
