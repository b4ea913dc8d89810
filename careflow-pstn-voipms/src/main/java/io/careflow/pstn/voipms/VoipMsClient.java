package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * VoIP.ms's REST API: everything is a POST of a form to one script, and an object whose {@code status} says how it went. User and
 * password go in the form, so that no URL holds them. Every failure is a {@link PstnException}; see {@link VoipMsErrors}.
 * Thread-safe.
 */
final class VoipMsClient implements AutoCloseable {
    private static final int MOST_MINUTES = 2;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{3,45}");

    private final VoipMsSettings settings;
    private final HttpTransport transport;

    VoipMsClient(VoipMsSettings settings, HttpTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    ProviderId id() {
        return settings.id();
    }

    Clock clock() {
        return settings.clock();
    }

    VoipMsSettings settings() {
        return settings;
    }

    ProviderHealth.State health() {
        return transport.health();
    }

    /**
     * Asks something that changes nothing: repeated where that may help, and in the next minute where VoIP.ms takes no more
     * requests in this one. Statuses such as {@code no_did} are answers without data.
     */
    Fields read(VoipMsCall call) {
        HttpReply reply = patiently(() -> send(call, form(call).reading()));
        if (reply.text().isBlank()) {
            throw new ProtocolError(Failure.of(id(), call.operation(), Effect.UNKNOWN, "the answer is empty")
                    .withHttpStatus(reply.status()));
        }
        return reply.fields();
    }

    /** As {@link #read}, where the answer does not fit into memory. It is a success, or says that there is nothing. */
    HttpDownload open(VoipMsCall call) {
        return patiently(() -> explained(call, () -> transport.open(form(call).reading())));
    }

    private <T> T patiently(Supplier<T> asking) {
        for (int minutes = 0; ; minutes++) {
            try {
                return asking.get();
            } catch (Throttled e) {
                // A shorter wait is the transport's, and was in vain.
                Duration wait = e.retryAfter().orElse(Duration.ZERO);
                if (minutes == MOST_MINUTES || wait.compareTo(settings.whole()) <= 0 || !slept(wait)) {
                    throw e;
                }
            }
        }
    }

    /** Asks for a list. A single row counts as a list of one; an absent list, or a status that says so, as empty. */
    List<Fields> list(VoipMsCall call, String key) {
        return read(call).list(key);
    }

    /** Asks for what one id stands for; empty if VoIP.ms knows nothing of this id. */
    Optional<Fields> find(VoipMsCall call, String key) {
        try {
            return list(call, key).stream().findFirst();
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    /**
     * Changes something: sent once, whatever becomes of it, and with much time. Some methods answer nothing at all; the result
     * is then an object without fields, which says only that VoIP.ms did not refuse.
     */
    Fields write(VoipMsCall call) {
        HttpReply reply = send(call, form(call).within(settings.slowWrite()));
        if (reply.text().isBlank()) {
            return Fields.of(id(), call.operation(), reply.json());
        }
        Fields answer = reply.fields();
        Optional<String> status = answer.text("status").filter(VoipMsErrors::isEmpty);
        if (status.isPresent()) {
            throw new NotFound(Failure.of(id(), call.operation(), Effect.NONE, "VoIP.ms has no such thing")
                    .withCode(status.get())
                    .withHttpStatus(reply.status()));
        }
        return answer;
    }

    /** The address from which VoIP.ms sees our requests come; the one question that it answers to any address. */
    String seenAddress() {
        String operation = "account.address";
        Fields answer = transport
                .send(form(VoipMsCall.of(operation, "getIP")).reading())
                .fields();
        String address = answer.requireText("ip").strip();
        if (!ADDRESS.matcher(address).matches()) {
            throw answer.wrong("ip", "an IP address");
        }
        return address;
    }

    @Override
    public void close() {
        transport.close();
    }

    private HttpReply send(VoipMsCall call, HttpCall http) {
        return explained(call, () -> transport.send(http));
    }

    private <T> T explained(VoipMsCall call, Supplier<T> sending) {
        try {
            return sending.get();
        } catch (AuthenticationFailed e) {
            throw e.code().filter(VoipMsErrors.NOT_LISTED::equalsIgnoreCase).isPresent() ? explained(call, e) : e;
        }
    }

    // Who is turned away must know what to write into the list, and behind a NAT cannot see it.
    private AuthenticationFailed explained(VoipMsCall call, AuthenticationFailed refused) {
        String address;
        try {
            address = "they come from " + seenAddress();
        } catch (PstnException e) {
            refused.addSuppressed(e);
            address = "from which address they come could not be asked";
        }
        Failure facts = refused.failure();
        return new AuthenticationFailed(
                new Failure(
                        facts.provider(),
                        call.operation(),
                        facts.effect(),
                        "VoIP.ms takes API requests from listed addresses only (portal, Main Menu, SOAP and REST/JSON API); "
                                + address,
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                refused);
    }

    private HttpCall form(VoipMsCall call) {
        HttpCall http = HttpCall.of(call.operation(), "POST")
                .form("api_username", settings.username())
                .form("api_password", settings.apiPassword().reveal())
                .form("method", call.method());
        for (Map.Entry<String, String> parameter : call.parameters()) {
            http = http.form(parameter.getKey(), parameter.getValue());
        }
        return http;
    }

    /** Waits; false if the thread was interrupted meanwhile. */
    boolean slept(Duration wait) {
        try {
            settings.sleeper().sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
