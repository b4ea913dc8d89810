package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.error.PstnException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live calls of one Asterisk: gives every event to its call, in order, off the thread that reads events. */
final class Calls implements AriListener {
    private static final Logger log = LoggerFactory.getLogger(Calls.class);
    private static final int MOST_SIGNATURES = 4;

    private final Switchboard board;
    private final Recovery recovery;
    private final Health health;
    private final @Nullable String homeRegion;
    private final Map<String, AsteriskCall> live = new ConcurrentHashMap<>();
    private volatile @Nullable Instant disconnectedAt;

    /** @param homeRegion in whose national form numbers may come, or null to take them as they are */
    Calls(Switchboard board, Recovery recovery, Health health, @Nullable String homeRegion) {
        this.homeRegion = homeRegion;
        this.board = board;
        this.recovery = recovery;
        this.health = health;
    }

    @Override
    public void connected(boolean first) {
        // Events wait meanwhile, so that no new call can take the place of one that is being taken over.
        // Attempts that failed before the first connection ended no call.
        recovery.run(this, first, first ? null : disconnectedAt);
        disconnectedAt = null;
        health.connected();
    }

    @Override
    public void disconnected(Instant at, String why) {
        disconnectedAt = at;
        health.disconnected(at, why);
    }

    @Override
    public void event(AriEvent event) {
        String channel = event.channelId();
        if (channel == null) {
            return;
        }
        String id = SideChannel.callOf(channel);
        if (!board.mailboxes().submit(id, () -> dispatch(id, event))) {
            overloaded(id, event);
        }
    }

    /** Runs something in the mailbox of a call, if there is such a call. */
    boolean within(String id, Consumer<AsteriskCall> task) {
        return board.mailboxes().submit(id, () -> {
            AsteriskCall call = live.get(id);
            if (call != null) {
                task.accept(call);
            }
        });
    }

    Optional<AsteriskCall> find(String id) {
        return Optional.ofNullable(live.get(id));
    }

    Collection<String> ids() {
        return List.copyOf(live.keySet());
    }

    /** The channels of trunks that calls have go on being theirs. */
    void renewLines() {
        if (!board.trunks().isEmpty()) {
            ids().forEach(id -> within(id, call -> call.lines().renew()));
        }
    }

    int count() {
        return live.size();
    }

    /** Registers a call. Its methods are called in its mailbox only. */
    AsteriskCall open(String id, CallState state, int slot, boolean answered) {
        return open(id, id, state, slot, answered);
    }

    AsteriskCall open(String id, String channel, CallState state, int slot, boolean answered) {
        CallRef ref = new CallRef(board.provider(), id);
        AsteriskCall call = new AsteriskCall(ref, channel, board, state, slot, answered, () -> live.remove(id));
        live.put(id, call);
        return call;
    }

    /** A call arrives, or is found waiting. */
    void arrived(JsonNode channel, Instant at) {
        String id = channel.path("id").asText();
        CallState state = CallState.beginning(Direction.INBOUND, at, caller(channel), dialled(channel))
                .comingFrom(origin(channel))
                .dialledBy(CallArguments.user(channel).orElse(null));
        AsteriskCall call = open(id, state, board.slots().take(), isUp(channel));
        if (call.lines().arrived(channel.path("name").asText())) {
            call.begin();
        } else {
            call.turnAway();
        }
    }

    /** What came with a call that waits for the application: the signatures of its caller's number, whole. */
    CallOrigin origin(JsonNode channel) {
        if (!CallArguments.isSigned(channel)) {
            return CallOrigin.UNKNOWN;
        }
        String id = channel.path("id").asText();
        List<String> signatures = new ArrayList<>();
        try {
            for (int number = 1; number <= MOST_SIGNATURES; number++) {
                Optional<String> found = board.rest().header(id, "Identity", number);
                if (found.isEmpty()) {
                    break;
                }
                signatures.add(found.get());
            }
        } catch (PstnException e) {
            log.warn("call {}: its header Identity could not be read: {}", id, e.getMessage());
        }
        return signatures.isEmpty()
                ? CallOrigin.UNKNOWN
                : new CallOrigin(Attestation.NONE, null, null, Map.of("Identity", String.join(", ", signatures)));
    }

    static boolean isUp(JsonNode channel) {
        return channel.path("state").asText().equals("Up");
    }

    private void dispatch(String id, AriEvent event) {
        AsteriskCall call = live.get(id);
        if (call != null) {
            call.handle(event);
        } else if (event.type().equals("StasisStart")) {
            List<String> args = CallArguments.of(event);
            if (!args.isEmpty() && args.get(0).equals(CallArguments.INBOUND)) {
                arrived(event.raw().path("channel"), event.timestamp());
            } else {
                recovery.adopt(this, event);
            }
        }
    }

    private void overloaded(String id, AriEvent event) {
        log.error("overloaded: {} of {} is not handled", event.type(), id);
        if (event.type().equals("StasisStart")) {
            board.timers().execute(() -> board.rest().hangup(id, 34));
        }
    }

    private Party caller(JsonNode channel) {
        String number = channel.path("caller").path("number").asText();
        String name = channel.path("caller").path("name").asText();
        // Carriers assert the number to us also where the caller withholds it from the person called.
        String presentation = CallArguments.presentation(channel);
        boolean withheld =
                number.isEmpty() || number.equalsIgnoreCase("anonymous") || presentation.startsWith("prohib");
        return withheld
                ? Party.anonymous()
                : normalised(channel, new Party(number, name.isEmpty() ? null : name), board.trunks()::caller);
    }

    private Party dialled(JsonNode channel) {
        return normalised(
                channel, Party.of(channel.path("dialplan").path("exten").asText()), board.trunks()::dialled);
    }

    private Party normalised(JsonNode channel, Party party, BiFunction<String, Party, Party> reading) {
        String trunk = board.trunks().ofChannel(channel.path("name").asText()).orElse(null);
        if (trunk != null) {
            Party read = reading.apply(trunk, party);
            if (read.number().isPresent()) {
                return read;
            }
        }
        return homeRegion == null ? party : party.normalised(homeRegion);
    }
}
