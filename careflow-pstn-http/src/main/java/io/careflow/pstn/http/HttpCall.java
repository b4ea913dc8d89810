package io.careflow.pstn.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request, described. Path segments, names and values are given plain and encoded here, so any character survives.
 * Immutable and thread-safe.
 */
public final class HttpCall {
    private final String operation;
    private final String method;
    private final List<String> path;
    private final List<Parameter> query;
    private final List<Parameter> headers;
    private final Set<Integer> answers;
    private final byte @Nullable [] body;
    private final String contentType;

    private HttpCall(
            String operation,
            String method,
            List<String> path,
            List<Parameter> query,
            List<Parameter> headers,
            Set<Integer> answers,
            byte @Nullable [] body,
            String contentType) {
        this.operation = operation;
        this.method = method;
        this.path = List.copyOf(path);
        this.query = List.copyOf(query);
        this.headers = List.copyOf(headers);
        this.answers = Set.copyOf(answers);
        this.body = body;
        this.contentType = contentType;
    }

    /**
     * Describes a request without query and body.
     *
     * @param operation fixed, low-cardinality name for metrics and errors; no ids in it
     * @param method the HTTP method; GET and HEAD count as reads and may be repeated, everything else is sent once
     * @param path plain segments below the base URI
     */
    public static HttpCall of(String operation, String method, String... path) {
        for (String segment : path) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(operation + ": '" + segment + "' cannot be a path segment");
            }
        }
        return new HttpCall(operation, method, List.of(path), List.of(), List.of(), Set.of(), null, "");
    }

    /** The same with one more query parameter. */
    public HttpCall query(String name, String value) {
        return new HttpCall(operation, method, path, plus(query, name, value), headers, answers, body, contentType);
    }

    /** The same with one more header. Not for credentials; those belong to the transport. */
    public HttpCall header(String name, String value) {
        return new HttpCall(operation, method, path, query, plus(headers, name, value), answers, body, contentType);
    }

    /** The same with a body. The array is not copied; leave it alone afterwards. */
    public HttpCall body(String type, byte[] content) {
        return new HttpCall(operation, method, path, query, headers, answers, content, type);
    }

    /** The same, where these error statuses are an answer and not a failure: they return instead of throwing. */
    public HttpCall answeredBy(Integer... statuses) {
        return answeredBy(Set.of(statuses));
    }

    /** As {@link #answeredBy(Integer...)}. */
    public HttpCall answeredBy(Set<Integer> statuses) {
        return new HttpCall(operation, method, path, query, headers, Set.copyOf(statuses), body, contentType);
    }

    /** The operation's name. */
    public String operation() {
        return operation;
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    String method() {
        return method;
    }

    List<Parameter> headers() {
        return headers;
    }

    boolean isAnswer(int status) {
        return (status >= 200 && status < 300) || answers.contains(status);
    }

    byte @Nullable [] body() {
        return body;
    }

    String contentType() {
        return contentType;
    }

    List<String> encodedPath() {
        return path.stream().map(HttpCall::encode).toList();
    }

    List<Parameter> encodedQuery() {
        return query.stream()
                .map(p -> new Parameter(encode(p.name()), encode(p.value())))
                .toList();
    }

    private static List<Parameter> plus(List<Parameter> list, String name, String value) {
        List<Parameter> longer = new ArrayList<>(list);
        longer.add(new Parameter(name, value));
        return longer;
    }

    // A raw '+' is a blank to some servers and a plus to others; RFC 3986's unreserved characters are safe everywhere.
    private static String encode(String plain) {
        return URLEncoder.encode(plain, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    record Parameter(String name, String value) {}
}
