package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.flow.Dial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of trunks that one call has: its own, and those of whom it rings. Part of one call. */
final class CallLines {
    private static final Logger log = LoggerFactory.getLogger(CallLines.class);
    /** Fields of {@link ChannelVariable} before the targets of a dial. */
    private static final int BEFORE_TARGETS = 5;

    private final AsteriskCall call;
    private final Trunks trunks;
    private final Map<String, Held> held = new LinkedHashMap<>();

    CallLines(AsteriskCall call) {
        this.call = call;
        this.trunks = call.board().trunks();
    }

    /** The call came in over this channel. False if its trunk takes no more. */
    boolean arrived(String channelName) {
        String trunk = trunks.ofChannel(channelName).orElse(null);
        if (trunk == null) {
            return true;
        }
        boolean taken = trunks.arrived(trunk, own(call.ref()));
        if (taken) {
            held.put(own(call.ref()), new Held(trunk, Direction.INBOUND, null));
        }
        return taken;
    }

    /** The call was placed over this line. */
    void placed(Trunks.Line line) {
        held.put(line.holder(), new Held(line.trunk(), Direction.OUTBOUND, null));
    }

    /** Nothing came of placing the call over its line. */
    void placedOver() {
        release(own(call.ref()));
    }

    /** A predecessor's call, on this channel. */
    void adopt(String channelName) {
        trunks.ofChannel(channelName).ifPresent(trunk -> {
            Direction direction =
                    call.state().direction() == Direction.INBOUND ? Direction.INBOUND : Direction.OUTBOUND;
            held.put(own(call.ref()), new Held(trunk, direction, null));
            renew();
        });
    }

    /** A predecessor's dial goes on: whom it rings stands in the variable of the channel. */
    void adoptDial() {
        if (trunks.isEmpty()) {
            return;
        }
        try {
            String variable = call.board()
                    .rest()
                    .variable(call.channel(), ChannelVariable.NAME)
                    .orElse("");
            List<String> fields = Arrays.asList(variable.split("\\^", -1));
            for (int i = BEFORE_TARGETS; i < fields.size(); i++) {
                String target = fields.get(i);
                String holder = leg(i - BEFORE_TARGETS);
                trunks.ofTarget(target)
                        .ifPresent(trunk -> held.put(
                                holder,
                                new Held(
                                        trunk,
                                        Direction.OUTBOUND,
                                        trunks.nameOf(target.substring(target.indexOf('/') + 1))
                                                .orElse(""))));
            }
            renew();
        } catch (PstnException e) {
            log.warn("{}: the channels of its dial are not counted: {}", call.ref(), e.getMessage());
        }
    }

    /**
     * What a dial rings, with a channel taken for every number.
     *
     * @throws PstnException if there is no way to one of them, or no trunk of an id of the dial; nothing is taken then
     */
    Targets dial(Dial wanted, Set<String> passedOver) {
        List<String> targets = new ArrayList<>();
        PhoneNumber shown = wanted.callerId();
        String callerId = shown == null ? "" : shown.e164();
        if (shown == null) {
            shown = call.state().from().number().orElse(null);
        }
        String written = null;
        String trunk = null;
        String stood = "";
        trunks.requireKnown(wanted.over());
        try {
            for (Destination destination : wanted.destinations()) {
                if (trunks.isEmpty() || !(destination instanceof Destination.Phone phone)) {
                    targets.add(call.board().endpoints().target(destination));
                    continue;
                }
                Trunks.Line line =
                        trunks.take(leg(targets.size()), phone.number(), shown, written, passedOver, wanted.over());
                held.put(
                        line.holder(),
                        new Held(
                                line.trunk(), Direction.OUTBOUND, phone.number().e164()));
                targets.add("p:" + line.dialString());
                // One dial shows one caller ID: all its trunks must write it like the first.
                written = line.callerId();
                callerId = line.callerId() == null ? "" : line.callerId();
                trunk = line.trunk();
                stood = line.stood();
            }
        } catch (PstnException e) {
            dialOver();
            throw e;
        }
        return new Targets(targets, callerId, trunk, stood);
    }

    /** Whoever was rung at this number is not any more. */
    void legOver(String name) {
        List<String> over = held.entrySet().stream()
                .filter(entry -> name.equals(entry.getValue().number))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(this::release);
    }

    /** Nobody is rung any more. */
    void dialOver() {
        List<String> over = held.entrySet().stream()
                .filter(entry -> entry.getValue().number != null)
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(this::release);
    }

    /** The call is over. */
    void callOver() {
        List.copyOf(held.keySet()).forEach(this::release);
    }

    /** The call lives, and so do its channels. */
    void renew() {
        held.forEach((holder, line) -> trunks.renew(line.trunk, holder, line.direction));
    }

    /** Under which name the channel of a call is taken. */
    static String own(CallRef call) {
        return call.toString();
    }

    private String leg(int position) {
        return call.ref() + "#" + position;
    }

    private void release(String holder) {
        held.remove(holder);
        trunks.release(holder);
    }

    private record Held(
            String trunk, Direction direction, @Nullable String number) {}

    /**
     * What a dial rings.
     *
     * @param targets for the dialplan, see {@link Endpoints#target}
     * @param callerId to show, or empty for the caller's own
     * @param trunk over which numbers are called, or null if none is
     * @param stood why it is that trunk, in one line
     */
    record Targets(
            List<String> targets, String callerId, @Nullable String trunk, String stood) {
        Targets {
            targets = List.copyOf(targets);
        }
    }
}
