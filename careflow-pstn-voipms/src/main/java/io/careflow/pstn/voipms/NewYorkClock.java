package io.careflow.pstn.voipms;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** See {@link VoipMsClock#newYork}. */
record NewYorkClock() implements VoipMsClock {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final BigDecimal WINTER = new BigDecimal("-5");

    @Override
    public BigDecimal hours(Instant first) {
        return WINTER;
    }

    @Override
    public LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }

    // A time of the hour that summer time leaves out does not occur; Java moves it on by that hour.
    @Override
    public Reading read(LocalDateTime written, BigDecimal hours) {
        boolean twice = ZONE.getRules().getValidOffsets(written).size() > 1;
        return new Reading(written.atZone(ZONE).withEarlierOffsetAtOverlap().toInstant(), twice);
    }
}
