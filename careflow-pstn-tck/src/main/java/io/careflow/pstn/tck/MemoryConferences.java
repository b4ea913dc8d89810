package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.Conference;
import java.time.Duration;
import java.util.List;

/** Conference rooms of an in-memory provider: a room is there while a call's flow has led into it. */
final class MemoryConferences implements Conferences {
    private final Switchboard board;
    private final MemoryLine line;
    private final MemoryControl control;

    MemoryConferences(Switchboard board, MemoryLine line, MemoryControl control) {
        this.board = board;
        this.line = line;
        this.control = control;
    }

    @Override
    public List<Participant> participants(String room) {
        return line.read(
                Operation.CONFERENCE_PARTICIPANTS,
                () -> seated(room).stream().map(call -> describe(call, room)).toList());
    }

    @Override
    public Call invite(String room, CallRequest request) {
        boolean intoRoom = request.onAnswer().steps().isEmpty()
                && request.onAnswer().ending() instanceof Conference conference
                && conference.room().equals(room);
        if (!intoRoom) {
            throw new UnsupportedFeature(
                    board.id(),
                    Operation.CONFERENCE_INVITE.toString(),
                    "a flow other than conference '" + room + "'",
                    List.of("conference '" + room + "' alone"));
        }
        return control.place(Operation.CONFERENCE_INVITE, request);
    }

    @Override
    public void mute(String room, CallRef participant, boolean muted) {
        line.write(Operation.CONFERENCE_MUTE, List.of(room, participant, muted), () -> {
            MemoryCall call = board.calls().get(participant);
            ConferenceActivity seat = call == null ? null : call.seat(room);
            if (seat == null) {
                throw new NotFound(line.nothing(
                        Operation.CONFERENCE_MUTE, "call " + participant + " is not in room '" + room + "'"));
            }
            seat.mute(muted);
        });
    }

    @Override
    public void remove(String room, CallRef participant) {
        line.write(
                Operation.CONFERENCE_REMOVE,
                List.of(room, participant),
                () -> seated(room).stream()
                        .filter(call -> call.ref().equals(participant))
                        .forEach(MemoryConferences::hangUp));
    }

    @Override
    public void end(String room) {
        line.write(Operation.CONFERENCE_END, room, () -> seated(room).forEach(MemoryConferences::hangUp));
    }

    private List<MemoryCall> seated(String room) {
        return board.calls().values().stream()
                .filter(call -> call.seat(room) != null)
                .toList();
    }

    private static void hangUp(MemoryCall call) {
        call.time().after(Duration.ZERO, () -> call.end(HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM));
    }

    private static Participant describe(MemoryCall call, String room) {
        ConferenceActivity seat = call.seat(room);
        boolean muted = seat != null && seat.isMuted();
        return new Participant(call.ref(), call.ref().id(), muted, muted ? "muted" : "joined");
    }
}
