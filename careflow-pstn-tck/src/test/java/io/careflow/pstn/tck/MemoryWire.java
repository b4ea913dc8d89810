package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.webhook.WebhookRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The wire of providers in memory: each arrangement makes them anew, with what the samples name and with a line that fails.
 * {@link #provider} leads to those of the last arrangement.
 */
final class MemoryWire implements Wire {
    static final ProviderId ID = new ProviderId("memory");
    private static final String KEY = "hidden-webhook-key";
    private static final String URL = "https://app.example.org/webhooks";

    private final Samples samples = new MemorySamples();
    private final Supplier<List<InMemoryProvider.Builder>> builders;
    private final Function<List<InMemoryProvider>, PstnProvider> join;
    private final List<PstnEvent> heard = new CopyOnWriteArrayList<>();
    private volatile List<InMemoryProvider> parts;

    /**
     * A wire of these parts.
     *
     * @param builders new ones whenever it is asked
     * @param join makes one provider of the parts
     */
    MemoryWire(Supplier<List<InMemoryProvider.Builder>> builders, Function<List<InMemoryProvider>, PstnProvider> join) {
        this.builders = builders;
        this.join = join;
        this.parts = make();
        parts.forEach(part -> part.line().listen());
    }

    /** A builder of a part of this wire. */
    static InMemoryProvider.Builder part() {
        return InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp())
                .id(ID.value())
                .time(VirtualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z")));
    }

    /** The same with webhooks. */
    static InMemoryProvider.Builder partWithWebhooks() {
        return part().webhooks(Secret.of(KEY));
    }

    /** What leads to the parts of the last arrangement. */
    PstnProvider provider() {
        return new PstnProvider() {
            @Override
            public ProviderId id() {
                return join.apply(parts).id();
            }

            @Override
            public <T extends Capability> Optional<T> find(Class<T> capability) {
                return join.apply(parts).find(capability).map(any -> leading(capability));
            }

            @Override
            public <T extends Capability> T require(Class<T> capability) {
                join.apply(parts).require(capability);
                return leading(capability);
            }

            @Override
            public void close() {
                join.apply(parts).close();
            }
        };
    }

    @Override
    public Samples samples() {
        return samples;
    }

    @Override
    public void arrange(Operation operation, Situation situation) {
        List<InMemoryProvider> made = make();
        for (InMemoryProvider part : made) {
            if (situation != Situation.NOT_FOUND) {
                new MemoryWorld(samples, part).populate(operation);
            }
            trouble(part, operation, situation);
            part.line().listen();
        }
        parts = made;
    }

    @Override
    public List<SentRequest> sent() {
        List<SentRequest> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.line().sent()));
        return all;
    }

    @Override
    public List<String> listed(Operation operation) {
        throw new IllegalStateException("lists in memory have no pages");
    }

    @Override
    public WebhookRequest webhook(WebhookSituation situation) {
        Instant now = parts.get(0).time().now();
        String form = WebhookForm.write(new MessageReceived(
                "event-77",
                now,
                new MessageRef(ID, "message-77"),
                "+14165550199",
                samples.owned().e164(),
                "Zoë & co: 100% = fine?",
                List.of()));
        WebhookRequest genuine = signed(KEY, form, now);
        return switch (situation) {
            case GENUINE -> genuine;
            case UNKNOWN_EVENT ->
                signed(KEY, WebhookForm.write(new Unrecognized("event-78", now, "moon.phase", "")), now);
            case FORGED -> signed("another-key", form, now);
            case ALTERED_BODY ->
                WebhookRequest.post(URL, form.replace("event-77", "event-76"))
                        .header(
                                MemoryWebhooks.SIGNATURE,
                                genuine.header(MemoryWebhooks.SIGNATURE).orElseThrow());
            case UNSIGNED -> WebhookRequest.post(URL, form);
            case STALE -> signed(KEY, form, now.minus(Duration.ofDays(1)));
        };
    }

    @Override
    public List<PstnEvent> told() {
        parts.forEach(part -> part.time().run(Duration.ZERO));
        return heard;
    }

    @Override
    public Set<String> secrets() {
        return Set.of(KEY);
    }

    @Override
    public Optional<String> cannot(Operation operation, Situation situation) {
        return switch (situation) {
            case SERVER_ERROR_ONCE -> Optional.of("without a network nothing is read twice");
            case TRUNCATED_BODY, HTML_ERROR_PAGE, UNKNOWN_FIELDS -> Optional.of("nothing is written as text");
            case UNKNOWN_STATUS_TEXT -> Optional.of("the carrier's words are the provider's own");
            case THREE_PAGES_WITH_A_CHANGE_BETWEEN -> Optional.of("lists have no pages");
            default -> Optional.empty();
        };
    }

    @Override
    public boolean speaksHttp() {
        return false;
    }

    @Override
    public void close() {}

    private List<InMemoryProvider> make() {
        return builders.get().stream()
                .map(builder -> builder.tellingEverything(heard::add).start())
                .toList();
    }

    private void trouble(InMemoryProvider part, Operation operation, Situation situation) {
        Failure doubt = Failure.of(ID, operation.toString(), Effect.UNKNOWN, situation.toString());
        Failure nothing = Failure.of(ID, operation.toString(), Effect.NONE, situation.toString());
        switch (situation) {
            case NUMBER_TAKEN -> part.carrier().soldToSomebodyElse(samples.available());
            case INSUFFICIENT_FUNDS -> part.carrier().balance(Money.of("0", "USD"));
            case CONNECTION_REFUSED -> part.carrier().goesDown(situation.toString());
            case CREDENTIALS_REJECTED -> fails(part, operation, new AuthenticationFailed(nothing), false);
            case THROTTLED -> fails(part, operation, new Throttled(nothing), false);
            case THROTTLED_WITH_RETRY_AFTER ->
                fails(part, operation, new Throttled(nothing.withRetryAfter(RETRY_AFTER)), false);
            case SERVER_ERROR, LOST_REPLY_NOT_FOUND, READ_TIMEOUT_AFTER_SENDING ->
                fails(part, operation, new ProviderUnavailable(doubt), false);
            case SERVER_ERROR_AFTER_ACCEPTING, LOST_REPLY_BUT_DONE ->
                fails(part, operation, new ProviderUnavailable(doubt), true);
            default -> {
                // SUCCESS and NOT_FOUND are no trouble; the others cannot be.
            }
        }
    }

    private static void fails(InMemoryProvider part, Operation operation, PstnException failure, boolean afterDoing) {
        part.line().failAlways(operation, new MemoryLine.Fault(failure, afterDoing));
    }

    private static WebhookRequest signed(String key, String form, Instant at) {
        return MemoryWebhooks.signed(Secret.of(key), URL, form, at);
    }

    private <T extends Capability> T leading(Class<T> capability) {
        return capability.cast(Proxy.newProxyInstance(
                capability.getClassLoader(), new Class<?>[] {capability}, (self, method, arguments) -> {
                    try {
                        return method.invoke(join.apply(parts).require(capability), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
