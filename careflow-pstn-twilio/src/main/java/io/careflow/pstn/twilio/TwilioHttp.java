package io.careflow.pstn.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What twilio-java sends its requests with: our transport. A write is sent once, whatever the answer; twilio-java's own client
 * sends a POST three times after HTTP 500 and six times after 503. Keeps no last request, which that one shares between
 * threads. Thread-safe.
 */
final class TwilioHttp extends HttpClient {
    /** The transport has its own of these. */
    private static final Set<String> OURS = Set.of("authorization", "user-agent", "content-type", "accept-encoding");

    private final HttpTransport transport;
    private final TwilioHosts hosts;
    private final Map<String, HttpTransport> views = new ConcurrentHashMap<>();

    TwilioHttp(HttpTransport transport, TwilioHosts hosts) {
        this.transport = transport;
        this.hosts = hosts;
    }

    /** The account's transport, on the host of a product such as {@code api} or {@code trunking}. */
    HttpTransport product(String name) {
        return views.computeIfAbsent(name, product -> transport.at(hosts.base(product)));
    }

    /** How the account is doing, over all products. */
    ProviderHealth.State health() {
        return transport.health();
    }

    /** Sends what a request class of twilio-java has put together. */
    HttpReply send(String operation, Request request) {
        return product(productOf(request)).send(call(operation, request));
    }

    static String productOf(Request request) {
        String url = request.getUrl();
        int host = url.indexOf("//") + 2;
        int end = host;
        while (end < url.length() && "./:".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(host, end);
    }

    private static HttpCall call(String operation, Request request) {
        String url = request.getUrl();
        String path = url.substring(beforePath(url).length());
        // Their classes put path parameters in without encoding; ours holds none of these in a path.
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw new IllegalArgumentException(operation + ": a path with '?' or '#' is no path of Twilio");
        }
        String[] segments = path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
        HttpCall call = HttpCall.of(operation, request.getMethod().name(), segments);
        for (Map.Entry<String, List<String>> header : request.getHeaderParams().entrySet()) {
            if (!OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                for (String value : header.getValue()) {
                    call = call.header(header.getKey(), value);
                }
            }
        }
        for (Map.Entry<String, List<String>> parameter :
                request.getQueryParams().entrySet()) {
            for (String value : parameter.getValue()) {
                call = call.query(parameter.getKey(), value);
            }
        }
        @Nullable String body = request.getBody();
        if (body != null) {
            return call.body("application/json", body.getBytes(StandardCharsets.UTF_8));
        }
        return call.form(request.getPostParams());
    }

    private static String beforePath(String url) {
        int slash = url.indexOf('/', url.indexOf("//") + 2);
        return slash < 0 ? url : url.substring(0, slash);
    }

    /** For the application's own use of twilio-java's classes; the adapter names its operations and uses {@link #send}. */
    @Override
    public Response makeRequest(Request request) {
        HttpReply reply = send("twilio.request", request);
        return new Response(reply.text(), reply.status());
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }
}
