package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a call stays until it leaves: a message, a room, a queue; and recordings. Part of one turn. */
final class Stays {
    static final String MESSAGE = "message";
    static final String ROOM = "room";
    static final String QUEUE = "queue";
    static final String JOINED = "joined";

    /** How long after its greatest length a message may take to be saved. */
    private static final Duration SAVING = Duration.ofSeconds(60);

    /** How long the end of a call may take to be heard of after it left its room. */
    private static final Duration SETTLING = Duration.ofMillis(1500);

    private final Turn turn;

    Stays(Turn turn) {
        this.turn = turn;
    }

    void begin(int number, Ending ending) {
        if (ending instanceof Voicemail voicemail) {
            message(number, voicemail);
        } else if (ending instanceof Conference conference) {
            FlowState.Staying staying = stay(number, ROOM, "", null);
            staying.room = conference.room();
            staying.host = conference.host();
            turn.order(Order.ROOM, turn.body().put("name", conference.room()), number, 0, true);
        } else if (ending instanceof Enqueue enqueue) {
            FlowState.Staying unused = stay(number, QUEUE, enqueue.queue(), null);
            turn.order("enqueue", turn.body().put("queue_name", enqueue.queue()), number, 0, true);
        } else {
            throw new IllegalArgumentException("ending '" + ending.name() + "' is not known");
        }
    }

    private void message(int number, Voicemail voicemail) {
        stopRecording(number);
        tape(number, true);
        FlowState.Staying unused = stay(
                number,
                MESSAGE,
                "",
                turn.in(voicemail.longest().plus(voicemail.silence()).plus(SAVING)));
        ObjectNode body = turn.body()
                .put("format", "wav")
                .put("channels", "single")
                .put("play_beep", true)
                .put("max_length", Dials.seconds(voicemail.longest(), Duration.ofSeconds(1)))
                .put("timeout_secs", Dials.seconds(voicemail.silence(), Duration.ofSeconds(1)));
        turn.order("record_start", body, number, 0, true);
    }

    /** The call is joined with another one, outside of its flow. */
    void joined(String other) {
        turn.performing().stop();
        FlowState.Staying unused = stay(-1, JOINED, other, null);
    }

    private FlowState.Staying stay(int number, String kind, String where, @Nullable Long until) {
        FlowState.Staying staying = new FlowState.Staying();
        staying.number = number;
        staying.kind = kind;
        staying.where = where;
        staying.until = until;
        turn.state().staying = staying;
        return staying;
    }

    /** Records the conversation from here on; does nothing if that is done already. */
    void record(int number) {
        if (running().isPresent()) {
            return;
        }
        tape(number, false);
        turn.order("record_start", turn.body().put("format", "wav").put("channels", "dual"), number, 1, false);
    }

    void stopRecording(int number) {
        running().ifPresent(tape -> {
            tape.stopped = true;
            turn.order("record_stop", turn.body(), number, 1, false);
        });
    }

    private Optional<FlowState.Tape> running() {
        return turn.state().tapes.stream()
                .filter(tape -> !tape.stopped && !tape.saved)
                .findFirst();
    }

    private void tape(int number, boolean message) {
        FlowState.Tape tape = new FlowState.Tape();
        tape.number = number;
        tape.message = message;
        turn.state().tapes.add(tape);
    }

    /** The key that ends a message. */
    void key(Hook hook) {
        FlowState.Staying staying = turn.state().staying;
        if (staying != null
                && staying.kind.equals(MESSAGE)
                && hook.payload().text("digit").orElse("").equals("#")) {
            stopRecording(staying.number);
        }
    }

    /** A recording is there, also after the end of the call. */
    void saved(Hook hook) {
        FlowState.Tape tape = saved(ClientState.of(hook));
        RecordingReady.Kind kind =
                tape != null && tape.message ? RecordingReady.Kind.VOICEMAIL : RecordingReady.Kind.CALL;
        turn.desk().events().of(hook, turn.ref(), kind).forEach(turn::tell);
        taken(tape);
    }

