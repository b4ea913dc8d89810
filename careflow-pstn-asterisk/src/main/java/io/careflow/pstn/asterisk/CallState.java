package io.careflow.pstn.asterisk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.Continuation;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a successor must know to take a call over. Travels as a variable of the channel, so it lives exactly as long as the
 * call and dies with no application.
 *
 * @param direction which way it goes
 * @param started when the call arrived
 * @param pickedUp when it was answered, or null
 * @param then where the application goes on after the dial that is running, or null
 * @param origin what came with the call; does not travel, a successor asks the channel again
 * @param longest how long the call may last once answered, or null for no limit of its own
 * @param user the user of ours whose phone dialled, or null
 * @param command that placed it, or null if it was not placed, or by a version that did not write it down
 */
record CallState(
        Direction direction,
        Instant started,
        Party from,
        Party to,
        @Nullable Instant pickedUp,
        CallNote note,
        @Nullable Continuation then,
        CallOrigin origin,
        @Nullable Duration longest,
        @Nullable SipAddress user,
        @Nullable CommandId command) {

    CallState(
            Direction direction,
            Instant started,
            Party from,
            Party to,
            @Nullable Instant pickedUp,
            CallNote note,
            @Nullable Continuation then) {
        this(direction, started, from, to, pickedUp, note, then, CallOrigin.UNKNOWN, null, null, null);
    }

    /** A call of which only this is known yet. */
    static CallState beginning(Direction direction, Instant started, Party from, Party to) {
        return new CallState(direction, started, from, to, null, CallNote.NONE, null);
    }

    CallState pickedUp(Instant at) {
        return new CallState(direction, started, from, to, at, note, then, origin, longest, user, command);
    }

    CallState noting(CallNote more) {
        return new CallState(
                direction, started, from, to, pickedUp, note.then(more), then, origin, longest, user, command);
    }

    CallState lasting(@Nullable Duration limit) {
        return new CallState(direction, started, from, to, pickedUp, note, then, origin, limit, user, command);
    }

    CallState dialledBy(@Nullable SipAddress own) {
        return new CallState(direction, started, from, to, pickedUp, note, then, origin, longest, own, command);
    }

    CallState commanded(@Nullable CommandId by) {
        return new CallState(direction, started, from, to, pickedUp, note, then, origin, longest, user, by);
    }

    CallState goingOn(Continuation next) {
        return new CallState(direction, started, from, to, pickedUp, note, next, origin, longest, user, command);
    }

    CallState comingFrom(CallOrigin value) {
        return new CallState(direction, started, from, to, pickedUp, note, then, value, longest, user, command);
    }

    /** The event with which the call began. */
    CallEvent beginning(CallRef call) {
        if (direction == Direction.INBOUND) {
            CallOrigin whence = user == null
                    ? origin
                    : new CallOrigin(
                            origin.attestation(),
                            origin.rawAttestation(),
                            origin.forwardedFrom(),
                            origin.sipHeaders(),
                            user);
            return new InboundCall(call.id() + ":arrived", started, call, from, to, whence);
        }
        TenantId tenant = note.tenant() == null ? TenantId.DEFAULT : note.tenant();
        return new OutboundCall(call.id() + ":placed", started, call, tenant, from, destination(to), command);
    }

    /** What is known of the phone that a call was placed to. */
    List<CallEvent> ownLeg(CallRef call) {
        if (direction == Direction.INBOUND) {
            return List.of();
        }
        LegDialled dialled = new LegDialled(call.id() + ":own", started, call, call.id(), to.address());
        return pickedUp == null
                ? List.of(dialled)
                : List.of(dialled, new LegAnswered(call.id() + ":own-up", pickedUp, call, call.id()));
    }

    private static Destination destination(Party to) {
        String address = to.address();
        return address.startsWith("+") ? Destination.number(new PhoneNumber(address)) : Destination.sip(address);
    }

    String encode() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("v", "1");
        fields.put("w", direction.name());
        fields.put("s", Long.toString(started.toEpochMilli()));
        fields.put("f", from.address());
        put(fields, "n", from.displayName());
        fields.put("d", to.address());
        put(fields, "p", pickedUp == null ? null : Long.toString(pickedUp.toEpochMilli()));
        put(fields, "m", longest == null ? null : Long.toString(longest.toMillis()));
        put(fields, "i", user == null ? null : user.toString());
        put(fields, "q", command == null ? null : command.value());
        put(fields, "e", note.tenant() == null ? null : note.tenant().value());
        put(fields, "c", note.carrier());
        put(fields, "u", note.userId());
        put(fields, "t", note.typed());
        put(fields, "o", note.outcome() == null ? null : note.outcome().name());
        put(fields, note.trust());
        if (then != null) {
            fields.put("k", then.name());
            then.state().forEach((name, value) -> fields.put("k." + name, value));
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Empty if the text was not written by us, is damaged, or is of a version we do not know. */
    static Optional<CallState> decode(String text) {
        try {
            Map<String, String> fields = fields(text);
            return "1".equals(fields.get("v")) ? Optional.of(of(fields)) : Optional.empty();
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static CallState of(Map<String, String> fields) {
        String tenant = fields.get("e");
        String outcome = fields.get("o");
        String pickedUp = fields.get("p");
        String longest = fields.get("m");
        String user = fields.get("i");
        String command = fields.get("q");
        String started = fields.getOrDefault("s", "");
        Direction direction = Direction.valueOf(fields.getOrDefault("w", ""));
        Party to = Party.of(fields.getOrDefault("d", ""));
        if (direction != Direction.INBOUND) {
            Objects.requireNonNull(destination(to));
        }
        return new CallState(
                direction,
                Instant.ofEpochMilli(Long.parseLong(started)),
                new Party(fields.getOrDefault("f", ""), fields.get("n")),
                to,
                pickedUp == null ? null : Instant.ofEpochMilli(Long.parseLong(pickedUp)),
                new CallNote(
                        tenant == null ? null : new TenantId(tenant),
                        fields.get("c"),
                        fields.get("u"),
                        fields.get("t"),
                        outcome == null ? null : Disposition.valueOf(outcome),
                        trust(fields)),
                continuation(fields),
                CallOrigin.UNKNOWN,
                longest == null ? null : Duration.ofMillis(Long.parseLong(longest)),
                user == null ? null : SipAddress.parse(user),
                command == null ? null : new CommandId(command));
    }

    private static void put(Map<String, String> fields, @Nullable CallerTrust trust) {
        if (trust != null) {
            fields.put("l", trust.level().name());
            fields.put("a", trust.attestation().name());
            put(fields, "g", trust.origid());
            fields.put("b", trust.source().name());
            fields.put("r", trust.reason());
            put(fields, "x", trust.raw());
        }
    }

    private static @Nullable CallerTrust trust(Map<String, String> fields) {
        String level = fields.get("l");
        return level == null
                ? null
                : new CallerTrust(
                        CallerTrust.Level.valueOf(level),
                        Attestation.valueOf(fields.getOrDefault("a", "")),
                        fields.get("g"),
                        CallerTrust.Source.valueOf(fields.getOrDefault("b", "")),
                        fields.getOrDefault("r", ""),
                        fields.get("x"));
    }

    private static @Nullable Continuation continuation(Map<String, String> fields) {
        String name = fields.get("k");
        if (name == null) {
            return null;
        }
        Map<String, String> state = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (key.startsWith("k.")) {
                state.put(key.substring(2), value);
            }
        });
        return new Continuation(name, state);
    }

    private static void put(Map<String, String> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }
}
