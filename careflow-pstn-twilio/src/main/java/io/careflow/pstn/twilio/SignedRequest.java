package io.careflow.pstn.twilio;

import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook read once, so that its signature and its content are those of the same bytes.
 *
 * @param request as it arrived
 * @param url the public URL that Twilio signed
 * @param query the fields of the URL's query
 * @param fields the fields that Twilio tells: the body's, or the query's where there is no form
 * @param form whether the body is a form, whose fields are signed
 */
record SignedRequest(WebhookRequest request, String url, Form query, Form fields, boolean form) {
    private static final String FORM = "application/x-www-form-urlencoded";

    static SignedRequest of(WebhookRequest request, String url) {
        Form query = query(url);
        boolean post = request.method().equalsIgnoreCase("POST");
        String type = header(request, "Content-Type");
        boolean form = post && (type == null || type.regionMatches(true, 0, FORM, 0, FORM.length()));
        if (!form) {
            return new SignedRequest(request, url, query, query, false);
        }
        byte[] body = request.body();
        return new SignedRequest(request, url, query, Form.parse(body, 0, body.length), true);
    }

    /** The first header of this name; null if there is none. Without a stream, as every webhook comes this way. */
    static @Nullable String header(WebhookRequest request, String name) {
        for (Map.Entry<String, String> header : request.headers()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    private static Form query(String url) {
        int hash = url.indexOf('#');
        int mark = url.indexOf('?');
        if (mark < 0 || (hash >= 0 && hash < mark)) {
            return Form.EMPTY;
        }
        byte[] query = url.substring(mark + 1, hash < 0 ? url.length() : hash).getBytes(StandardCharsets.UTF_8);
        return Form.parse(query, 0, query.length);
    }
}
