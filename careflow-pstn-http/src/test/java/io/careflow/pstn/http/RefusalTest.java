package io.careflow.pstn.http;

import static io.careflow.pstn.http.Loopback.failure;
import static io.careflow.pstn.http.RawServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Refusal.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private static final HttpCall WRITE = HttpCall.of("number.order", "POST", "numbers");
    private static final Map<Kind, Class<? extends PstnException>> TYPES = Map.of(
            Kind.AUTHENTICATION, AuthenticationFailed.class,
            Kind.INVALID_REQUEST, InvalidRequest.class,
            Kind.NOT_FOUND, NotFound.class,
            Kind.CONFLICT, Conflict.class,
            Kind.NUMBER_UNAVAILABLE, NumberUnavailable.class,
            Kind.INSUFFICIENT_FUNDS, InsufficientFunds.class,
            Kind.THROTTLED, Throttled.class,
            Kind.UNAVAILABLE, ProviderUnavailable.class,
            Kind.NOT_PERMITTED, NotPermitted.class);

    private final Loopback loop = new Loopback();

    @AfterEach
    void close() throws Exception {
        loop.close();
    }

    @Test
    @DisplayName("each kind is the failure that it names, with code and reason; the effect is that of the status")
    void kinds() {
        assertThat(TYPES.keySet()).hasSize(Kind.values().length - 1).doesNotContain(Kind.BY_STATUS);
        TYPES.forEach((kind, type) -> {
            NotPermitted.Why why = kind == Kind.NOT_PERMITTED ? NotPermitted.Why.TRIAL : null;
            Refusal refusal = new Refusal(kind, "21608", "as the carrier says", why);

            PstnException rejected = answering("400 Bad", refusal);
            assertThat(rejected).isInstanceOf(type).hasMessageContaining("as the carrier says");
            assertThat(rejected.code()).contains("21608");
            assertThat(rejected.effect()).isEqualTo(Effect.NONE);
            assertThat(answering("500 Bad", refusal)).isInstanceOf(type);
            assertThat(answering("500 Bad", refusal).effect()).isEqualTo(Effect.UNKNOWN);
        });
    }

    @Test
    @DisplayName("what is not permitted says why")
    void why() {
        Refusal refusal = Refusal.notPermitted(NotPermitted.Why.GEO_PERMISSION, "21215", null);

        assertThat(answering("403 No", refusal))
                .isInstanceOfSatisfying(
                        NotPermitted.class, e -> assertThat(e.why()).isEqualTo(NotPermitted.Why.GEO_PERMISSION));
        assertThatThrownBy(() -> new Refusal(Kind.NOT_PERMITTED, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Refusal(Kind.CONFLICT, null, null, NotPermitted.Why.TRIAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400,InvalidRequest",
        "401,AuthenticationFailed",
        "402,InsufficientFunds",
        "403,AuthenticationFailed",
        "404,NotFound",
        "405,InvalidRequest",
        "407,AuthenticationFailed",
        "408,ProviderUnavailable",
        "409,Conflict",
        "410,NotFound",
        "412,Conflict",
        "422,InvalidRequest",
        "429,Throttled",
        "500,ProviderUnavailable",
        "302,ProtocolError"
    })
    @DisplayName("by status, the code is kept and the kind is the status's")
    void byStatus(int status, String type) {
        PstnException failure = answering(status + " X", Refusal.byStatus("c1", null));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        if (status != 407) { // OkHttp throws the body of this one away
            assertThat(failure.code()).contains("c1");
        }
    }

    @Test
    @DisplayName("an error page that is no JSON, or a reader that stumbles, leaves the status to speak")
    void notJson() {
        RawServer server = loop.serve(reply("409 Taken", "", "<html>sorry</html>"));

        assertThat(failure(
                        loop.transport(
                                server,
                                b -> b.refusals(r ->
                                        new Refusal(Kind.NOT_FOUND, r.fields().requireText("code"), null))),
                        WRITE))
                .isInstanceOf(Conflict.class);
        assertThat(failure(
                        loop.transport(
                                server,
                                b -> b.refusals(r -> {
                                    throw new IllegalStateException("a defect");
                                })),
                        WRITE))
                .isInstanceOf(Conflict.class);
    }

    @Test
    @DisplayName("a refusal inside a success: for certain nothing, unless the carrier does not know either")
    void inside() {
        RawServer server = loop.serve(reply("200 OK", "", "{\"status\":\"no_funds\"}"));

        PstnException refused = failure(
                loop.transport(
                        server,
                        b -> b.refusalsInside(r ->
                                new Refusal(Kind.INSUFFICIENT_FUNDS, r.fields().requireText("status"), null))),
                WRITE);
        PstnException unclear =
                failure(loop.transport(server, b -> b.refusalsInside(r -> Refusal.byStatus("odd", null))), WRITE);

        assertThat(refused).isInstanceOf(InsufficientFunds.class);
        assertThat(refused.code()).contains("no_funds");
        assertThat(refused.effect()).isEqualTo(Effect.NONE);
        assertThat(unclear).isInstanceOf(ProtocolError.class);
        assertThat(unclear.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(loop.observed)
                .containsExactly(
                        "start number.order", "end InsufficientFunds", "start number.order", "end ProtocolError");
    }

    @Test
    @DisplayName("a success without a refusal inside is a success; one that cannot be read is a protocol error")
    void noneInside() {
        RawServer good = loop.serve(reply("200 OK", "", "{\"status\":\"success\"}"));
        RawServer page = loop.serve(reply("200 OK", "", "<html>"));

        assertThat(loop.transport(good, b -> b.refusalsInside(r -> null))
                        .send(WRITE)
                        .isSuccess())
                .isTrue();
        assertThat(failure(
                        loop.transport(
                                page,
                                b -> b.refusalsInside(
                                        r -> Refusal.byStatus(r.fields().requireText("status"), null))),
                        WRITE))
                .isInstanceOf(ProtocolError.class);
        assertThat(failure(
                        loop.transport(
                                page,
                                b -> b.refusalsInside(r -> {
                                    throw new IllegalStateException("a defect");
                                })),
                        WRITE))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    @DisplayName("long or broken texts are cut to one line")
    void texts() {
        Refusal refusal = new Refusal(Kind.CONFLICT, "c".repeat(500), "two\r\nlines\u0000 " + "x".repeat(500));

        assertThat(refusal.code()).hasSize(Refusal.MAX_CODE);
        assertThat(refusal.reason()).hasSize(Refusal.MAX_REASON).startsWith("two lines");
        assertThat(new Refusal(Kind.CONFLICT, " ", "\n").reason()).isNull();
    }

    @Test
    @DisplayName("what was sent is taken out of the carrier's words, also over two lines and where they were cut")
    void quoting() {
        RawServer server = loop.serve(reply("400 Bad", "", "{}"));
        HttpCall call = WRITE.form("Text", "first line\nsecond line")
                .form("To", "+15550100")
                .form("Lang", "en");
        String quote = "no 'first line\nsecond line' en to +15550100";
        String cut = "x".repeat(Refusal.MAX_REASON - 9) + "+15550100 and more";

        PstnException quoted =
                failure(loop.transport(server, b -> b.refusals(r -> Refusal.byStatus(null, quote))), call);
        PstnException halved = failure(loop.transport(server, b -> b.refusals(r -> Refusal.byStatus(null, cut))), call);

        assertThat(quoted.failure().reason()).isEqualTo("no '[...]' en to [...]");
        assertThat(halved.failure().reason()).endsWith("xxx[...]");
    }

    private PstnException answering(String status, Refusal refusal) {
        RawServer server = loop.serve(reply(status, "", "{}"));
        return failure(loop.transport(server, b -> b.refusals(r -> refusal)), WRITE);
    }
}
