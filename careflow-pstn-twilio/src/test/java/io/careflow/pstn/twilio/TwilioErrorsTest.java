package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.type.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.PstnException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TwilioErrorsTest extends WireMockTwilio {
    /** HTTP status, what it becomes, and the codes that do. */
    static Stream<Arguments> codes() {
        return Stream.of(
                        "401 AuthenticationFailed 20003",
                        "403 AuthenticationFailed 20003",
                        "403 ACCOUNT 20005 10001",
                        "403 NOT_CAPABLE 20008",
                        "400 InvalidRequest 20001 20422 20007",
                        "404 NotFound 20404",
                        "410 NotFound 20410",
                        "409 Conflict 20409",
                        "400 Conflict 20009",
                        "429 Throttled 20429",
                        "500 ProviderUnavailable 20500",
                        "503 ProviderUnavailable 20503",
                        "403 TRIAL 10002",
                        "400 LIMIT 10004 21230 21244 21249",
                        "400 InvalidRequest 21201 21213 21205 21402 21211 21217 21218 21420",
                        "400 DESTINATION_BLOCKED 21202 21216",
                        "400 GEO_PERMISSION 21203 21215 21408",
                        "400 CALLER_ID 21210 21212",
                        "400 UNREACHABLE 21214 21612 21614",
                        "400 TRIAL 21219 21608 21404",
                        "400 Conflict 21220 21450",
                        "400 InvalidRequest 21221 21222 21223 21224 21225 21226 21227 21228 21229",
                        "400 InvalidRequest 21421 21451",
                        "400 NumberUnavailable 21422 21452",
                        "400 REGULATORY 21615 21631 21649 21650 21651",
                        "400 InvalidRequest 21240 21241 21242 21243 21245",
                        "409 Conflict 21247",
                        "400 Conflict 21247 21248",
                        "400 InvalidRequest 21602 21603 21617",
                        "400 NOT_CAPABLE 21606 21601 21407",
                        "400 OPTED_OUT 21610",
                        "429 Throttled 21611",
                        "400 InvalidRequest 99999",
                        "404 NotFound 99999")
                .map(row -> row.split(" "))
                .flatMap(row -> Arrays.stream(row)
                        .skip(2)
                        .map(code -> Arguments.of(Integer.parseInt(row[0]), Integer.parseInt(code), row[1])));
    }

    @ParameterizedTest(name = "HTTP {0} with code {1} is {2}")
    @MethodSource("codes")
    void codesBecomeFailures(int status, int code, String expected) {
        PstnException failure = failureOfAWrite(error(status, code));

        String what = failure instanceof NotPermitted forbidden
                ? forbidden.why().name()
                : failure.getClass().getSimpleName();
        assertThat(what).isEqualTo(expected);
        assertThat(failure.code()).contains(String.valueOf(code));
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.requestId()).contains("RQ0123456789abcdef0123456789abcdef");
        assertThat(failure.effect()).isEqualTo(status >= 500 ? Effect.UNKNOWN : Effect.NONE);
        assertThat(failure).hasMessageContaining("Twilio says no").hasMessageContaining("number.order");
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | <html><body>Bad Gateway</body></html> | ProviderUnavailable",
                "401 | ''                                    | AuthenticationFailed",
                "403 | null                                  | AuthenticationFailed",
                "400 | [1,2]                                 | InvalidRequest",
                "400 | {\"code\":{\"a\":1}}                  | InvalidRequest",
                "400 | {\"code\":99999999999}                | InvalidRequest",
                "404 | not found                             | NotFound",
                "302 | moved                                 | ProtocolError",
            })
    void whereTheBodySaysNothingTheStatusSpeaks(int status, String body, String expected) {
        PstnException failure = failureOfAWrite(aResponse().withStatus(status).withBody(body));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.code()).isEmpty();
    }

    @Test
    void problemsInTheNewerFormAreRead() {
        PstnException failure = failureOfAWrite(
                json(409, "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"detail\":\"taken\",\"code\":\"21248\"}"));

        assertThat(failure.code()).contains("21248");
        assertThat(failure).hasMessageContaining("taken");
    }

    @Test
    void askedToWaitItSaysHowLong() {
        PstnException failure = failureOfAWrite(error(429, 20429).withHeader("Retry-After", "7"));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void notAskedToWaitItSaysNothing() {
        assertThat(failureOfAWrite(error(429, 20429)).retryAfter()).isEmpty();
    }

    @Test
    void anErrorThatQuotesTheTokenDoesNotBetrayIt() {
        PstnException failure = failureOfAWrite(
                json(401, "{\"code\":20003,\"message\":\"wrong token " + TOKEN.reveal() + " for you\"}"));

        assertThat(failure.getMessage()).doesNotContain(TOKEN.reveal());
        assertThat(failure.code()).contains("20003");
    }

    private PstnException failureOfAWrite(ResponseDefinitionBuilder answer) {
        on(any(anyUrl()), answer);
        return catchThrowableOfType(
                PstnException.class,
                () -> twilio.client()
                        .json(
                                "number.order",
                                rest -> IncomingPhoneNumber.creator(new PhoneNumber("+15005550006"))
                                        .create(rest)));
    }
}
