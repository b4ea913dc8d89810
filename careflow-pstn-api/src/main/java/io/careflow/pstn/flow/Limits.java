package io.careflow.pstn.flow;

import java.time.Duration;

final class Limits {
    private Limits() {}

    static void within(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed are " + least + " to " + most);
        }
    }

    static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed are " + least + " to " + most);
        }
    }
}
