package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.Conference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Conference rooms on one Asterisk: each a mixing bridge, which lives as long as somebody is in it. */
final class AsteriskConferences implements Conferences {
    private final Switchboard board;
    private final AsteriskCallControl control;

    AsteriskConferences(Switchboard board, AsteriskCallControl control) {
        this.board = board;
        this.control = control;
    }

    @Override
    public List<Participant> participants(String room) {
        return seated(room).stream().map(this::participant).toList();
    }

    @Override
    public Call invite(String room, CallRequest request) {
        boolean roomAlone = request.onAnswer().steps().isEmpty()
                && request.onAnswer().ending() instanceof Conference conference
                && conference.room().equals(room);
        if (!roomAlone) {
            throw new UnsupportedFeature(
                    board.provider(),
                    "conference.invite",
                    "a flow other than conference '" + room + "'",
                    List.of("conference '" + room + "' alone"));
        }
        return control.place(request);
    }

    @Override
    public void mute(String room, CallRef participant, boolean muted) {
        String bridge = Rooms.bridge(board.app(), room);
        control.steer(participant, "conference.mute", call -> {
            if (!call.conference().sits(bridge)) {
                throw new NotFound(Failure.of(
                        board.provider(),
                        "conference.mute",
                        Effect.NONE,
                        "call " + participant.id() + " is not in room '" + room + "'"));
            }
            call.conference().mute(muted);
        });
    }

    @Override
    public void remove(String room, CallRef participant) {
        if (seated(room).stream().map(PlacedChannel::callOf).anyMatch(participant.id()::equals)) {
            control.hangUp(participant, HangupCause.NORMAL_CLEARING);
        }
    }

    @Override
    public void end(String room) {
        // Hosts last: nobody is to be sent on by the room's closing who is about to be hung up.
        Set<String> hosts = board.rooms().hosts(Rooms.bridge(board.app(), room));
        seated(room).stream()
                .sorted(Comparator.comparing(hosts::contains))
                .forEach(id -> control.hangUp(call(id), HangupCause.NORMAL_CLEARING));
    }

    /** The ids of channels. */
    private List<String> seated(String room) {
        List<String> ids = new ArrayList<>();
        board.rest()
                .bridge(Rooms.bridge(board.app(), room))
                .ifPresent(bridge -> bridge.path("channels").forEach((JsonNode one) -> ids.add(one.asText())));
        return ids;
    }

    private CallRef call(String channelId) {
        return new CallRef(board.provider(), PlacedChannel.callOf(channelId));
    }

    private Participant participant(String id) {
        boolean muted = board.rest()
                .variable(id, CallConference.MUTED)
                .filter("1"::equals)
                .isPresent();
        return new Participant(call(id), id, muted, muted ? "muted" : "joined");
    }
}
