package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.http.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoipMsClockTest {
    private static final VoipMsClock NEW_YORK = VoipMsClock.newYork();

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T07:00:00, 2026-01-15T12:00:00Z, false",
        "2026-07-15T08:00:00, 2026-07-15T12:00:00Z, false",
        "2026-03-08T01:59:59, 2026-03-08T06:59:59Z, false",
        "2026-03-08T03:00:00, 2026-03-08T07:00:00Z, false",
        "2026-11-01T00:59:59, 2026-11-01T04:59:59Z, false",
        "2026-11-01T01:30:00, 2026-11-01T05:30:00Z, true",
        "2026-11-01T02:00:00, 2026-11-01T07:00:00Z, false"
    })
    @DisplayName("DST days in America/New_York: the hour that comes twice is the earlier one, and marked")
    void daylightSavingDays(LocalDateTime written, Instant meant, boolean ambiguous) {
        BigDecimal hours = NEW_YORK.hours(meant);

        assertThat(hours).isEqualByComparingTo("-5");
        assertThat(NEW_YORK.read(written, hours)).isEqualTo(new VoipMsClock.Reading(meant, ambiguous));
    }

    @Test
    @DisplayName("the other strategy names the offset of its zone, and reads times by it")
    void offsets() {
        VoipMsClock kolkata = VoipMsClock.offsetOf(ZoneId.of("Asia/Kolkata"));
        VoipMsClock newYork = VoipMsClock.offsetOf(ZoneId.of("America/New_York"));
        Instant summer = Instant.parse("2026-07-15T12:00:00Z");

        assertThat(kolkata.hours(summer)).isEqualByComparingTo("5.5");
        assertThat(kolkata.read(LocalDateTime.parse("2026-07-15T17:30:00"), kolkata.hours(summer)))
                .isEqualTo(new VoipMsClock.Reading(summer, false));
        assertThat(newYork.hours(summer)).isEqualByComparingTo("-4");
        assertThat(newYork.hours(Instant.parse("2026-01-15T12:00:00Z"))).isEqualByComparingTo("-5");
        assertThat(RecordDays.of(kolkata, summer, summer).get(0).timezone()).isEqualTo("5.5");
    }

    @Test
    @DisplayName("92-day chunking: months of at most 31 days that leave no day out, with a day more on both sides")
    void chunks() {
        Instant from = Instant.parse("2026-01-15T05:00:00Z"); // midnight in New York
        List<RecordDays> all = RecordDays.of(NEW_YORK, from, from.plus(Duration.ofDays(92)));

        assertThat(all.get(0).first()).isEqualTo(LocalDate.parse("2026-01-14"));
        assertThat(all.get(all.size() - 1).last()).isEqualTo(LocalDate.parse("2026-04-18"));
        for (int at = 0; at < all.size(); at++) {
            RecordDays days = all.get(at);
            assertThat(days.last().toEpochDay() - days.first().toEpochDay()).isBetween(0L, 30L);
            if (at > 0) {
                assertThat(days.first()).isEqualTo(all.get(at - 1).last().plusDays(1));
            }
        }
    }

    @Test
    @DisplayName("a short span around midnight in New York asks for the days on both sides of it")
    void midnight() {
        List<RecordDays> all =
                RecordDays.of(NEW_YORK, Instant.parse("2026-07-15T03:59:00Z"), Instant.parse("2026-07-15T04:01:00Z"));

        assertThat(all).singleElement().satisfies(days -> {
            assertThat(days.first()).isEqualTo(LocalDate.parse("2026-07-13"));
            assertThat(days.last()).isEqualTo(LocalDate.parse("2026-07-16"));
        });
    }

    @Test
    @DisplayName("days are halved down to one, and none gets lost")
    void halves() {
        RecordDays three = RecordDays.of(NEW_YORK, LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-03"));
        List<RecordDays> halves = three.halves();

        assertThat(halves).hasSize(2);
        assertThat(halves.get(0).last()).isEqualTo(LocalDate.parse("2026-03-01"));
        assertThat(halves.get(1).first()).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(halves.get(1).last()).isEqualTo(LocalDate.parse("2026-03-03"));
        assertThat(halves.get(0).halves()).containsExactly(halves.get(0));
    }

    @ParameterizedTest
    @CsvSource({"0000-00-00", "0000-00-00 00:00:00", "''"})
    @DisplayName("dates 0000-00-00 are no moment")
    void zeros(String written) {
        assertThat(day().moment(row(written), "date")).isEmpty();
    }

    @Test
    @DisplayName("a date that cannot be read is said, and not quoted")
    void nonsense() {
        assertThatThrownBy(() -> day().moment(row("yesterday"), "date"))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("date")
                .hasMessageNotContaining("yesterday");
    }

    @ParameterizedTest
    @CsvSource({"01:02:03, PT1H2M3S", "02:05, PT2M5S", "75, PT75S", "00:00:00, PT0S"})
    @DisplayName("lengths have two or three parts, or are seconds")
    void lengths(String written, Duration length) {
        assertThat(RecordDays.length(row(written), "date")).contains(length);
    }

    private static RecordDays day() {
        return RecordDays.of(NEW_YORK, LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-01"));
    }

    private static Fields row(String written) {
        return Fields.of(
                new ProviderId("voipms"),
                "cdr.pull",
                JsonNodeFactory.instance.objectNode().put("date", written));
    }
}
