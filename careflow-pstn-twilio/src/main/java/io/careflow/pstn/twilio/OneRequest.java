package io.careflow.pstn.twilio;

import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.careflow.pstn.http.HttpReply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client under which a class of twilio-java runs one request. It keeps the answer and shows that class a hollow one: a
 * second parse would cost time and turn unknown words into null. Used by one thread, once.
 */
final class OneRequest extends TwilioRestClient {
    private final TwilioHttp http;
    private final String operation;
    private final String shown;
    private @Nullable HttpReply reply;
    private String product = "";

    /** @param shown what twilio-java gets to parse */
    OneRequest(TwilioHttp http, String account, String operation, String shown) {
        // The credentials are the transport's; twilio-java never sees them, and so cannot log them.
        super(new Builder("none", "none").accountSid(account).httpClient(http));
        this.http = http;
        this.operation = operation;
        this.shown = shown;
    }

    /** Not the inherited one: that logs the request's parameters and asks for repetitions. */
    @Override
    public Response request(Request request) {
        product = TwilioHttp.productOf(request);
        HttpReply answer = http.send(operation, request);
        reply = answer;
        return new Response(shown, answer.status());
    }

    /** Nothing is logged. */
    @Override
    public void logRequest(Request request) {}

    boolean isAnswered() {
        return reply != null;
    }

    HttpReply reply() {
        return Objects.requireNonNull(reply, "a class of twilio-java that sends nothing");
    }

    /** The product whose host was asked. */
    String product() {
        return product;
    }
}
