package io.careflow.pstn.tck;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.machine.FlowRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
            "notice",
            "gather",
            "gather-speech",
            "dial",
            Dial.OVER,
            Dial.WARNING,
            Dial.NOTICE,
            "voicemail",
            "conference",
            Conference.HOST,
            "redirect",
            "reject",
            "hang-up"));

    private final ProviderId id;
    private final VirtualTime time;
    private final FlowHandler handler;
    private final CallFlow apology;
    private final Consumer<PstnEvent> listener;
    private final Duration promptLength;
    private final Map<String, SimulatedPhone> phones = new LinkedHashMap<>();
    private final Map<String, SimulatedPhone> trunks = new HashMap<>();
    private final Map<CallRef, MemoryCall> calls = new LinkedHashMap<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Tape> tapes = new ArrayList<>();

    Switchboard(
            ProviderId id,
            VirtualTime time,
            FlowHandler handler,
            CallFlow apology,
            Consumer<PstnEvent> listener,
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

    /** All recordings, in the order in which they began. */
    List<Tape> tapes() {
        return tapes;
    }

    /** Ids of one kind sort in the order in which they were given. */
    String nextId(String kind) {
        return String.format(Locale.ROOT, "%s-%08d", kind, ids.merge(kind, 1, Integer::sum));
    }

    /** A recording that runs from now on. */
    Tape record(CallRef call) {
        Tape tape = new Tape(nextId("recording"), call, time.now());
        tapes.add(tape);
        return tape;
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

    /** Calls over this trunk reach nobody but behave like this. */
    void disturb(String trunk, SimulatedPhone outcome) {
        trunks.put(trunk, outcome);
    }

    SimulatedPhone phone(Destination destination, String trunk) {
        SimulatedPhone outcome = trunks.get(trunk);
        return outcome == null ? phone(destination) : outcome;
    }

    /** A host left: everybody who is in the room now leaves it too. */
    void closeRoom(String room) {
        for (MemoryCall call : calls.values()) {
            ConferenceActivity seat = call.seat(room);
            if (seat != null) {
                time.after(Duration.ZERO, seat::closed);
            }
        }
    }

    void publish(PstnEvent event) {
        listener.accept(event);
    }

    /** Publishes what came by webhook; a listener that fails does not keep the answer back. */
    void tell(PstnEvent event) {
        try {
            publish(event);
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    /** What the application answers to a webhook: its flow, or the apology if it fails. */
    CallFlow answer(FlowEvent event) {
        try {
            CallFlow flow = handler.next(event);
            SUPPORT.require(id, flow);
            return flow;
        } catch (RuntimeException e) {
            failures.add(e);
            return apology;
        }
    }

    FlowRunner.Application application(FlowRunner.Events events) {
        return new FlowRunner.Application(handler, SUPPORT, apology, events, (event, failure) -> failures.add(failure))
                .requireApology(id);
    }
}
