package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Dial;
import com.twilio.type.Twiml;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Set;

/**
 * Joins two calls: both are sent into a private conference that ends when one of them leaves it, and have nothing to do after
 * it, so that the other is hung up too. Thread-safe.
 */
final class CallJoining {
    private static final String OPERATION = "call.join";

    private final TwilioClient client;
    private final Rooms rooms;
    private final Telling telling;

    CallJoining(TwilioClient client, Rooms rooms, Telling telling) {
        this.client = client;
        this.rooms = rooms;
        this.telling = telling;
    }

    void join(CallRef one, CallRef other) {
        if (one.equals(other)) {
            throw new Conflict(telling.nothingDone(OPERATION, "call " + one + " cannot be joined with itself"));
        }
        Ids ids = new Ids(client.id());
        Set<String> sids = Set.of(ids.call(OPERATION, one), ids.call(OPERATION, other));
        Set<String> talking = client.before(OPERATION, () -> {
            List.of(one, other).forEach(this::requireAlone);
            return rooms.present(sids);
        });
        if (!talking.isEmpty()) {
            throw new Conflict(telling.nothingDone(OPERATION, "in a conference already: " + talking));
        }
        String twiml = twiml("careflow-join-" + one.id() + "-" + other.id());
        send(one, twiml);
        try {
            send(other, twiml);
        } catch (PstnException e) {
            throw new ProviderUnavailable(
                    Failure.of(
                            client.id(),
                            OPERATION,
                            Effect.UNKNOWN,
                            "call " + one + " is in the room and waits, call " + other + " could not be sent there"),
                    e);
        }
    }

    // Its own legs are those it dialled; a leg that was dialled talks with the call that dialled it.
    private void requireAlone(CallRef call) {
        Fields fields = fetch(call.id());
        String status = fields.requireText("status");
        if (CallWords.isOver(status)) {
            throw new NotFound(telling.nothingDone(OPERATION, "call " + call + " is over"));
        }
        if (!status.equals(CallWords.IN_PROGRESS)) {
            throw new Conflict(telling.nothingDone(OPERATION, "call " + call + " is " + status + ", not answered"));
        }
        boolean dialled = fields.text("parent_call_sid")
                .filter(parent -> fetch(parent).requireText("status").equals(CallWords.IN_PROGRESS))
                .isPresent();
        if (dialled || isDialling(call)) {
            throw new Conflict(telling.nothingDone(OPERATION, "call " + call + " is talking with somebody already"));
        }
    }

    private boolean isDialling(CallRef call) {
        return client
                .all(
                        "call.list",
                        "calls",
                        rest -> Call.reader().setParentCallSid(call.id()).firstPage(rest))
                .stream()
                .anyMatch(leg -> !CallWords.isOver(leg.requireText("status")));
    }

    private Fields fetch(String sid) {
        return client.json("call.fetch", rest -> Call.fetcher(sid).fetch(rest));
    }

    private void send(CallRef call, String twiml) {
        try {
            Fields unused = client.json(
                    OPERATION,
                    rest -> Call.updater(call.id()).setTwiml(new Twiml(twiml)).update(rest));
        } catch (Conflict e) {
            if (CallEnding.isWrongState(e)) {
                throw new NotFound(telling.nothingDone(OPERATION, "call " + call + " has just ended"), e);
            }
            throw e;
        }
    }

    private static String twiml(String room) {
        Conference conference = new Conference.Builder(room)
                .startConferenceOnEnter(true)
                .endConferenceOnExit(true)
                .maxParticipants(2)
                .beep(Conference.Beep.FALSE)
                .waitUrl("")
                .build();
        try {
            return new VoiceResponse.Builder()
                    .dial(new Dial.Builder().conference(conference).build())
                    .build()
                    .toXml();
        } catch (TwiMLException e) {
            throw new IllegalStateException("twilio-java cannot write a conference", e);
        }
    }
}