    void notSaved(Hook hook) {
        FlowState.Tape tape = saved(ClientState.of(hook));
        turn.desk().events().of(hook, turn.ref(), RecordingReady.Kind.CALL).forEach(turn::tell);
        taken(tape);
    }

    private FlowState.@Nullable Tape saved(Optional<ClientState> carried) {
        FlowState.Tape found = null;
        for (FlowState.Tape tape : turn.state().tapes) {
            boolean exact =
                    carried.filter(state -> state.number() == tape.number).isPresent();
            if (!tape.saved && (found == null || exact)) {
                found = tape;
            }
        }
        if (found != null) {
            found.saved = true;
        }
        return found;
    }

    private void taken(FlowState.@Nullable Tape tape) {
        FlowState.Staying staying = turn.state().staying;
        if (tape != null && tape.message && staying != null && staying.number == tape.number) {
            left(staying);
        }
    }

    /** The call is in the room with this id. */
    void entered(Fields conference) {
        FlowState.Staying staying = turn.state().staying;
        if (staying != null && staying.kind.equals(ROOM)) {
            staying.where = conference.text("id").orElse(staying.where);
        }
    }

    /** The call left its room or its queue, or the room is over. */
    void left(String kind) {
        FlowState.Staying staying = turn.state().staying;
        if (staying != null && staying.kind.equals(kind)) {
            left(staying);
        }
    }

    /**
     * The call left its room, or the room is over. If that was because the call is over, its end is heard of shortly; otherwise it goes
     * on then.
     */
    void leftRoom() {
        FlowState.Staying staying = turn.state().staying;
        if (staying != null && staying.kind.equals(ROOM) && staying.until == null) {
            close(staying);
            staying.until = turn.in(SETTLING);
        }
    }

    /** The call is over, wherever it was. */
    void gone() {
        FlowState.Staying staying = turn.state().staying;
        turn.state().staying = null;
        if (staying != null && staying.until == null) {
            close(staying);
        }
    }

    private void leaveRoom(FlowState.Staying staying) {
        if (staying.until != null) {
            return; // it left already
        }
        turn.order(
                "conference_leave",
                staying.where,
                turn.body().put("call_control_id", turn.state().callId),
                new ClientState(turn.state().key, staying.number, 0, 0),
                false);
        close(staying);
    }

    /** With a host everybody leaves. */
    private void close(FlowState.Staying staying) {
        if (staying.kind.equals(ROOM) && staying.host) {
            turn.order(
                    Order.CLOSE,
                    staying.where,
                    turn.body().put("name", staying.room).put("call_control_id", turn.state().callId),
                    new ClientState(turn.state().key, staying.number, 1, 0),
                    false);
        }
    }

    private void left(FlowState.Staying staying) {
        turn.state().staying = null;
        turn.completed(staying.number, new FlowResult.Over());
    }

    boolean wake() {
        FlowState.Staying staying = turn.state().staying;
        if (staying == null || staying.until == null || staying.until > turn.millis()) {
            return false;
        }
        left(staying);
        return true;
    }

    /** Left, because another flow follows. */
    void stop() {
        FlowState.Staying staying = turn.state().staying;
        turn.state().staying = null;
        if (staying == null) {
            return;
        }
        switch (staying.kind) {
            case MESSAGE -> stopRecording(staying.number);
            case ROOM -> leaveRoom(staying);
            case QUEUE -> turn.order("leave_queue", turn.body(), staying.number, 0, false);
            default ->
                turn.order(
                        "hangup",
                        staying.where,
                        turn.body(),
                        new ClientState(turn.state().key, staying.number, 0, 0),
                        false);
        }
    }

    void failed(int number) {
        FlowState.Staying staying = turn.state().staying;
        if (staying != null && staying.number == number) {
            turn.state().staying = null;
        }
    }
}
