package io.careflow.pstn.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request, described. Path segments, names and values are given plain and encoded here, so any character survives.
 * {@link #toString} shows operation and method, nothing of what is sent. Immutable and thread-safe.
 */
public final class HttpCall {
    static final String FORM = "application/x-www-form-urlencoded";

    private final Parts parts;

    private HttpCall(Parts parts) {
        this.parts = parts;
    }

    /**
     * Describes a request without query and body.
     *
     * @param operation fixed, low-cardinality name for metrics and errors; no ids in it
     * @param method the HTTP method; GET and HEAD count as reads and may be repeated, everything else is sent once
     * @param path plain segments below the base URI
     * @throws IllegalArgumentException if a segment is empty or would climb
     */
    public static HttpCall of(String operation, String method, String... path) {
        for (String segment : path) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(operation + ": '" + segment + "' cannot be a path segment");
            }
        }
        Parts parts = new Parts(operation, method);
        parts.path = List.of(path);
        return new HttpCall(parts);
    }

    /**
     * A GET of the next page, by the link that the carrier gave: a relative path with its query as it is (without a leading
     * slash it stands below the base URI), or an absolute URL. Sending it fails with a ProtocolError and sends nothing if it
     * leads to another scheme, host or port than the transport's: strangers get no credentials.
     *
     * @param operation fixed, low-cardinality name for metrics and errors; no ids in it
     * @param next the link, sent as it is
     */
    public static HttpCall page(String operation, URI next) {
        Parts parts = new Parts(operation, "GET");
        parts.link = Objects.requireNonNull(next, "next");
        return new HttpCall(parts);
    }

    /** The same with one more query parameter. */
    public HttpCall query(String name, String value) {
        return with(p -> p.query = plus(p.query, name, value));
    }

    /**
     * The same with one more header. Not for credentials; those belong to the transport.
     *
     * @throws IllegalArgumentException naming the header, if its value holds characters that no header may
     */
    public HttpCall header(String name, String value) {
        // OkHttp would quote the offending value in its message.
        if (!HeaderText.isValid(value)) {
            throw new IllegalArgumentException(
                    parts.operation + ": the header " + name + " holds characters that no header may");
        }
        return with(p -> p.headers = plus(p.headers, name, value));
    }

    /**
     * The same with a body. The array is not copied; leave it alone afterwards.
     *
     * @throws IllegalStateException if form fields were given
     */
    public HttpCall body(String type, byte[] content) {
        if (!parts.form.isEmpty()) {
            throw new IllegalStateException(parts.operation + ": a request has form fields or a body, not both");
        }
        return with(p -> {
            p.body = content;
            p.contentType = type;
        });
    }

    /**
     * The same with one more field of a body of type {@code application/x-www-form-urlencoded}, encoded as HTML forms do, in
     * UTF-8. A name may be given more than once; the order is kept.
     *
     * @throws IllegalStateException if a body was given
     */
    public HttpCall form(String name, String value) {
        if (parts.body != null) {
            throw new IllegalStateException(parts.operation + ": a request has form fields or a body, not both");
        }
        return with(p -> p.form = plus(p.form, name, value));
    }

    /**
     * The same with more fields, as if each value had been given to {@link #form(String, String)}.
     *
     * @throws IllegalStateException if a body was given
     */
    public HttpCall form(Map<String, List<String>> fields) {
        if (parts.body != null) {
            throw new IllegalStateException(parts.operation + ": a request has form fields or a body, not both");
        }
        List<Parameter> longer = new ArrayList<>(parts.form);
        fields.forEach((name, values) -> values.forEach(value -> longer.add(new Parameter(name, value))));
        return with(p -> p.form = Collections.unmodifiableList(longer));
    }

    /**
     * The same, declared safe to repeat: the request carries an idempotency key which the carrier documents. It is then
     * repeated like a read, also where a first attempt may have been carried out.
     */
    public HttpCall idempotent() {
        return with(p -> p.idempotent = true);
    }

    /**
     * The same, declared to change nothing at the carrier although its method does not say so, as where credentials must not
     * stand in a URL. It is then repeated like a GET.
     */
    public HttpCall reading() {
        return with(p -> p.reading = true);
    }

    /**
     * The same with a deadline of its own instead of the transport's, for silence as for one whole attempt; the one to connect
     * stays. For requests that are known to take a carrier long. Does not hold for downloads.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public HttpCall within(Duration whole) {
        if (whole.isNegative() || whole.isZero()) {
            throw new IllegalArgumentException(parts.operation + ": deadline is " + whole + ", not positive");
        }
        return with(p -> p.deadline = whole);
    }

    /** The same, where these error statuses are an answer and not a failure: they return instead of throwing. */
    public HttpCall answeredBy(Integer... statuses) {
        return answeredBy(Set.of(statuses));
    }

    /** As {@link #answeredBy(Integer...)}. */
    public HttpCall answeredBy(Set<Integer> statuses) {
        Set<Integer> copy = Set.copyOf(statuses);
        return with(p -> p.answers = copy);
    }

    /** The operation's name. */
    public String operation() {
        return parts.operation;
    }

    /** Operation and method only: path, query, headers and body may hold what nobody else should read. */
    @Override
    public String toString() {
        return "HttpCall[" + parts.operation + ", " + parts.method + "]";
    }

    boolean isRead() {
        return parts.reading || parts.method.equals("GET") || parts.method.equals("HEAD");
    }

    boolean mayBeRepeated() {
        return isRead() || parts.idempotent;
    }

    @Nullable
    Duration deadline() {
        return parts.deadline;
    }

    String method() {
        return parts.method;
    }

    List<Parameter> headers() {
        return parts.headers;
    }

    List<Parameter> query() {
        return parts.query;
    }

    List<Parameter> form() {
        return parts.form;
    }

    boolean isAnswer(int status) {
        return (status >= 200 && status < 300) || parts.answers.contains(status);
    }

    byte @Nullable [] body() {
        return parts.form.isEmpty() ? parts.body : Encoding.form(parts.form);
    }

    String contentType() {
        return parts.form.isEmpty() ? parts.contentType : FORM;
    }

    @Nullable
    URI link() {
        return parts.link;
    }

    List<String> encodedPath() {
        return parts.path.stream().map(Encoding::url).toList();
    }

    List<Parameter> encodedQuery() {
        return parts.query.stream()
                .map(p -> new Parameter(Encoding.url(p.name()), Encoding.url(p.value())))
                .toList();
    }

    private HttpCall with(Consumer<Parts> change) {
        Parts copy = parts.copy();
        change.accept(copy);
        return new HttpCall(copy);
    }

    private static List<Parameter> plus(List<Parameter> list, String name, String value) {
        List<Parameter> longer = new ArrayList<>(list.size() + 1);
        longer.addAll(list);
        longer.add(new Parameter(name, value));
        return Collections.unmodifiableList(longer);
    }

    /** A name and its value, plain. */
    record Parameter(String name, String value) {
        @Override
        public String toString() {
            return name + "=...";
        }
    }

    /** Filled before a call is made of it, and never changed afterwards. */
    private static final class Parts {
        final String operation;
        final String method;
        List<String> path = List.of();

        @Nullable
        URI link;

        List<Parameter> query = List.of();
        List<Parameter> headers = List.of();
        List<Parameter> form = List.of();
        Set<Integer> answers = Set.of();
        byte @Nullable [] body;
        String contentType = "";
        boolean idempotent;
        boolean reading;

        @Nullable
        Duration deadline;

        Parts(String operation, String method) {
            this.operation = operation;
            this.method = method;
        }

        Parts copy() {
            Parts copy = new Parts(operation, method);
            copy.path = path;
            copy.link = link;
            copy.query = query;
            copy.headers = headers;
            copy.form = form;
            copy.answers = answers;
            copy.body = body;
            copy.contentType = contentType;
            copy.idempotent = idempotent;
            copy.reading = reading;
            copy.deadline = deadline;
            return copy;
        }
    }
}
