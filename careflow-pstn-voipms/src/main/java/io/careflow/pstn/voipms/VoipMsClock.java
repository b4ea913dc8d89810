package io.careflow.pstn.voipms;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;

/**
 * How VoIP.ms's times are meant. Call records and messages carry times without a zone; a request says in {@code timezone} how many
 * hours they are to be shifted, and which days it is about. What VoIP.ms makes of the hours is not documented, and those who
 * watched it do not agree, so it can be exchanged in {@link VoipMsBuilder#recordClock}. Thread-safe.
 */
public interface VoipMsClock {

    /**
     * The hours that a request names.
     *
     * @param first the first moment that it is about
     * @return -12 to 13, fractions allowed
     */
    BigDecimal hours(Instant first);

    /** The day by which VoIP.ms finds what happened at this moment. */
    LocalDate day(Instant moment);

    /**
     * The moment that a time in an answer means.
     *
     * @param written as it stands there
     * @param hours what the request named
     */
    Reading read(LocalDateTime written, BigDecimal hours);

    /**
     * Hours count from New York's winter, and its clock with its summer time goes into them: so -5 is named at any time of the
     * year, and times are New York's. The strategy of clients that run in production, and the default.
     */
    static VoipMsClock newYork() {
        return new NewYorkClock();
    }

    /**
     * Hours are what they are called: the offset from UTC of the times in the answer. Names the offset of this zone at the first
     * moment that a request is about, and reads times by the same.
     */
    static VoipMsClock offsetOf(ZoneId zone) {
        return new OffsetClock(Objects.requireNonNull(zone, "zone"));
    }

    /**
     * What a time means.
     *
     * @param instant the moment; of two that the time may mean the earlier
     * @param ambiguous whether it may mean another too, as in the hour that comes twice when summer time ends
     */
    record Reading(Instant instant, boolean ambiguous) {
        public Reading {
            Objects.requireNonNull(instant, "instant");
        }
    }
}
