package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import io.careflow.pstn.Option;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
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
    private static final List<Conference.Status> LIVE = List.of(Conference.Status.IN_PROGRESS, Conference.Status.INIT);
    private static final Set<String> LEFT = Set.of("complete", "failed");

    private final TwilioClient client;
    private final TwilioCallControl calls;

    TwilioConferences(TwilioClient client, TwilioCallControl calls) {
        this.client = client;
        this.calls = calls;
    }

    @Override
    public Set<Option<?>> options() {
        return calls.options();
    }

    @Override
    public List<Conferences.Participant> participants(String room) {
        return conference("conference.participants", room)
                .map(sid -> inRoom("conference.participants", sid))
                .orElse(List.of())
                .stream()
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
        String sid = conference(operation, room).orElseThrow(() -> empty(operation, room));
        client.json(operation, rest -> Participant.updater(sid, participant.id())
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
        conference(operation, room)
                .flatMap(sid -> client.find(
                        operation,
                        rest -> Participant.fetcher(sid, participant.id()).fetch(rest)))
                .ifPresent(found -> calls.end(operation, participant, HangupCause.NORMAL_CLEARING));
    }

    /** Ends the calls of all that are there, then the room itself, so that nobody who came meanwhile stays in it. */
    @Override
    public void end(String room) {
        String operation = "conference.end";
        Optional<String> sid = conference(operation, room);
        if (sid.isEmpty()) {
            return;
        }
        for (Fields participant : inRoom(operation, sid.get())) {
            calls.end(operation, ref(participant), HangupCause.NORMAL_CLEARING);
        }
        try {
            client.json(operation, rest -> Conference.updater(sid.get())
                    .setStatus(Conference.UpdateStatus.COMPLETED)
                    .update(rest));
        } catch (NotFound | Conflict e) {
            // It ended with its last participant.
        }
    }

    /** Whether a call is in any room now. Reads all rooms: a call does not say where it is. */
    boolean isInRoom(String operation, Set<String> sids) {
        return live(operation, Conference.reader().setStatus(Conference.Status.IN_PROGRESS)).stream()
                .flatMap(conference -> inRoom(operation, conference.requireText("sid")).stream())
                .anyMatch(participant -> sids.contains(participant.requireText("call_sid")));
    }

    private Optional<String> conference(String operation, String room) {
        return LIVE.stream()
                .map(status -> live(operation, Conference.reader().setFriendlyName(room).setStatus(status)))
                .flatMap(List::stream)
                .filter(conference -> conference.text("friendly_name").orElse("").equals(room))
                .map(conference -> conference.requireText("sid"))
                .findFirst();
    }

    private List<Fields> live(String operation, com.twilio.rest.api.v2010.account.ConferenceReader reader) {
        return client.all(operation, "conferences", reader::firstPage);
    }

    private List<Fields> inRoom(String operation, String conference) {
        try {
            return client
                    .all(operation, "participants", rest -> Participant.reader(conference).firstPage(rest))
                    .stream()
                    .filter(fields -> !LEFT.contains(fields.text("status").orElse("")))
                    .toList();
        } catch (NotFound e) {
            return List.of(); // it ended meanwhile
        }
    }

    private Conferences.Participant participant(Fields fields) {
        return new Conferences.Participant(
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
