package io.careflow.pstn.csv;

import static io.careflow.pstn.csv.Lists.deck;
import static io.careflow.pstn.csv.Lists.load;
import static io.careflow.pstn.csv.Lists.plain;
import static io.careflow.pstn.csv.Lists.problems;
import static io.careflow.pstn.csv.Lists.rates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeckReaderTest {
    private static final String HEADER = "prefix,price,increments\n";
    private static final List<String> TWO = List.of("1416: 0.012/min 60/6", "44: 0.02/min 1/1");

    @Test
    void readsColumnsByTheirHeadersInAnyOrder() {
        assertThat(
                        rates(
                                load(
                                        CsvFormat.builder()
                                                .column(RateColumn.PREFIX, "Dial Code")
                                                .column(RateColumn.PRICE, "Rate (USD)")
                                                .column(RateColumn.INCREMENTS, "Billing"),
                                        "Country, rate (usd) ,DIAL CODE,Billing\nUK,0.02,+44,1/1\n\"Canada, Toronto\",0.012,1416,60/6\n")))
                .isEqualTo(TWO);
    }

    @Test
    void readsColumnsByTheirPlaces() {
        CsvFormatBuilder format = CsvFormat.builder()
                .column(RateColumn.PRICE, 2)
                .column(RateColumn.PREFIX, 0)
                .increments(60, 6);
        assertThat(rates(load(format, "1416,Toronto,0.012\n"))).containsExactly("1416: 0.012/min 60/6");
        assertThat(problems(load(format, "1416,Toronto,0.012\n44,0.02\n")))
                .containsExactly("line 2: the row has 2 fields, but needs 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEndAndNoneAtTheEnd(String end) {
        assertThat(rates(load(plain(), String.join(end, "prefix,price,increments", "1416,0.012,60/6", "44,0.02,1/1"))))
                .isEqualTo(TWO);
    }

    @Test
    void readsQuotesWithLineEndsAndCountsTheirLines() {
        String text = "prefix,name,price,increments\n44,\"Great\nBritain\n\"\"UK\"\"\",0.02,1/1\n1416,x,oops,60/6\n";
        assertThat(problems(load(plain(), text)))
                .containsExactly("line 5, price: not a decimal with a decimal point: 'oops'");
        assertThat(rates(load(plain(), text.replace("oops", "0.012")))).isEqualTo(TWO);
    }

    @Test
    void readsAByteOrderMark() {
        String text = "\uFEFF\"prefix\",price,increments\n1416,0.012,60/6\n44,0.02,1/1\n";
        assertThat(rates(load(plain(), text))).isEqualTo(TWO);
        assertThat(rates(load(plain(), text.getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo(TWO);
    }

    @Test
    void readsOtherEncodings() {
        CsvFormatBuilder format = CsvFormat.builder()
                .column(RateColumn.PREFIX, "Pr\u00e9fixe")
                .column(RateColumn.PRICE, "Prix")
                .increments(1, 1);
        String text = "Pr\u00e9fixe,Prix\n44,0.02\n";
        byte[] latin = text.getBytes(Charset.forName("windows-1252"));
        assertThat(rates(load(format.charset(Charset.forName("windows-1252")), latin)))
                .containsExactly("44: 0.02/min 1/1");
        assertThat(problems(load(format.charset(StandardCharsets.UTF_8), latin)))
                .singleElement()
                .asString()
                .startsWith("line 1, Pr\u00e9fixe: the header has no such column");
    }

    @Test
    void saysWhereBytesAreNotOfTheEncoding() {
        byte[] bytes = (HEADER + "1416,0.01\u00e9,60/6\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems(load(plain(), bytes)))
                .containsExactly("line 2, price: has bytes that are not UTF-8: '0.01\uFFFD'");
    }

    @Test
    void readsTheDialectOfTheContinent() {
        CsvFormatBuilder format =
                plain().separator(';').quote('\'').decimalComma().unit(PriceUnit.HUNDREDTHS_PER_MINUTE);
        String text = "'prefix';price;increments\n1416;'1,2';60/6\n44;2;1/1\n";
        assertThat(rates(load(format, text))).isEqualTo(TWO);
        assertThat(problems(load(format, text.replace("1,2", "1.2"))))
                .containsExactly("line 2, price: not a decimal with a decimal comma: '1.2'");
    }

    @ParameterizedTest
    @CsvSource({
        "PER_MINUTE, 0.012, 0.012",
        "PER_SECOND, 0.0002, 0.012",
        "HUNDREDTHS_PER_MINUTE, 1.2, 0.012",
        "HUNDREDTHS_PER_SECOND, 0.02, 0.012"
    })
    void readsPricesInTheirUnit(PriceUnit unit, String written, String perMinute) {
        Rate rate = deck(load(plain().unit(unit), HEADER + "1," + written + ",1/1\n"))
                .rate(0);
        assertThat(rate.perMinute()).isEqualByComparingTo(perMinute);
    }

    @Test
    void readsEveryColumn() {
        CsvFormatBuilder format = CsvFormat.builder().columns(RateColumn.values());
        Rate rate = deck(load(
                        format,
                        "prefix,price,increments,initial_increment,subsequent_increment,connection_fee,minimum_charge,grace_seconds,"
                                + "included_seconds,effective_from,effective_to,windows,origin_prefix,rejected,"
                                + "maximum_charge,maximum_policy,tiers\n"
                                + "1,0.01,,30,6,0.5,0.7,2,3,2026-01-01,2026-07-01T12:30:00+02:00,"
                                + "MON-FRI 08:00-18:00+SAT 09:00-12:00,44,no,2.5,Disconnect,60:0.008:6+600:0:1\n"))
                .rate(0);
        assertThat(rate)
                .isEqualTo(Rate.builder("1")
                        .perMinute("0.01")
                        .increments(30, 6)
                        .connectionFee("0.5")
                        .minimumCharge("0.7")
                        .graceSeconds(2)
                        .includedSeconds(3)
                        .effectiveFrom(Instant.parse("2026-01-01T00:00:00Z"))
                        .effectiveTo(Instant.parse("2026-07-01T10:30:00Z"))
                        .windows("MON-FRI 08:00-18:00", "SAT 09:00-12:00")
                        .originPrefix("44")
                        .maximumCharge("2.5", MaximumPolicy.DISCONNECT)
                        .tier(60, "0.008", 6)
                        .tier(600, "0", 1)
                        .build());
    }

    @Test
    void readsSeveralPrefixesAndRangesInOneField() {
        String text = HEADER + "\"1204, +1431;1506\",0.01,1/1\n0098-0101 7,0.02,1/1\n*,1,1/1\n";
        assertThat(rates(load(plain(), text)))
                .containsExactly(
                        "catch-all: 1/min 1/1",
                        "0098: 0.02/min 1/1",
                        "0099: 0.02/min 1/1",
                        "0100: 0.02/min 1/1",
                        "0101: 0.02/min 1/1",
                        "1204: 0.01/min 1/1",
                        "1431: 0.01/min 1/1",
                        "1506: 0.01/min 1/1",
                        "7: 0.02/min 1/1");
        assertThat(problems(load(plain(), HEADER + "1204-1206,1,1/1\n1205,1,1/1\n")))
                .containsExactly("line 3, prefix: lines 2 and 3 both price 1205");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1204-6 | both ends of a range must have as many digits: '1204-6'",
                "1206-1204 | a range must rise, by less than 10000 prefixes: '1206-1204'",
                "10000-20000 | a range must rise, by less than 10000 prefixes: '10000-20000'",
                "1204;x | prefix must be digits only: 'x', found '1204;x'",
                "1204-1206-1208 | prefix must be digits only: '1204-1206-1208'",
                "1;* | prefix must be digits only: '*', found '1;*'"
            })
    void refusesPrefixesThatAreNone(String cell, String reason) {
        assertThat(problems(load(plain(), HEADER + cell + ",1,1/1\n"))).containsExactly("line 2, prefix: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,often, | maximum_policy: neither free nor disconnect: 'often'",
                "dear,, | maximum_charge: not a decimal with a decimal point: 'dear'",
                ",,60:1 | tiers: tiers must read like 600:0.008:6, not '60:1'",
                ",,60:x:1 | tiers: not a decimal with a decimal point: 'x', found '60:x:1'",
                ",,60:1:1+30:1:1 | tiers: tiers must begin in rising order after second 0, not 30 after 60,"
                        + " found '60:1:1+30:1:1'"
            })
    void refusesMaximaAndTiersThatAreNone(String cells, String reason) {
        CsvFormatBuilder format =
                plain().columns(RateColumn.MAXIMUM_CHARGE, RateColumn.MAXIMUM_POLICY, RateColumn.TIERS);
        String header = "prefix,price,increments,maximum_charge,maximum_policy,tiers\n";
        assertThat(problems(load(format, header + "1,1,1/1," + cells + "\n"))).containsExactly("line 2, " + reason);
    }

    @Test
    void readsDaysByTheClockOfTheZone() {
        CsvFormatBuilder format = plain().columns(RateColumn.EFFECTIVE_FROM).zone(ZoneId.of("America/Toronto"));
        Rate rate = deck(load(format, "prefix,price,increments,effective_from\n1,1,1/1,2026-01-01\n"))
                .rate(0);
        assertThat(rate.effectiveFrom()).contains(Instant.parse("2026-01-01T05:00:00Z"));
    }

    @Test
    void readsDatesOfOtherPatternsInTheirZone() {
        CsvFormatBuilder format =
                plain().columns(RateColumn.EFFECTIVE_FROM).dates("dd.MM.uuuu", ZoneId.of("Europe/Berlin"));
        String header = "prefix,price,increments,effective_from\n";
        assertThat(deck(load(format, header + "1,0.01,1/1,01.07.2026\n"))
                        .rate(0)
                        .effectiveFrom())
                .contains(Instant.parse("2026-06-30T22:00:00Z"));
        assertThat(problems(load(format, header + "1,0.01,1/1,31.02.2026\n")))
                .containsExactly("line 2, effective_from: not a date as the format writes them: '31.02.2026'");
    }

    @Test
    void readsCatchAllAndRejectingRows() {
        CsvFormatBuilder format = plain().columns(RateColumn.REJECTED);
        assertThat(rates(load(format, "prefix,price,increments,rejected\n*,0.5,1/1,\n1900,,,yes\n44,0.5,1/1,\n")))
                .containsExactly("catch-all: 0.5/min 1/1", "1900: rejected", "44: 0.5/min 1/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12a,0.1,1/1 | prefix: prefix must be digits only: '12a'",
                ",0.1,1/1 | prefix: prefix is empty; a rate for all other numbers is Rate.catchAll(), found ''",
                "1234567890123456789,0.1,1/1 | prefix: prefix must have at most 18 digits, not 19, found '1234567890123456789'",
                "1,-0.1,1/1 | price: perMinute must not be negative, found '-0.1'",
                "1,1e5,1/1 | price: not a decimal with a decimal point: '1e5'",
                "1,,1/1 | price: perMinute is missing, found ''",
                "1,0.12345678901,1/1 | price: perMinute must have at most 10 decimals, found '0.12345678901'",
                "1,0.1,60 | increments: increments must read like 60/6, not '60'",
                "1,0.1,0/1 | increments: initialIncrement must be 1 to 86400 seconds, not 0, found '0/1'",
                "1,0.1,x/1 | increments: not a whole number of seconds: 'x', found 'x/1'",
                "1 | the row has 1 fields, but needs 3",
            })
    void refusesWithLineColumnAndReason(String row, String problem) {
        assertThat(problems(load(plain(), HEADER + "7,0.1,1/1\n" + row + "\n")))
                .containsExactly("line 3" + (problem.startsWith("the row") ? ": " : ", ") + problem);
    }

    @Test
    void refusesAHalfOfTheIncrements() {
        CsvFormatBuilder format = CsvFormat.builder()
                .columns(
                        RateColumn.PREFIX,
                        RateColumn.PRICE,
                        RateColumn.INITIAL_INCREMENT,
                        RateColumn.SUBSEQUENT_INCREMENT);
        assertThat(problems(load(format, "prefix,price,initial_increment,subsequent_increment\n1,0.1,60,\n")))
                .containsExactly("line 2, subsequent_increment: is empty, but the other increment is not");
    }

    @Test
    void refusesAnEmptyFileAWrongHeaderAndNoRows() {
        assertThat(problems(load(plain(), ""))).containsExactly("line 1: the file is empty");
        assertThat(problems(load(plain(), HEADER))).containsExactly("line 1: there are no rows");
        assertThat(problems(load(plain(), "prefix,rate,rate,increments,increments\n1,1,1,1,1\n")))
                .containsExactly(
                        "line 1, price: the header has no such column, only 'prefix, rate, rate, increments, incremen...'",
                        "line 1, increments: the header has two such columns");
    }

    @Test
    void refusesConflictingRowsAlsoWhereOthersAreBad() {
        assertThat(problems(load(plain(), HEADER + "1416,0.1,1/1\n44,dear,1/1\n1416,0.2,1/1\n")))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("line 3, price: ");
        assertThat(problems(load(plain(), HEADER + "1416,0.1,1/1\n44,dear,1/1\n1416,0.2,1/1\n")))
                .last()
                .isEqualTo("line 4, prefix: lines 2 and 4 both price 1416");
        assertThat(problems(load(plain(), HEADER + "44,dear,1/1\n"))).hasSize(1);
    }

    @Test
    void refusesConflictingRowsWithBothLines() {
        assertThat(problems(load(plain(), HEADER + "1416,0.1,1/1\n44,0.1,1/1\n\n1416,0.2,1/1\n")))
                .containsExactly("line 5, prefix: lines 2 and 5 both price 1416");
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThat(problems(load(plain(), HEADER + "1416,0.1,1/1\n44,\"0.1,1/1\n45,0.1,1/1\n")))
                .singleElement()
                .asString()
                .startsWith("line 2: no CSV from the row after this line on");
    }

    @Test
    void reportsEveryBadRowAndKeepsTheFirst() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 5_000; i++) {
            text.append(i).append(i % 2 == 0 ? ",0.1,1/1\n" : ",free,1/1\n");
        }
        List<BadRow> heard = new ArrayList<>();
        DeckLoad load = new DeckReader(plain().build())
                .read(bytes(text.toString()), Lists.builder(), heard::add, LoadProgress.none());
        assertThat(heard)
                .hasSize(2_500)
                .first()
                .hasToString("line 3, price: not a decimal with a decimal point: 'free'");
        assertThat(load).isInstanceOfSatisfying(DeckLoad.Refused.class, refused -> {
            assertThat(refused.count()).isEqualTo(2_500);
            assertThat(refused.first()).isEqualTo(heard.subList(0, DeckReader.ROWS_KEPT));
        });
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 25_000; i++) {
            text.append(1_000_000 + i).append(",0.1,1/1\n");
        }
        List<Long> rows = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        new DeckReader(plain().build()).read(bytes(text.toString()), Lists.builder(), row -> {}, (row, count) -> {
            rows.add(row);
            bytes.add(count);
        });
        assertThat(rows).containsExactly(10_000L, 20_000L, 25_000L);
        assertThat(bytes).isSorted().last().isEqualTo((long) text.length());
    }

    @Test
    void readsAFileAndPassesOnThatItCannotBeRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("list.csv"), HEADER + "1416,0.012,60/6\n44,0.02,1/1\n");
        DeckReader reader = new DeckReader(plain().build());
        assertThat(rates(reader.read(file, Lists.builder()))).isEqualTo(TWO);
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatIOException()
                .isThrownBy(() -> reader.read(broken, Lists.builder(), row -> {}, LoadProgress.none()))
                .withMessage("Stream closed");
    }

    @Test
    void rowsThatDifferInTheirPrefixOnlyShareTheirTerms() {
        assertThat(rates(load(plain(), HEADER + "1,0.1,1/1\n2,0.1,1/1\n3,0.2,1/1\n")))
                .containsExactly("1: 0.1/min 1/1", "2: 0.1/min 1/1", "3: 0.2/min 1/1");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
