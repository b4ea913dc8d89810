package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

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
 * <p>Unlike real providers it is not thread-safe: nothing happens but while {@link #time} runs, on that thread. Gathering
 * speech, conferences and queues are refused.
 */
public final class InMemoryProvider implements PstnProvider {
    private final Switchboard board;
    private final CallControl control;

    private InMemoryProvider(Switchboard board) {
        this.board = board;
        this.control = new MemoryControl(board);
    }

    /** Begins a provider whose calls this application answers. */
    public static Builder answeredBy(FlowHandler handler) {
        return new Builder(handler);
    }

    @Override
    public ProviderId id() {
        return board.id();
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
        board.connect(destination, phone);
    }

    /** Lets somebody call. The call arrives at once; what follows happens as {@link #time} passes. */
    public SimulatedCall call(SimulatedCaller caller) {
        CallRef ref = new CallRef(id(), board.nextId("call"));
        MemoryCall call = new MemoryCall(board, ref, ReleasedBy.CALLER);
        board.calls().put(ref, call);
        InboundCall arrived = new InboundCall(
                call.eventId(), time().now(), ref, new Party(caller.from(), null), Party.of(caller.to()));
        time().after(Duration.ZERO, () -> {
            call.emit(arrived);
            call.withCaller(caller);
            call.runner().ask(arrived);
        });
        return call;
    }

    /** All calls so far, also those that were placed, in the order in which they began. */
    public List<SimulatedCall> calls() {
        return List.copyOf(board.calls().values());
    }

    /** What went wrong in the application's handler so far. */
    public List<RuntimeException> handlerFailures() {
        return List.copyOf(board.failures());
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return capability.isInstance(control) ? Optional.of(capability.cast(control)) : Optional.empty();
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

        /**
         * Completes the provider.
         *
         * @throws io.careflow.pstn.error.UnsupportedFeature if the apology is more than the provider can do
         */
        public InMemoryProvider start() {
            Switchboard.SUPPORT.require(id, apology);
            return new InMemoryProvider(new Switchboard(id, time, handler, apology, listener, promptLength));
        }
    }
}
