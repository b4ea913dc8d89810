package io.careflow.pstn.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers, with flaws on demand. */
final class ExchangeNumbers implements NumberInventory {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeNumbers.class);
    private static final Set<NumberFeature> CAN = Set.of(NumberFeature.VOICE);

    private final HttpTransport http;
    private final Set<Flaw> flaws;
    private final Secret apiKey;
    private final Json json = new Json();
    private final Map<CommandId, NumberAtCarrier> ordered = new ConcurrentHashMap<>();
    private final Map<CommandId, PstnException> doubts = new ConcurrentHashMap<>();

    ExchangeNumbers(HttpTransport http, Set<Flaw> flaws, Secret apiKey) {
        this.http = http;
        this.flaws = flaws;
        this.apiKey = apiKey;
    }

    @Override
    public List<AvailableNumber> search(NumberQuery query) {
        HttpCall call = HttpCall.of("number.search", "GET", "available").query("country", query.country());
        return send(call).fields().list("numbers").stream()
                .map(found -> new AvailableNumber(
                        number(found),
                        NumberKind.LOCAL,
                        "local",
                        query.country(),
                        null,
                        null,
                        CAN,
                        NumberPrice.UNKNOWN,
                        false))
                .toList();
    }

    @Override
    public NumberAtCarrier order(NumberOrder order) {
        ObjectNode body = settings("number.order", order.settings());
        body.put("number", order.number().e164());
        if (!flaws.contains(Flaw.FORGETS_COMMANDS)) {
            PstnException doubt = doubts.get(order.commandId());
            if (doubt != null) {
                return find(order.number()).orElseThrow(() -> doubt);
            }
            NumberAtCarrier before = ordered.get(order.commandId());
            if (before != null) {
                return before;
            }
        }
        try {
            NumberAtCarrier bought = owned(send(body(HttpCall.of("number.order", "POST", "numbers"), body))
                    .fields());
            ordered.put(order.commandId(), bought);
            return bought;
        } catch (PstnException failure) {
            if (failure.effect() == Effect.UNKNOWN) {
                doubts.put(order.commandId(), failure);
            }
            if (failure.effect() == Effect.NONE || flaws.contains(Flaw.NEVER_LOOKS_UP)) {
                throw failure;
            }
            return find(order.number()).orElseThrow(() -> failure);
        }
    }

    @Override
    public Optional<NumberAtCarrier> find(PhoneNumber number) {
        try {
            HttpReply reply = send(one("number.find", "GET", number).answeredBy(404));
            return reply.isSuccess() ? Optional.of(owned(reply.fields())) : Optional.empty();
        } catch (ProviderUnavailable e) {
            if (flaws.contains(Flaw.EMPTY_WHEN_IT_FAILS)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<NumberAtCarrier> list() {
        List<NumberAtCarrier> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<URI> next = Optional.of(URI.create("numbers"));
        while (next.isPresent()) {
            Fields page = send(HttpCall.page("number.list", next.get())).fields();
            page.list("numbers").stream()
                    .map(this::owned)
                    .filter(number -> seen.add(number.id()) || flaws.contains(Flaw.LISTS_TWICE))
                    .forEach(all::add);
            next = flaws.contains(Flaw.READS_ONE_PAGE) ? Optional.empty() : page.uri("next");
        }
        return all;
    }

    @Override
    public NumberAtCarrier configure(PhoneNumber number, NumberSettings settings) {
        return owned(send(body(one("number.configure", "PATCH", number), settings("number.configure", settings)))
                .fields());
    }

    @Override
    public void release(PhoneNumber number) {
        send(one("number.release", "DELETE", number).answeredBy(404));
    }

    private HttpReply send(HttpCall call) {
        if (flaws.contains(Flaw.LOGS_SECRET)) {
            LOG.debug("{} with {}", call, apiKey.reveal());
        }
        try {
            return http.send(flawed(call));
        } catch (PstnException e) {
            if (flaws.contains(Flaw.LEAKS_SECRET)) {
                e.addSuppressed(new IllegalStateException("Bearer " + apiKey.reveal()));
            }
            if (flaws.contains(Flaw.CALLS_DOUBT_UNDONE)
                    && call.operation().equals("number.configure")
                    && e.effect() == Effect.UNKNOWN) {
                throw new ProviderUnavailable(Failure.of(Exchange.ID, call.operation(), Effect.NONE, "failed")
                        .withHttpStatus(e.httpStatus().orElse(500)));
            }
            throw e;
        }
    }

    private HttpCall flawed(HttpCall call) {
        return flaws.contains(Flaw.SENDS_WRITES_AGAIN) ? call.idempotent() : call;
    }

    private ObjectNode settings(String operation, NumberSettings wanted) {
        if (!wanted.options().isEmpty() && !flaws.contains(Flaw.DROPS_OPTIONS)) {
            throw new UnsupportedFeature(
                    Exchange.ID, operation, wanted.options().keySet().toString(), List.of());
        }
        return json.object().put("voice_url", String.valueOf(wanted.voiceUrl()));
    }

    private HttpCall body(HttpCall call, ObjectNode body) {
        return call.body("application/json", json.write(body));
    }

    private static HttpCall one(String operation, String method, PhoneNumber number) {
        return HttpCall.of(operation, method, "numbers", number.e164());
    }

    private NumberAtCarrier owned(Fields fields) {
        String status = fields.requireText("status");
        boolean active = status.equals("active") || flaws.contains(Flaw.GUESSES_STATUS);
        return new NumberAtCarrier(
                number(fields),
                fields.requireText("id"),
                "",
                active ? NumberAtCarrier.Status.ACTIVE : NumberAtCarrier.Status.OTHER,
                status,
                CAN,
                null,
                null,
                null);
    }

    private static PhoneNumber number(Fields fields) {
        return fields.read("number", "a phone number", PhoneNumber::new).orElseThrow();
    }
}
