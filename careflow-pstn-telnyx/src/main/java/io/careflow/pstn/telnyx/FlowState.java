package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.flow.machine.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one call is: everything that any node needs to go on with it. Kept as JSON by {@link StateJson}, therefore public
 * fields; times are milliseconds since 1970. One copy belongs to one step; not thread-safe.
 */
final class FlowState {
    private static final int REMEMBERED = 100;

    /** If this row only points to another one: its key. */
    public @Nullable String alias;

    public String key = "";
    public @Nullable String callId;
    public boolean outbound;

    /** A call that a phone of ours dialled: outgoing for Telnyx, though it comes to us. */
    public boolean direct;

    public String from = "";
    public String to = "";
    public String tenant = "";
    public long began;
    public @Nullable Long answeredAt;
    public @Nullable Long endedAt;

    /** Of a call that we placed: what was asked for, whether Telnyx refused it, what runs once it is answered, and its limits. */
    public @Nullable String digest;

    /** The command that placed it; null in what older versions kept. */
    public @Nullable String command;

    public @Nullable JsonNode onAnswer;
    public @Nullable Long ringUntil;
    public @Nullable Long longest;
    public @Nullable Long cutAt;
    public boolean doubtful;

    /** When to ask Telnyx whether the call is alive. */
    public @Nullable Long lookAt;

    public String phase = Position.Phase.ASKED.name();
    public int number;
    public boolean answered;
    public @Nullable JsonNode flow;
    public int step;

    public @Nullable Prompting prompting;
    public @Nullable Gathering gathering;
    public @Nullable Dialling dialling;
    public @Nullable Staying staying;
    public List<Leg> legs = new ArrayList<>();
    public List<Tape> tapes = new ArrayList<>();

    public @Nullable StoredCause ending;
    public boolean endingRefused;
    public String endedBy = "";
    public boolean calleeLeft;

    /** What was told of which a record is made, and by which nodes. */
    public List<JsonNode> facts = new ArrayList<>();

    public List<String> tellers = new ArrayList<>();

    /** Whether the end was told, and not only kept. */
    public boolean endTold;

    public List<String> seen = new ArrayList<>();

    /** Commands of the application that were followed. */
    public List<String> followed = new ArrayList<>();

    public List<Order> outbox = new ArrayList<>();
    public int orders;
    public @Nullable String sender;
    public long senderUntil;

    /** Whether this event is new; remembered from now on. */
    boolean isNew(String hook) {
        if (seen.contains(hook)) {
            return false;
        }
        seen.add(hook);
        if (seen.size() > REMEMBERED) {
            seen.remove(0);
        }
        return true;
    }

    /** Whether this command of the application is new; remembered from now on, whatever happens meanwhile. */
    boolean isNewCommand(String command) {
        if (followed.contains(command)) {
            return false;
        }
        followed.add(command);
        if (followed.size() > REMEMBERED) {
            followed.remove(0);
        }
        return true;
    }

    boolean isOver() {
        return endedAt != null;
    }

    /** A leg by its place, from 1. */
    Leg leg(int place) {
        return legs.get(place - 1);
    }

    static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** A prompt or a wait that is a step of its own. */
    static final class Prompting {
        public int number;
        public String kind = "";
        public long until;
    }

    /** A gather that goes on. */
    static final class Gathering {
        public int number;
        public long began;
        public int piece;
        public boolean round;
        public boolean stopping;
        public boolean listening;
        public @Nullable Long over;
        public @Nullable Long pauseUntil;
        public String before = "";
        public @Nullable Long settleUntil;
        public @Nullable Long stopUntil;
        public @Nullable String entered;
        public boolean stopped;
        public List<Key> keys = new ArrayList<>();
    }

    /** A dial that goes on. */
    static final class Dialling {
        public int number;
        public long ringUntil;
        public long longest;
        public int winner;
        public boolean bridged;
        public boolean ringback;
        public @Nullable Long talkUntil;
        public @Nullable Long settleUntil;
        public long settlingAt;
        public @Nullable StoredCause settling;
    }

    /** A message, a room, a queue, or another call that the call is joined with. */
    static final class Staying {
        public int number;
        public String kind = "";
        public String where = "";
        public @Nullable Long until;

        /** Of a room: its name, and whether it closes when this call leaves. */
        public String room = "";

        public boolean host;
    }

    /** A key that was pressed. */
    static final class Key {
        public long at;
        public String digit = "";
    }

    /** Somebody who was dialled. */
    static final class Leg {
        public int number;
        public String destination = "";
        public @Nullable String callId;
        public @Nullable String legId;
        public long dialled;
        public boolean told;
        public @Nullable Long initiated;
        public @Nullable Long answered;
        public @Nullable Long ended;
        public boolean dropped;
        public boolean letGo;
        public @Nullable StoredCause cause;
    }

    /** A recording that was begun. */
    static final class Tape {
        public int number;
        public boolean message;
        public boolean stopped;
        public boolean saved;
    }
}
