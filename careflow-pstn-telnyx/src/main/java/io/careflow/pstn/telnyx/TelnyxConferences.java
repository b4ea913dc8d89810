package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Reads;
import java.util.List;
import java.util.Optional;

/** Conference rooms at Telnyx: a room's name is the conference's; of those that had a name, the one that goes on counts. Thread-safe. */
final class TelnyxConferences implements Conferences {
    private static final int PAGE = 250;

    private final TelnyxClient client;
    private final TelnyxCallControl calls;

    TelnyxConferences(TelnyxClient client, TelnyxCallControl calls) {
        this.client = client;
        this.calls = calls;
    }

    @Override
    public List<Participant> participants(String room) {
        return client.conference(room).map(this::present).orElse(List.of()).stream()
                .map(this::participant)
                .toList();
    }

    @Override
    public Call invite(String room, CallRequest request) {
        boolean roomAlone = request.onAnswer().steps().isEmpty()
                && request.onAnswer().ending() instanceof Conference conference
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

    /** Sent once: Telnyx takes no key with it, and repeated late it would undo what was asked after it. */
    @Override
    public void mute(String room, CallRef participant, boolean muted) {
        String operation = "conference.mute";
        Fields conference = Reads.before(operation, () -> client.conference(room))
                .orElseThrow(() -> new NotFound(
                        Failure.of(client.id(), operation, Effect.NONE, "nobody is in the room '" + room + "'")));
        ObjectNode body = client.object();
        body.putArray("call_control_ids").add(participant.id());
        HttpCall call = HttpCall.of(
                operation, "POST", "conferences", conference.requireText("id"), "actions", muted ? "mute" : "unmute");
        Fields unused = client.data(client.with(call, body));
    }

    @Override
    public void remove(String room, CallRef participant) {
        String operation = "conference.remove";
        boolean there =
                Reads.before(operation, () -> client.conference(room).map(this::present)).orElse(List.of()).stream()
                        .anyMatch(fields -> fields.text("call_control_id").equals(Optional.of(participant.id())));
        if (there) {
            calls.end(operation, participant, HangupCause.NORMAL_CLEARING);
        }
    }

    @Override
    public void end(String room) {
        String operation = "conference.end";
        Optional<List<Fields>> present =
                Reads.before(operation, () -> client.conference(room).map(this::present));
        int ended = 0;
        for (Fields participant : present.orElse(List.of())) {
            try {
                calls.end(operation, ref(participant), HangupCause.NORMAL_CLEARING);
                ended++;
            } catch (PstnException e) {
                throw ended == 0 ? e : partly(e, ended);
            }
        }
    }

    private static ProviderUnavailable partly(PstnException e, int ended) {
        String reason = ended + " participants were ended, then: " + e.failure().reason();
        return new ProviderUnavailable(Failure.of(e.provider(), e.operation(), Effect.UNKNOWN, reason), e);
    }

    private List<Fields> present(Fields conference) {
        HttpCall list = HttpCall.of(
                "conference.participants", "GET", "conferences", conference.requireText("id"), "participants");
        return client.all(list, PAGE).stream()
                .filter(fields -> !fields.text("status").equals(Optional.of("left")))
                .toList();
    }

    private Participant participant(Fields fields) {
        return new Participant(
                ref(fields),
                "",
                fields.bool("muted").orElse(false),
                fields.text("status").orElse(""));
    }

    private CallRef ref(Fields participant) {
        return new CallRef(client.id(), participant.requireText("call_control_id"));
    }
}
