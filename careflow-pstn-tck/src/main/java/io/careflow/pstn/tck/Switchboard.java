package io.careflow.pstn.tck;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.machine.FlowRunner;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What all calls of one in-memory provider share: time, phones, the application, ids. */
final class Switchboard {
    static final FlowSupport SUPPORT = new FlowSupport(Set.of(
            "say",
            "play",
            "pause",
            "send-digits",
            "start-recording",
            "stop-recording",
            "gather",
            "dial",
            "voicemail",
            "redirect",
            "reject",
            "hang-up"));

    private final ProviderId id;
    private final VirtualTime time;
    private final FlowHandler handler;
    private final CallFlow apology;
    private final Consumer<CallEvent> listener;
    private final Duration promptLength;
    private final Map<String, SimulatedPhone> phones = new LinkedHashMap<>();
    private final Map<CallRef, MemoryCall> calls = new LinkedHashMap<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private int ids;

    Switchboard(
            ProviderId id,
            VirtualTime time,
            FlowHandler handler,
            CallFlow apology,
            Consumer<CallEvent> listener,
            Duration promptLength) {
        this.id = id;
        this.time = time;
        this.handler = handler;
        this.apology = apology;
        this.listener = listener;
        this.promptLength = promptLength;
    }

    ProviderId id() {
        return id;
    }

    VirtualTime time() {
        return time;
    }

    Duration promptLength() {
        return promptLength;
    }

    Map<CallRef, MemoryCall> calls() {
        return calls;
    }

    List<RuntimeException> failures() {
        return failures;
    }

    /** Ids sort in the order in which they were given. */
    String nextId(String kind) {
        return String.format(Locale.ROOT, "%s-%08d", kind, ++ids);
    }

    URI recordingLocation(CallRef call) {
        return URI.create("memory:recordings/" + call.id() + "/" + nextId("recording"));
    }

    void connect(Destination destination, SimulatedPhone phone) {
        phones.put(destination.address(), phone);
    }

    SimulatedPhone phone(Destination destination) {
        SimulatedPhone known = phones.get(destination.address());
        if (known != null) {
            return known;
        }
        return destination instanceof Destination.Phone
                ? SimulatedPhone.fails(HangupCause.UNALLOCATED)
                : SimulatedPhone.notRegistered();
    }

    void publish(CallEvent event) {
        listener.accept(event);
    }

    FlowRunner.Application application(FlowRunner.Events events) {
        return new FlowRunner.Application(handler, SUPPORT, apology, events, (event, failure) -> failures.add(failure))
                .requireApology(id);
    }
}
