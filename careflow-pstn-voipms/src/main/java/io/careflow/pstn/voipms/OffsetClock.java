package io.careflow.pstn.voipms;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** See {@link VoipMsClock#offsetOf}. Days are New York's all the same. */
record OffsetClock(ZoneId zone) implements VoipMsClock {
    private static final BigDecimal HOUR = new BigDecimal(3600);

    @Override
    public BigDecimal hours(Instant first) {
        int seconds = zone.getRules().getOffset(first).getTotalSeconds();
        return new BigDecimal(seconds).divide(HOUR, 4, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    @Override
    public LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, NewYorkClock.ZONE);
    }

    @Override
    public Reading read(LocalDateTime written, BigDecimal hours) {
        int seconds = hours.multiply(HOUR).setScale(0, RoundingMode.HALF_UP).intValueExact();
        return new Reading(written.toInstant(ZoneOffset.ofTotalSeconds(seconds)), false);
    }
}
