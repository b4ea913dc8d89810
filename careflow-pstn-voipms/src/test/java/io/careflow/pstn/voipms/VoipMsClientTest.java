package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Fields;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsClientTest extends WireMockVoipMs {
    private static final VoipMsCall READ = VoipMsCall.of("thing.list", "getThings");
    private static final VoipMsCall WRITE = VoipMsCall.of("thing.change", "setThing");

    private VoipMsClient client;

    @BeforeEach
    void open() {
        client = settings().client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    @DisplayName(
            "a request is a POST of a form to the script, with user, password and method first, and nothing in its URL")
    void request() {
        on("setThing", success(""));

        Fields unused = client.write(WRITE.with("id", "7").flag("on", true).flag("off", false));

        LoggedRequest request = requests().get(0);
        assertThat(request.getUrl()).isEqualTo(SCRIPT);
        assertThat(request.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(request.getHeader("User-Agent")).isNotBlank();
        assertThat(request.getHeader("Authorization")).isNull();
        assertThat(form(request))
                .containsEntry("api_username", USER)
                .containsEntry("api_password", PASSWORD.reveal())
                .containsEntry("method", "setThing")
                .containsEntry("on", "1")
                .containsEntry("off", "0");
        assertThat(List.copyOf(form(request).keySet())).startsWith("api_username", "api_password", "method", "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "&", "!", "'", "a\nb", "a\r\nb", "=?%", "\uD83D\uDE00 emoji", "Łódź", " a b "})
    @DisplayName("every character survives")
    void encoding(String text) {
        on("setThing", success(""));

        Fields unused = client.write(WRITE.with("message", text));

        assertThat(sent("setThing")).containsEntry("message", text);
        assertThat(requests().get(0).getBodyAsString()).matches("\\p{ASCII}*").doesNotContain(" ", "\n");
    }

    @Test
    @DisplayName("an empty parameter is sent, as it clears a field; an absent one is not")
    void emptyAndAbsent() {
        on("setThing", success(""));

        Fields unused = client.write(WRITE.with("note", "").withAny("label", null));

        assertThat(sent("setThing")).containsEntry("note", "").doesNotContainKey("label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":\"7\",\"ok\":\"yes\"}", "{\"n\":7,\"ok\":true}", "{\"n\":\"7\",\"ok\":\"Y\"}"})
    @DisplayName("a success is read whether its values are texts or not")
    void stringTypedAndNumberTyped(String thing) {
        on("getThings", success("\"things\":[" + thing + "]"));

        Fields read = client.list(READ, "things").get(0);

        assertThat(read.requireInteger("n")).isEqualTo(7);
        assertThat(read.requireText("n")).isEqualTo("7");
        assertThat(read.requireBool("ok")).isTrue();
    }

    @Test
    @DisplayName("a single row that comes as an object is a list of one")
    void singleRow() {
        on("getThings", success("\"things\":{\"n\":\"7\"}"));

        assertThat(client.list(READ, "things")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"things\":null", "\"things\":\"\"", "\"things\":[]", "\"other\":[1]"})
    @DisplayName("an absent list is an empty one")
    void absentList(String fields) {
        on("getThings", success(fields));

        assertThat(client.list(READ, "things")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 521, 522})
    @DisplayName("HTML with a 5xx is ProviderUnavailable: a read is repeated, a write is in doubt and sent once")
    void htmlError(int status) {
        on("getThings", page(status));
        on("setThing", page(status));

        failed(() -> client.read(READ), ProviderUnavailable.class, Effect.UNKNOWN, status);
        failed(() -> client.write(WRITE), ProviderUnavailable.class, Effect.UNKNOWN, status);
        assertThat(sent()).containsExactly("getThings", "getThings", "getThings", "setThing");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410, 422})
    @DisplayName("a 4xx is the edge's: it says nothing of the password and nothing of the thing")
    void edge(int status) {
        on("getThings", page(status));

        failed(() -> client.find(READ, "things"), ProviderUnavailable.class, Effect.NONE, status);
    }

    @Test
    @DisplayName("HTML with 200 is ProviderUnavailable and in doubt")
    void htmlSuccess() {
        on("getThings", page(200));
        on("setThing", page(200));

        failed(() -> client.read(READ), ProviderUnavailable.class, Effect.UNKNOWN, 200);
        PstnException failure = failed(() -> client.write(WRITE), ProviderUnavailable.class, Effect.UNKNOWN, 200);
        assertThat(failure).hasMessageNotContaining("Backend fetch");
        assertThat(sent()).filteredOn("setThing"::equals).hasSize(1);
    }

    @Test
    @DisplayName("a redirect is not followed and is a ProtocolError")
    void redirect() {
        on("setThing", aResponse().withStatus(302).withHeader("Location", "https://www.voip.ms/api/v1/rest.php"));

        failed(() -> client.write(WRITE), ProtocolError.class, Effect.UNKNOWN, 302);
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    @DisplayName("an empty body is a success of a change that answers nothing, and never an empty list")
    void emptyBody(String body) {
        on("setThing", json(body));
        on("getThings", json(body));

        assertThat(client.write(WRITE).names()).isEmpty();
        failed(() -> client.list(READ, "things"), ProtocolError.class, Effect.UNKNOWN, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"succ", "{\"status\":\"success\",\"things\":[{\"n\":1}", "{"})
    @DisplayName("truncated JSON is a ProtocolError and in doubt")
    void truncated(String body) {
        on("setThing", json(body));

        failed(() -> client.write(WRITE), ProtocolError.class, Effect.UNKNOWN, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"things\":[]}", "{\"status\":null}", "{\"status\":\"\"}", "{\"status\":{}}"})
    @DisplayName("a missing status and a null one are a ProtocolError and in doubt")
    void missingStatus(String body) {
        on("setThing", json(body));
        on("getThings", json(body));

        failed(() -> client.write(WRITE), ProtocolError.class, Effect.UNKNOWN, 200);
        failed(() -> client.list(READ, "things"), ProtocolError.class, Effect.UNKNOWN, 200);
    }

    @Test
    @DisplayName("a write whose answer never comes is in doubt and not sent again")
    void lostWrite() {
        on("setThing", aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThatThrownBy(() -> client.write(WRITE))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(requests()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    @DisplayName("a read that meets the limit of the minute is asked again in the next one")
    void waitsForTheNextMinute() {
        wire.stubFor(asking("getThings")
                .inScenario("minute")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status("api_limit_exceeded"))
                .willSetStateTo("next"));
        wire.stubFor(asking("getThings")
                .inScenario("minute")
                .whenScenarioStateIs("next")
                .willReturn(success("\"things\":[{\"n\":1}]")));

        assertThat(client.list(READ, "things")).hasSize(1);
        assertThat(pauses).containsExactly(Duration.ofSeconds(61));
        assertThat(requests()).hasSize(2);
    }

    @Test
    @DisplayName("a read does not wait for ever")
    void givesUpWaiting() {
        on("getThings", status("api_limit_exceeded"));

        assertThatThrownBy(() -> client.read(READ)).isInstanceOf(Throttled.class);
        assertThat(pauses).hasSize(2).allMatch(Duration.ofSeconds(61)::equals);
        assertThat(requests()).hasSize(3);
    }

    @Test
    @DisplayName("a write that meets the limit of the minute is refused at once, and says how long to wait")
    void writesDoNotWait() {
        on("setThing", status("api_limit_exceeded"));

        assertThatThrownBy(() -> client.write(WRITE))
                .isInstanceOfSatisfying(
                        Throttled.class, e -> assertThat(e.retryAfter()).isPresent());
        assertThat(pauses).isEmpty();
        assertThat(requests()).hasSize(1);
    }

    @Test
    @DisplayName("the password is in no exception and no text, whatever goes wrong")
    void secrets() {
        on("setThing", aResponse().withStatus(503).withBody("<html>" + PASSWORD.reveal() + "</html>"));
        on("getThings", json("{\"status\":\"odd " + PASSWORD.reveal() + "\"}"));
        StringWriter shown = new StringWriter();
        for (Runnable doing :
                List.<Runnable>of(() -> client.write(WRITE.with("password", "Sip-Pass-99")), () -> client.read(READ))) {
            assertThatThrownBy(doing::run)
                    .isInstanceOfSatisfying(PstnException.class, e -> e.printStackTrace(new PrintWriter(shown, true)));
        }
        shown.append(voipms.toString()).append(client.settings().toString()).append(WRITE.toString());
        assertThat(shown.toString()).contains("thing.change", "thing.list");
        assertThat(shown.toString()).doesNotContain(PASSWORD.reveal(), "Sip-Pass-99", "api-P4ssword");
    }

    private static PstnException failed(
            Runnable doing, Class<? extends PstnException> type, Effect effect, int status) {
        PstnException[] caught = new PstnException[1];
        assertThatThrownBy(doing::run).isInstanceOfSatisfying(type, e -> caught[0] = e);
        assertThat(caught[0].effect()).isEqualTo(effect);
        assertThat(caught[0].httpStatus()).hasValue(status);
        return caught[0];
    }
}
