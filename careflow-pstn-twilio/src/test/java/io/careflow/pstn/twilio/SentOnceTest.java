package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.type.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProviderUnavailable;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why our transport stands below twilio-java's classes: the same purchase, the same answer, on its client and on ours. */
class SentOnceTest extends WireMockTwilio {
    @ParameterizedTest
    @CsvSource({"500, 3", "503, 6"})
    void twilioJavaOnItsOwnClientBuysSeveralTimes(int status, int times) {
        on(any(anyUrl()), error(status, 20500));
        TwilioRestClient theirs = new TwilioRestClient.Builder(ACCOUNT, TOKEN.reveal())
                .httpClient(new ToTheLoopback(base()))
                .build();

        assertThatThrownBy(() -> buy(theirs)).isInstanceOf(ApiException.class);

        assertThat(sent()).hasSize(times).containsOnly("POST " + V2010 + "/IncomingPhoneNumbers.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void overOurTransportItIsSentOnceAndIsInDoubt(int status) {
        on(any(anyUrl()), error(status, 20500));

        assertThatThrownBy(() -> twilio.client().json("number.order", SentOnceTest::buy))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));

        assertThat(sent()).containsExactly("POST " + V2010 + "/IncomingPhoneNumbers.json");
    }

    @Test
    void ofItsOwnMethodsForRepetitionNoneRepeatsOverOurTransport() {
        on(any(anyUrl()), error(500, 20500));
        TwilioHttp http = twilio.client().http();
        Request request = new Request(com.twilio.http.HttpMethod.POST, "https://api.twilio.com/2010-04-01/x.json");

        assertThatThrownBy(() -> http.reliableRequest(request)).isInstanceOf(ProviderUnavailable.class);
        assertThatThrownBy(() -> http.reliableRequest(request, new int[] {500}, 5, 1))
                .isInstanceOf(ProviderUnavailable.class);

        assertThat(sent()).isEqualTo(List.of("POST /2010-04-01/x.json", "POST /2010-04-01/x.json"));
    }

    private static IncomingPhoneNumber buy(TwilioRestClient client) {
        return IncomingPhoneNumber.creator(new PhoneNumber("+15005550006")).create(client);
    }

    /** twilio-java's client as it is, sent to another host than the one it knows. */
    private static final class ToTheLoopback extends NetworkHttpClient {
        private final URI base;

        ToTheLoopback(URI base) {
            this.base = base;
        }

        @Override
        public Response makeRequest(Request request) {
            Request moved = new Request(
                    request.getMethod(), base + request.constructURL().getPath());
            request.getPostParams().forEach((name, values) -> values.forEach(v -> moved.addPostParam(name, v)));
            moved.setContentType(request.getContentType());
            moved.setAuth(request.getUsername(), request.getPassword());
            return super.makeRequest(moved);
        }
    }
}
