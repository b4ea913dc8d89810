package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes what the samples name exist at a provider in memory, as far as the provider has the capability for it. */
final class MemoryWorld {
    private final Samples samples;
    private final InMemoryProvider part;

    MemoryWorld(Samples samples, InMemoryProvider part) {
        this.samples = samples;
        this.part = part;
    }

    /** Everything but what this operation makes itself: its id is the next one. */
    void populate(Operation operation) {
        sell();
        part.carrier().owns(samples.owned());
        part.carrier().permits(new CountryPermission("CA", "Canada", true, false, false, List.of("+1")));
        part.phone(samples.call().to(), SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        if (operation != Operation.TRUNK_CREATE) {
            part.find(TrunkControl.class).ifPresent(trunks -> trunks.create(samples.trunk()));
        }
        if (operation != Operation.MESSAGE_SEND) {
            part.find(Messaging.class).ifPresent(messages -> messages.send(samples.message()));
        }
        if (operation != Operation.CALL_PLACE && operation != Operation.CONFERENCE_INVITE) {
            part.find(CallControl.class).ifPresent(calls -> place(calls, operation));
        }
        foreign(operation);
        part.carrier().balance(samples.balance());
    }

    private void foreign(Operation operation) {
        if (operation != Operation.NUMBER_RESERVE && operation != Operation.NUMBER_ORDER) {
            part.find(NumberReservations.class)
                    .ifPresent(reservations -> reservations.reserve(new CommandId("held"), samples.available()));
        }
        part.carrier()
                .regulatorWants(
                        samples.regulatedCountry(),
                        NumberKind.LOCAL,
                        new Requirement("requirement-1", "Proof of address", "document", "a bill", ""));
        if (operation == Operation.CALLER_ID_CONFIRM) {
            part.find(CallerIds.class).ifPresent(ids -> ids.begin(samples.callerId(), CallerIds.Method.CALL));
        } else if (operation != Operation.CALLER_ID_BEGIN) {
            part.carrier().lets(samples.callerId());
        }
    }

    private void sell() {
        part.carrier()
                .sells(new AvailableNumber(
                        samples.available(),
                        NumberKind.LOCAL,
                        "local",
                        "CA",
                        "Gatineau",
                        "QC",
                        Set.of(NumberFeature.VOICE, NumberFeature.SMS),
                        new NumberPrice(Money.of("1", "USD"), Money.of("0.85", "USD")),
                        false));
    }

    private void place(CallControl calls, Operation operation) {
        CallFlow.Draft recorded = CallFlow.start()
                .startRecording()
                .pause(Duration.ofSeconds(1))
                .stopRecording()
                .startRecording();
        CallFlow flow = operation.capability() == Conferences.class
                ? recorded.end(new Conference(samples.room(), Continuation.named("left")))
                : recorded.pause(Duration.ofMinutes(10)).hangUp();
        for (String command : List.of("one", "two")) {
            calls.place(CallRequest.of(
                    new CommandId(command), samples.owned(), samples.call().to(), flow));
        }
        part.time().run(Duration.ofSeconds(3));
        if (operation == Operation.RECORDING_RESUME) {
            part.require(Recordings.class).pause(new CallRef(MemoryWire.ID, samples.callId()));
        }
    }
}
