package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AriRestTest {
    private static final String PLACE = "POST /ari/channels/c1";
    private static final String LOOK = "GET /ari/channels/c1";

    private final FakeAri asterisk = new FakeAri();
    private final HttpTransport http = HttpTransport.builder(new ProviderId("asterisk"), asterisk.uri())
            .basicAuth("cf", Secret.of("s3cret"))
            .pauses(duration -> {}, new Random(1))
            .build();
    private final AriRest ari = new AriRest(http, new Json());

    @AfterEach
    void close() throws IOException {
        http.close();
        asterisk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 412, 422})
    @DisplayName("a channel that is gone or has left is an answer, not an error")
    void gone(int status) {
        asterisk.answer(PLACE, status, "{\"message\":\"Channel not found\"}");

        assertThat(ari.answer("c1")).isFalse();
        assertThat(ari.play("c1", "p1", List.of("sound:a", "sound:b"), "en")).isFalse();
    }

    @Test
    @DisplayName("recording a channel that is gone is an answer; a format that Asterisk does not know is an error")
    void recording() {
        asterisk.answer(PLACE, 404, "");
        assertThat(ari.record("c1", "r", "wav", 60, 3, true, "#", "fail")).isFalse();

        asterisk.answer(PLACE, 422, "");
        assertThatThrownBy(() -> ari.record("c1", "r", "mp9", 60, 3, true, "#", "fail"))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    @DisplayName("a recording name that is taken is a conflict")
    void recordingTaken() {
        asterisk.answer(PLACE, 409, "{\"message\":\"Recording 'r' already exists and can not be overwritten\"}");

        assertThatThrownBy(() -> ari.record("c1", "r", "wav", 60, 3, true, "#", "fail"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    @DisplayName("a server error is never mistaken for a channel that is gone")
    void serverError() {
        asterisk.answer(PLACE, 500, "");

        assertThat(catchThrowableOfType(PstnException.class, () -> ari.answer("c1"))
                        .effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    @DisplayName("values of any characters travel whole")
    void characters() {
        ari.setVariable("c1", "note", "a+b & \"ü\"");

        assertThat(asterisk.requests)
                .containsExactly(
                        "POST /ari/channels/c1/variable {\"variable\":\"note\",\"value\":\"a+b & \\\"ü\\\"\"}");
    }

    @Test
    @DisplayName("a hangup cause goes as a word, or as a number where that is understood")
    void hangup() {
        asterisk.answer(
                "GET /ari/asterisk/info",
                200,
                "{\"system\":{\"version\":\"22.10.1\"},\"status\":{\"startup_time\":\"2026-11-22T10:20:53.193+0000\"}}");

        ari.hangup("c1", 17);
        ari.hangup("c1", 3);
        assertThat(ari.info().startedAt()).isEqualTo("2026-11-22T10:20:53.193Z");
        ari.hangup("c1", 3);

        assertThat(asterisk.requests)
                .containsExactly(
                        "DELETE /ari/channels/c1?reason=busy ",
                        "DELETE /ari/channels/c1?reason=normal ",
                        "GET /ari/asterisk/info ",
                        "DELETE /ari/channels/c1?reason_code=3 ");
    }

    @Test
    @DisplayName("a lost reply to originate is looked up and found; the call is placed once")
    void lostAndFound() {
        asterisk.drop(PLACE).answer(LOOK, 200, "{\"id\":\"c1\"}");

        assertThat(ari.originate(call())).isEqualTo(Originated.FOUND);
        assertThat(asterisk.requests).filteredOn(r -> r.startsWith(PLACE)).hasSize(1);
    }

    @Test
    @DisplayName("a lost reply and no channel stays in doubt")
    void lostAndAbsent() {
        asterisk.drop(PLACE).answer(LOOK, 404, "");

        PstnException failure = catchThrowableOfType(PstnException.class, () -> ari.originate(call()));

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining("was not there when looked up");
    }

    @Test
    @DisplayName("an endpoint that Asterisk cannot reach did nothing")
    void unregistered() {
        asterisk.answer(PLACE, 500, "{\"error\":\"Allocation failed\"}").answer(LOOK, 404, "");

        PstnException failure = catchThrowableOfType(PstnException.class, () -> ari.originate(call()));

        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining("registered");
    }

    @Test
    @DisplayName("where the look-up fails too, the first failure is thrown and the doubt stays")
    void lookUpFails() {
        asterisk.drop(PLACE).answer(LOOK, 500, "");

        PstnException failure = catchThrowableOfType(PstnException.class, () -> ari.originate(call()));

        assertThat(failure.operation()).isEqualTo("ari.channel.originate");
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    @DisplayName("an old Asterisk without filters is told apart from a broken one")
    void filter() {
        assertThat(ari.eventFilter("app", List.of("Dial"))).isTrue();
        asterisk.answer("PUT", 404, "");
        assertThat(ari.eventFilter("app", List.of("Dial"))).isFalse();

        assertThat(asterisk.requests.get(0))
                .isEqualTo("PUT /ari/applications/app/eventFilter {\"allowed\":[{\"type\":\"Dial\"}]}");
    }

    private static Origination call() {
        return new Origination("c1", "PJSIP/1001", null, 30, "app", "out", Map.of("A", "1"), null, null);
    }
}
