package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.Conference;
import io.careflow.pstn.Option;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conference rooms at Twilio (https://www.twilio.com/docs/voice/api/conference-participant-resource). A room's name is the
 * conference's friendly name; of the conferences that had a name, the one that is not over counts. Thread-safe.
 */
final class TwilioConferences implements Conferences {
    private final TwilioClient client;
    private final Rooms rooms;
    private final TwilioCallControl calls;

    TwilioConferences(TwilioClient client, Rooms rooms, TwilioCallControl calls) {
        this.client = client;
        this.rooms = rooms;
        this.calls = calls;
    }

    @Override
    public Set<Option<?>> options() {
        return calls.options();
    }

    @Override
    public List<Participant> participants(String room) {
        return rooms.find(room).map(rooms::participants).orElse(List.of()).stream()
                .map(this::participant)
                .toList();
    }

    /**
     * A call like any other whose flow is the room. Twilio could also add a participant itself, but would then end the call
     * after the room instead of asking the application how to go on.
     */
    @Override
    public Call invite(String room, CallRequest request) {
        boolean roomAlone = request.onAnswer().steps().isEmpty()
                && request.onAnswer().ending() instanceof io.careflow.pstn.flow.Conference conference
                && conference.room().equals(room);
        if (!roomAlone) {
            throw new UnsupportedFeature(
                    client.id(),
                    "conference.invite",
                    "a flow of something else than the room",
                    List.of("a flow of the conference of that room alone"));
        }
        return calls.place("conference.invite", request);
    }

    @Override
    public void mute(String room, CallRef participant, boolean muted) {
        String operation = "conference.mute";
        String call = new Ids(client.id()).call(operation, participant);
        String sid = client.before(operation, () -> rooms.find(room)).orElseThrow(() -> empty(operation, room));
        client.json(
                operation,
                rest -> com.twilio.rest.api.v2010.account.conference.Participant.updater(sid, call)
                        .setMuted(muted)
                        .update(rest));
    }

    /**
     * Ends the call itself. Twilio's own removal of a participant would only end its stay in the room, after which the
     * participant's flow goes on.
     */
    @Override
    public void remove(String room, CallRef participant) {
        String operation = "conference.remove";
        String call = new Ids(client.id()).call(operation, participant);
        client.before(
                        operation,
                        () -> rooms.find(room)
                                .flatMap(sid -> client.find(
                                        Rooms.PARTICIPANTS,
                                        rest -> com.twilio.rest.api.v2010.account.conference.Participant.fetcher(
                                                        sid, call)
                                                .fetch(rest))))
                .ifPresent(found -> calls.end(operation, participant));
    }

    /** Ends the calls of all that are there, then the room itself, so that nobody who came meanwhile stays in it. */
    @Override
    public void end(String room) {
        String operation = "conference.end";
        Optional<String> sid = client.before(operation, () -> rooms.find(room));
        if (sid.isEmpty()) {
            return;
        }
        int ended = 0;
        for (Fields participant : client.before(operation, () -> rooms.participants(sid.get()))) {
            try {
                calls.end(operation, ref(participant));
            } catch (PstnException e) {
                throw ended == 0 ? e : partly(e, ended);
            }
            ended++;
        }
        try {
            client.json(
                    operation,
                    rest -> Conference.updater(sid.get())
                            .setStatus(Conference.UpdateStatus.COMPLETED)
                            .update(rest));
        } catch (NotFound | Conflict e) {
            // It ended with its last participant.
        }
    }

    /** Some are gone already, whatever the last failure says of itself. */
    private static ProviderUnavailable partly(PstnException e, int ended) {
        String reason = ended + " participants were ended, then: " + e.failure().reason();
        return new ProviderUnavailable(Failure.of(e.provider(), e.operation(), Effect.UNKNOWN, reason), e);
    }

    private Participant participant(Fields fields) {
        return new Participant(
                ref(fields),
                fields.text("label").orElse(""),
                fields.bool("muted").orElse(false),
                fields.text("status").orElse(""));
    }

    private CallRef ref(Fields participant) {
        return new CallRef(client.id(), participant.requireText("call_sid"));
    }

    private NotFound empty(String operation, String room) {
        return new NotFound(Failure.of(client.id(), operation, Effect.NONE, "nobody is in the room '" + room + "'"));
    }
}
