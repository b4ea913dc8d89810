package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.HttpCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TelnyxErrorsTest extends WireMockTelnyx {
    /** HTTP status, what it becomes, and the codes that do. */
    static Stream<Arguments> codes() {
        return Stream.of(
                        "401 AuthenticationFailed 10009 20002 20006 20008",
                        "403 NOT_CAPABLE 10010 10038 20015",
                        "403 LIMIT 10039",
                        "401 ACCOUNT 20012 20013",
                        "403 ACCOUNT 20012 20013",
                        "403 REGULATORY 20014 20016 20017",
                        "402 InsufficientFunds 20100",
                        "403 InsufficientFunds 20100",
                        "422 InsufficientFunds 20100 40333",
                        "400 InvalidRequest 10002 10004 10015 10016 10023 10025 10026 10027 10031 10032 10033",
                        "422 InvalidRequest 10002 10004 10015 10016 10023 10025 10026 10027 10028 10031 10032 10033",
                        "404 NotFound 10005 10006 10007",
                        "422 NotFound 10005",
                        "401 AuthenticationFailed 10006",
                        "422 InvalidRequest 10006",
                        "409 Conflict 10012 10035 10036",
                        "422 Conflict 10012 10021 10035 10036",
                        "500 ProviderUnavailable 10007",
                        "503 ProviderUnavailable 10007 10037",
                        "504 ProviderUnavailable 10008",
                        "429 Throttled 10011",
                        "422 NumberUnavailable 85000 85001 85006",
                        "422 Conflict 85003",
                        "422 InvalidRequest 85004 85005",
                        "422 LIMIT 85007 85008",
                        "422 NotFound 90015 90058",
                        "422 Conflict 90018 90019 90020 90033 90034 90038 90044 90102",
                        "422 InvalidRequest 90014 90017 90040 90057 75001",
                        "400 InvalidRequest 90040",
                        "403 LIMIT 90041 90042 90043",
                        "422 LIMIT 90032 90036 90041 90042 90043 40318",
                        "400 InvalidRequest 40302",
                        "400 REGULATORY 40010 40329",
                        "400 UNREACHABLE 40001 40008",
                        "400 DESTINATION_BLOCKED 40002 40003",
                        "400 GEO_PERMISSION 40309",
                        "400 OPTED_OUT 40300",
                        "400 CALLER_ID 40305",
                        "400 InvalidRequest 99999",
                        "403 AuthenticationFailed 99999",
                        "404 NotFound 99999",
                        "409 Conflict 99999")
                .map(row -> row.split(" "))
                .flatMap(row -> Arrays.stream(row)
                        .skip(2)
                        .map(code -> Arguments.of(Integer.parseInt(row[0]), Integer.parseInt(code), row[1])));
    }

    @ParameterizedTest(name = "HTTP {0} with code {1} is {2}")
    @MethodSource("codes")
    void codesBecomeFailures(int status, int code, String expected) {
        PstnException failure = failureOfAWrite(error(status, code));

        assertThat(what(failure)).isEqualTo(expected);
        assertThat(failure.code()).contains(String.valueOf(code));
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.requestId()).contains(REQUEST_ID);
        assertThat(failure.effect()).isEqualTo(status >= 500 ? Effect.UNKNOWN : Effect.NONE);
        assertThat(failure)
                .hasMessageContaining("Telnyx says no: It has its reasons.")
                .hasMessageContaining("number.order");
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest(name = "10011 with HTTP {0} is {1}")
    @CsvSource({"429, Throttled", "400, InvalidRequest", "422, InvalidRequest"})
    void code10011HasThreeMeaningsAndTheStatusTellsWhich(int status, String expected) {
        assertThat(what(failureOfAWrite(error(status, 10011)))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "HTTP {0} with code {1} is {2}")
    @CsvSource({"503, 10005, ProviderUnavailable", "500, 85001, ProviderUnavailable", "429, 20100, Throttled"})
    void theStatusIsReadBeforeTheCode(int status, int code, String expected) {
        PstnException failure = failureOfAWrite(error(status, code));

        assertThat(what(failure)).isEqualTo(expected);
        assertThat(failure.code()).contains(String.valueOf(code));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | <html><body>Bad Gateway</body></html>        | ProviderUnavailable",
                "403 | <html><body>Access denied</body></html>      | AuthenticationFailed",
                "429 | <html><body>Slow down</body></html>          | Throttled",
                "401 | ''                                           | AuthenticationFailed",
                "422 | ''                                           | InvalidRequest",
                "404 | ''                                           | NotFound",
                "403 | null                                         | AuthenticationFailed",
                "400 | [1,2]                                        | InvalidRequest",
                "400 | {\"errors\":null}                            | InvalidRequest",
                "400 | {\"errors\":[]}                              | InvalidRequest",
                "400 | {\"errors\":[null,{},\"no\"]}                | InvalidRequest",
                "400 | {\"errors\":[{\"code\":{\"a\":1}}]}          | InvalidRequest",
                "302 | moved                                        | ProtocolError",
            })
    void anEmptyBodyAnHtmlPageAndNonsenseLeaveTheStatusToSpeak(int status, String body, String expected) {
        PstnException failure = failureOfAWrite(aResponse().withStatus(status).withBody(body));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.code()).isEmpty();
    }

    @Test
    void ofSeveralErrorsTheOneThatIsKnownNamesTheFailureAndAllAreSaid() {
        PstnException failure = failureOfAWrite(json(
                422,
                "{\"errors\":[{\"code\":\"98765\",\"title\":\"Something new\"},"
                        + "{\"code\":\"85001\",\"title\":\"Number gone\",\"detail\":\"It was sold.\"},"
                        + "{\"code\":\"10015\",\"detail\":\"Besides, it is malformed.\"}]}"));

        assertThat(what(failure)).isEqualTo("NumberUnavailable");
        assertThat(failure.code()).contains("85001");
        assertThat(failure).hasMessageContaining("Number gone: It was sold.; Something new; Besides, it is malformed.");
    }

    @Test
    void theFieldThatIsWrongIsNamed() {
        PstnException failure = failureOfAWrite(json(
                422,
                "{\"errors\":[{\"code\":\"10015\",\"title\":\"Bad Request\",\"detail\":\"Not a format\","
                        + "\"source\":{\"pointer\":\"/inbound/dnis_number_format\"}}]}"));

        assertThat(failure).hasMessageContaining("Bad Request: Not a format (/inbound/dnis_number_format)");
    }

    @Test
    void aCodeMayBeANumberAndTheErrorAlone() {
        PstnException failure =
                failureOfAWrite(json(403, "{\"errors\":{\"code\":20013,\"title\":\"Account is blocked\"}}"));

        assertThat(what(failure)).isEqualTo("ACCOUNT");
        assertThat(failure.code()).contains("20013");
    }

    @Test
    void throttlingHasNoRetryAfterButItsOwnHeaderSaysHowLong() {
        assertThat(failureOfAWrite(throttled(47)).retryAfter()).contains(Duration.ofSeconds(47));
    }

    @Test
    void aResetThatIsAMomentIsNotTakenForSeconds() {
        String inTwentySeconds = Long.toString(NOW.getEpochSecond() + 20);

        PstnException failure = failureOfAWrite(error(429, 10011).withHeader("x-ratelimit-reset", inTwentySeconds));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void notAskedToWaitItSaysNothing() {
        assertThat(failureOfAWrite(error(429, 10011)).retryAfter()).isEmpty();
    }

    @Test
    void anErrorThatQuotesTheKeyDoesNotBetrayIt() {
        PstnException failure = failureOfAWrite(
                json(401, "{\"errors\":[{\"code\":\"10009\",\"title\":\"wrong key " + KEY.reveal() + " for you\"}]}"));

        assertThat(failure.getMessage()).doesNotContain(KEY.reveal());
        assertThat(failure.code()).contains("10009");
    }

    private static String what(PstnException failure) {
        return failure instanceof NotPermitted forbidden
                ? forbidden.why().name()
                : failure.getClass().getSimpleName();
    }

    private PstnException failureOfAWrite(ResponseDefinitionBuilder answer) {
        on(any(anyUrl()), answer);
        try (TelnyxClient client = settings().client()) {
            return catchThrowableOfType(
                    PstnException.class,
                    () -> client.send(
                            client.with(HttpCall.of("number.order", "POST", "number_orders"), client.object())));
        }
    }
}
