package io.careflow.pstn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"x\":null}", "{\"x\":\"\"}", "{\"x\":\"  \"}"})
    @DisplayName("what is absent, null or blank is empty, and missing where it is required")
    void absent(String json) throws MalformedJson {
        Fields fields = fields(json);

        assertThat(fields.text("x")).isEmpty();
        assertThat(fields.integer("x")).isEmpty();
        assertThat(fields.longInteger("x")).isEmpty();
        assertThat(fields.decimal("x")).isEmpty();
        assertThat(fields.money("x", USD)).isEmpty();
        assertThat(fields.money("x", "unit")).isEmpty();
        assertThat(fields.currency("x")).isEmpty();
        assertThat(fields.instant("x")).isEmpty();
        assertThat(fields.bool("x")).isEmpty();
        assertThat(fields.seconds("x")).isEmpty();
        assertThat(fields.uri("x")).isEmpty();
        assertThat(fields.object("x")).isEmpty();
        assertThat(fields.list("x")).isEmpty();
        assertThat(fields.texts("x")).isEmpty();
        missing(() -> fields.requireText("x"));
        missing(() -> fields.requireInteger("x"));
        missing(() -> fields.requireLongInteger("x"));
        missing(() -> fields.requireDecimal("x"));
        missing(() -> fields.requireMoney("x", USD));
        missing(() -> fields.requireMoney("x", "unit"));
        missing(() -> fields.requireCurrency("x"));
        missing(() -> fields.requireInstant("x"));
        missing(() -> fields.requireInstant("x", ZoneId.of("UTC")));
        missing(() -> fields.requireBool("x"));
        missing(() -> fields.requireSeconds("x"));
        missing(() -> fields.requireObject("x"));
    }

    @Test
    @DisplayName("what is there and cannot be understood is a protocol error that does not quote it")
    void wrong() throws MalformedJson {
        Fields fields =
                fields("{\"x\":\"s3cret\",\"half\":1.5,\"many\":[1],\"one\":{\"y\":\"s3cret\"},\"big\":99999999999}");

        wrong(() -> fields.integer("x"), "x is not a whole number");
        wrong(() -> fields.integer("half"), "half is not a whole number");
        wrong(() -> fields.integer("big"), "big is not a whole number");
        wrong(() -> fields.decimal("x"), "x is not a decimal");
        wrong(() -> fields.money("x", USD), "x is not an amount");
        wrong(() -> fields.currency("x"), "x is not an ISO 4217 code");
        wrong(() -> fields.instant("x"), "x is not a moment");
        wrong(() -> fields.bool("x"), "x is not true or false");
        wrong(() -> fields.seconds("x"), "x is not a duration");
        wrong(() -> fields.object("x"), "x is not an object");
        wrong(() -> fields.list("x"), "x is not a list of objects");
        wrong(() -> fields.text("many"), "many is not a single value");
        wrong(() -> fields.texts("one"), "one is not a list of texts");
        wrong(() -> fields.requireObject("one").bool("y"), "one.y is not true or false");
        wrong(() -> fields.list("one").get(0).bool("y"), "one[0].y is not true or false");
        assertThat(fields.toString()).contains("x").doesNotContain("s3cret");
    }

    @Test
    @DisplayName("numbers come as numbers or as text, exactly")
    void numbers() throws MalformedJson {
        Fields fields = fields("{\"a\":7,\"b\":\"7\",\"c\":0.00750,\"d\":\"-0.00750\",\"e\":\"5000000000\",\"f\":7.0,"
                + "\"unit\":\"usd\",\"t\":true}");

        assertThat(fields.requireInteger("a")).isEqualTo(7);
        assertThat(fields.integer("b")).hasValue(7);
        assertThat(fields.integer("f")).hasValue(7);
        assertThat(fields.requireLongInteger("e")).isEqualTo(5_000_000_000L);
        assertThat(fields.requireDecimal("c")).isEqualTo(new BigDecimal("0.00750"));
        assertThat(fields.requireMoney("d", "unit")).isEqualTo(Money.of("-0.0075", "USD"));
        assertThat(fields.requireMoney("c", USD)).isEqualTo(Money.of("0.0075", "USD"));
        assertThat(fields.text("a")).contains("7");
        assertThat(fields.text("t")).contains("true");
        missingField(() -> fields("{\"price\":1}").requireMoney("price", "unit"), "unit");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.123456+00:00, 2026-03-01T12:00:00.123456Z",
        "2026-03-01T12:00:00+0100, 2026-03-01T11:00:00Z",
        "2026-03-01T12:00:00-05:00, 2026-03-01T17:00:00Z",
        "2026-03-01 12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00+02:00, 2026-03-01T10:00:00Z",
        "'Sun, 01 Mar 2026 12:00:00 +0000', 2026-03-01T12:00:00Z",
        "'Sun, 1 Mar 2026 12:00:00 GMT', 2026-03-01T12:00:00Z",
        "1772366400, 2026-03-01T12:00:00Z",
        "1772366400.5, 2026-03-01T12:00:00.500Z",
        "1772366400123, 2026-03-01T12:00:00.123Z"
    })
    @DisplayName("moments come in the forms that carriers write")
    void moments(String written, Instant moment) throws MalformedJson {
        assertThat(fields("{\"x\":\"" + written + "\"}").instant("x")).contains(moment);
        assertThat(fields("{\"x\":\"" + written + "\"}").instant("x", ZoneId.of("Asia/Tokyo")))
                .contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01 07:00:00", "2026-03-01T07:00:00"})
    @DisplayName("a time without offset needs a zone; nothing is guessed")
    void localTimes(String written) throws MalformedJson {
        Fields fields = fields("{\"x\":\"" + written + "\"}");

        assertThat(fields.instant("x", ZoneId.of("America/New_York"))).contains(Instant.parse("2026-03-01T12:00:00Z"));
        wrong(() -> fields.instant("x"), "x is not a moment with an offset");
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "\"true\",true",
        "\"TRUE\",true",
        "1,true",
        "\"1\",true",
        "\"yes\",true",
        "\"on\",true",
        "false,false",
        "\"false\",false",
        "0,false",
        "\"0\",false",
        "\"No\",false",
        "\"off\",false"
    })
    @DisplayName("truth values come in many words")
    void truth(String written, boolean value) throws MalformedJson {
        assertThat(fields("{\"x\":" + written + "}").bool("x")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"61,61000", "\"61\",61000", "1.5,1500", "\"00:01:01\",61000", "0,0", "\"100:00:00\",360000000"})
    @DisplayName("durations are seconds, or hours, minutes and seconds")
    void durations(String written, long millis) throws MalformedJson {
        assertThat(fields("{\"x\":" + written + "}").requireSeconds("x")).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"-1\"", "\"1:61:00\"", "1e999", "\"1m\"", "1e999999999"})
    @DisplayName("what is no duration is refused, quickly")
    void noDurations(String written) throws MalformedJson {
        Fields fields = fields("{\"x\":" + written + "}");

        wrong(() -> fields.seconds("x"), "x is not a duration");
    }

    @Test
    @DisplayName("one object is a list of one; unknown fields do no harm")
    void lists() throws MalformedJson {
        Fields fields = fields("{\"many\":[{\"a\":1},{\"a\":2}],\"one\":{\"a\":3},\"none\":[],\"php\":[],"
                + "\"words\":[\"x\",1],\"word\":\"y\",\"new\":{\"field\":[]}}");

        assertThat(fields.list("many")).extracting(f -> f.requireInteger("a")).containsExactly(1, 2);
        assertThat(fields.requireList("one"))
                .extracting(f -> f.requireInteger("a"))
                .containsExactly(3);
        assertThat(fields.requireList("none")).isEmpty();
        assertThat(fields.object("php")).isEmpty();
        assertThat(fields.texts("words")).isEqualTo(List.of("x", "1"));
        assertThat(fields.texts("word")).isEqualTo(List.of("y"));
        assertThat(fields.requireObject("one").requireInteger("a")).isEqualTo(3);
        assertThat(fields.names()).contains("new");
        assertThat(fields.has("new")).isTrue();
        missingField(() -> fields.requireList("absent"), "absent");
    }

    @Test
    @DisplayName("links and values of the caller's own kind")
    void others() throws MalformedJson {
        Fields fields = fields("{\"next\":\"/v2?page=2\",\"bad\":\"http://a b\",\"kind\":\"MOBILE\"}");

        assertThat(fields.uri("next")).contains(URI.create("/v2?page=2"));
        wrong(() -> fields.uri("bad"), "bad is not a URI");
        assertThat(fields.read("kind", "a kind", String::length)).contains(6);
    }

    private static Fields fields(String json) throws MalformedJson {
        return Fields.of(new ProviderId("test"), "thing.get", new Json().read(json));
    }

    private static void missing(ThrowingCallable reading) {
        missingField(reading, "x");
    }

    private static void missingField(ThrowingCallable reading, String field) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ProtocolError.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN))
                .hasMessageContaining("field " + field + " is missing");
    }

    private static void wrong(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("field " + message)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
