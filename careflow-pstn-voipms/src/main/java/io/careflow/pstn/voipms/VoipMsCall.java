package io.careflow.pstn.voipms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, described: a method of the API and its parameters, all of them flat texts. A parameter that is absent is left as
 * it is or to VoIP.ms; one that is empty clears the field. Shows no values. Immutable and thread-safe.
 */
final class VoipMsCall {
    private final String operation;
    private final String method;
    private final List<Map.Entry<String, String>> parameters;

    private VoipMsCall(String operation, String method, List<Map.Entry<String, String>> parameters) {
        this.operation = operation;
        this.method = method;
        this.parameters = parameters;
    }

    /**
     * A request without parameters.
     *
     * @param operation the name that failures and metrics give it, such as {@code number.list}
     * @param method VoIP.ms's name, such as {@code getDIDsInfo}
     */
    static VoipMsCall of(String operation, String method) {
        return new VoipMsCall(operation, method, List.of());
    }

    /** The same with one more parameter. */
    VoipMsCall with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(parameters);
        more.add(Map.entry(name, value));
        return new VoipMsCall(operation, method, List.copyOf(more));
    }

    /** The same, with the parameter if there is a value. */
    VoipMsCall withAny(String name, @Nullable String value) {
        return value == null ? this : with(name, value);
    }

    /** The same with a truth value, as VoIP.ms takes it from requests: 1 or 0. */
    VoipMsCall flag(String name, boolean value) {
        return with(name, value ? "1" : "0");
    }

    /** The same with these parameters. */
    VoipMsCall withAll(Map<String, String> more) {
        VoipMsCall call = this;
        for (Map.Entry<String, String> parameter : more.entrySet()) {
            call = call.with(parameter.getKey(), parameter.getValue());
        }
        return call;
    }

    String operation() {
        return operation;
    }

    String method() {
        return method;
    }

    List<Map.Entry<String, String>> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "VoipMsCall[" + operation + ", " + method + "]";
    }
}
