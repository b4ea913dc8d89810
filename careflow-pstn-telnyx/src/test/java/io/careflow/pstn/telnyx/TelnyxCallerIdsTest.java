package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.CallerIds.CallerId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TelnyxCallerIdsTest extends WireMockTelnyx {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550142");
    private static final String ALL = "/verified_numbers";
    private static final String ONE = ALL + "/%2B14165550142";
    private static final String VERIFIED = "{\"record_type\":\"verified_number\",\"phone_number\":\"+14165550142\","
            + "\"verified_at\":\"2026-02-14T17:03:32.965812\"}";

    @Test
    void theyAreListedAndTheirMomentsWithoutOffsetAreUtc() {
        onGet(ALL, page(VERIFIED, "{\"phone_number\":\"+14165550143\"}"));

        assertThat(callerIds().list())
                .containsExactly(
                        new CallerId(OURS, Instant.parse("2026-02-14T17:03:32.965812Z"), ""),
                        new CallerId(new PhoneNumber("+14165550143"), null, ""));
    }

    @ParameterizedTest
    @EnumSource(CallerIds.Method.class)
    void verifyingBeginsByTextOrCallAndItsAnswerHasNoWrapper(CallerIds.Method method) {
        String word = method == CallerIds.Method.SMS ? "sms" : "call";
        onPost(ALL, json(200, "{\"phone_number\":\"+14165550142\",\"verification_method\":\"" + word + "\"}"));

        callerIds().begin(OURS, method);

        assertThat(body(requests().get(0)))
                .isEqualTo(tree("{\"phone_number\":\"+14165550142\",\"verification_method\":\"" + word + "\"}"));
    }

    @Test
    void aBeginningWhoseAnswerIsLostIsNotRepeatedBecauseThePhoneWouldRingTwice() {
        onPost(ALL, aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThatThrownBy(() -> callerIds().begin(OURS, CallerIds.Method.CALL))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void theCodeIsHandedIn() {
        onPost(ONE + "/actions/verify", data(VERIFIED));

        assertThat(callerIds().confirm(OURS, "123456").number()).isEqualTo(OURS);

        assertThat(requests().get(0).getUrl()).isEqualTo("/v2/verified_numbers/%2B14165550142/actions/verify");
        assertThat(body(requests().get(0))).isEqualTo(tree("{\"verification_code\":\"123456\"}"));
    }

    @ParameterizedTest
    @CsvSource({"400, 10015", "422, 10027"})
    void aWrongCodeIsRefusedAndNotShown(int status, int code) {
        onPost(
                ONE + "/actions/verify",
                json(
                        status,
                        "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"Invalid verification code 654321\"}]}"));

        assertThatThrownBy(() -> callerIds().confirm(OURS, "654321"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageNotContaining("654321");
    }

    @Test
    void oneIsTakenAway() {
        onDelete(ONE, data(VERIFIED));

        callerIds().remove(OURS);

        assertThat(sent()).containsExactly("DELETE /verified_numbers/+14165550142");
    }

    @Test
    void oneThatIsNotVerifiedIsNoError() {
        onDelete(ONE, error(404, 10005));

        callerIds().remove(OURS);

        assertThat(sent()).hasSize(1);
    }

    private CallerIds callerIds() {
        return telnyx.require(CallerIds.class);
    }
}
