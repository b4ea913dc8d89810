package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider without a network: calls, phones and callers are simulated, and time is virtual, so a conversation of an hour
 * takes a millisecond and is the same every time. It runs flows on the same machine as the real providers.
 *
 * <pre>{@code
 * InMemoryProvider pbx = InMemoryProvider.answeredBy(desk).start();
 * pbx.phone("sip:1001", SimulatedPhone.answersAfter(ofSeconds(2)));
 * SimulatedCall call = pbx.call(SimulatedCaller.from("+14165550100").dialling("+18195550100")
 *     .waits(ofSeconds(2)).types("0001").hangsUpAfterTalking(ofSeconds(10)));
 * pbx.time().runUntilIdle();
 * assertThat(call.cdr().orElseThrow().times().talkMillis()).isEqualTo(10_000);
 * }</pre>
 *
 * <p>It is a carrier too: it sells and holds numbers, has trunks, sends texts, keeps recordings and call records. What is on sale, who
 * texts and what goes wrong is said by {@link #carrier}. Gathering speech and queues are refused, recordings are WAV only.
 *
 * <p>Thread-safe; one thing happens at a time. Calls, texts and whatever else takes time go on only while {@link #time} runs, on
 * that thread.
 */
public final class InMemoryProvider implements PstnProvider {
    private final Switchboard board;
    private final MemoryLine line;
    private final List<Capability> capabilities;
    private final SimulatedCarrier carrier;

    private InMemoryProvider(
            Switchboard board, MemoryLine line, List<Capability> capabilities, SimulatedCarrier carrier) {
        this.board = board;
        this.line = line;
        this.capabilities = capabilities;
        this.carrier = carrier;
    }

    /** Begins a provider whose calls this application answers. */
    public static Builder answeredBy(FlowHandler handler) {
        return new Builder(handler);
    }

    @Override
    public ProviderId id() {
        return board.id();
    }

    /** The carrier's side: what is on sale, who texts, what goes wrong. */
    public SimulatedCarrier carrier() {
        return carrier;
    }

    MemoryLine line() {
        return line;
    }

    /** The time in which everything happens. */
    public VirtualTime time() {
        return board.time();
    }

    /**
     * Says how the phone behind a SIP address behaves from now on.
     *
     * @throws IllegalArgumentException if the text is no SIP address
     */
    public void phone(String sipAddress, SimulatedPhone phone) {
        phone(Destination.sip(sipAddress), phone);
    }

    /** Says how the phone behind a destination behaves from now on. SIP users of whom nothing was said are not registered. */
    public void phone(Destination destination, SimulatedPhone phone) {
        time().alone(() -> {
            board.connect(destination, phone);
            return phone;
        });
    }

    /** Lets somebody call. The call arrives at once; what follows happens as {@link #time} passes. */
    public SimulatedCall call(SimulatedCaller caller) {
        return call(caller, CallOrigin.UNKNOWN);
    }

    /** Lets somebody call of whose call the network says this, such as that the number shown is forged. */
    public SimulatedCall call(SimulatedCaller caller, CallOrigin origin) {
        return time().alone(() -> {
            CallRef ref = new CallRef(id(), board.nextId("call"));
            MemoryCall call = new MemoryCall(board, ref, ReleasedBy.CALLER);
            board.calls().put(ref, call);
            InboundCall arrived = new InboundCall(
                    call.eventId(), time().now(), ref, new Party(caller.from(), null), Party.of(caller.to()), origin);
            time().after(Duration.ZERO, () -> {
                call.emit(arrived);
                call.withCaller(caller);
                call.runner().ask(arrived);
            });
            return call;
        });
    }

    /** All calls so far, also those that were placed, in the order in which they began. */
    public List<SimulatedCall> calls() {
        return time().alone(() -> List.copyOf(board.calls().values()));
    }

    /** What went wrong in the application's handler so far. */
    public List<RuntimeException> handlerFailures() {
        return time().alone(() -> List.copyOf(board.failures()));
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return capabilities.stream()
                .filter(capability::isInstance)
                .map(capability::cast)
                .findFirst();
    }

    /** Nothing to release. */
    @Override
    public void close() {}

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final FlowHandler handler;
        private ProviderId id = new ProviderId("memory");
        private VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
        private Duration promptLength = Duration.ofSeconds(2);
        private Consumer<CallEvent> listener = event -> {};
        private CallFlow apology =
                CallFlow.start().say("We are sorry.", Locale.ENGLISH).hangUp();

        private Consumer<PstnEvent> witness = event -> {};
        private @Nullable Secret webhookKey;
        private final Set<Class<? extends Capability>> absent = new HashSet<>();

        private Builder(FlowHandler handler) {
            this.handler = handler;
        }

        /** Its id; {@code memory} unless said otherwise. */
        public Builder id(String value) {
            id = new ProviderId(value);
            return this;
        }

        /** The time it shares with others. */
        public Builder time(VirtualTime value) {
            time = value;
            return this;
        }

        /** How long everything that is said or played lasts; 2 seconds unless said otherwise. */
        public Builder promptsLast(Duration value) {
            promptLength = value;
            return this;
        }

        /** Who is told of every event, such as a {@code CdrRecorder}. */
        public Builder telling(Consumer<CallEvent> value) {
            listener = value;
            return this;
        }

        /** What callers hear when the handler fails. */
        public Builder apologisingWith(CallFlow value) {
            apology = value;
            return this;
        }

        /** Who is told of every event, also of those of messages. */
        public Builder tellingEverything(Consumer<PstnEvent> value) {
            witness = value;
            return this;
        }

        /** Its carrier signs webhooks with this key. Without one it has no webhooks. */
        public Builder webhooks(Secret key) {
            webhookKey = key;
            return this;
        }

        /** It lacks this capability, to test what the application does then. */
        public Builder without(Class<? extends Capability> capability) {
            absent.add(capability);
            return this;
        }

        /**
         * Completes the provider.
         *
         * @throws io.careflow.pstn.error.UnsupportedFeature if the apology is more than the provider can do
         */
        public InMemoryProvider start() {
            Switchboard.SUPPORT.require(id, apology);
            Consumer<CallEvent> ofCalls = listener;
            Consumer<PstnEvent> ofAll = witness;
            Consumer<PstnEvent> both = event -> {
                ofAll.accept(event);
                if (event instanceof CallEvent happened) {
                    ofCalls.accept(happened);
                }
            };
            Switchboard board = new Switchboard(id, time, handler, apology, both, promptLength);
            MemoryParts parts = MemoryParts.of(board, webhookKey, new SecureRandom());
            return new InMemoryProvider(board, parts.line(), parts.without(absent), parts.carrier());
        }
    }
}
