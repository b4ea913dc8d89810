package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands of flows. Each carries its {@code command_id}, by which Telnyx knows one that comes again within 60 seconds, so
 * a lost answer is no reason not to send it again. Thread-safe.
 */
final class Sender {
    /** Stands in a body for the ringback tone, which is too long to be kept with it. */
    static final String RINGBACK = "careflow_ringback";

    private static final Logger log = LoggerFactory.getLogger(Sender.class);
    /** Until this age the transport may repeat a command by itself; afterwards each attempt is looked at. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    /** The call is over, or its handle is none (any more). */
    private static final Set<String> GONE = Set.of("90018", "90015");
    /** The name of a conference is in use. */
    private static final String NAME_IN_USE = "90033";

    private static final int PAGE = 250;

    /** The room that was found is over meanwhile. */
    private static final Set<String> ROOM_OVER = Set.of("90019", "90058");

    private final TelnyxClient client;
    private final Ringback ringback = new Ringback();

    Sender(TelnyxClient client) {
        this.client = client;
    }

    /** Sends one command. */
    Result send(Order order) {
        try {
            return new Result.Done(post(order));
        } catch (PstnException e) {
            log.atLevel(isGone(e) ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
                    .log(
                            "{} of command {}: {} {}",
                            order.kind(),
                            order.number(),
                            e.getClass().getSimpleName(),
                            e.code().orElse(""));
            if (isGone(e)) {
                return new Result.Gone();
            }
            return e.effect() == Effect.UNKNOWN || e instanceof Throttled || isUnavailable(e)
                    ? new Result.Doubtful(e)
                    : new Result.Refused(e);
        }
    }

    /** Whether Telnyx says that the call is over or unknown. */
    static boolean isGone(PstnException e) {
        return e instanceof NotFound || e.code().filter(GONE::contains).isPresent();
    }

    // Nothing was sent: no connection.
    private static boolean isUnavailable(PstnException e) {
        return e instanceof io.careflow.pstn.error.ProviderUnavailable;
    }

    private Fields post(Order order) {
        String target = order.target() == null ? "" : order.target();
        return switch (order.kind()) {
            case Order.DIAL -> write(HttpCall.of("call.dial", "POST", "calls"), order, order.id());
            case Order.LOOK -> client.data(HttpCall.of("call.look", "GET", "calls", target));
            case Order.ROOM -> room(order, target);
            case Order.CLOSE -> close(order, target);
            case "conference_leave" ->
                target.isEmpty()
                        ? nothing()
                        : write(
                                HttpCall.of("conference.leave", "POST", "conferences", target, "actions", "leave"),
                                order,
                                order.id());
            default ->
                write(
                        HttpCall.of(
                                "call." + order.kind().replace('_', '-'),
                                "POST",
                                "calls",
                                target,
                                "actions",
                                order.kind()),
                        order,
                        order.id());
        };
    }

    // By itself Telnyx could only hang up whoever is left (end_conference_on_exit); who leaves goes on with their flow.
    private Fields close(Order order, String target) {
        Optional<String> conference = target.isEmpty()
                ? client.conference(order.body().path("name").asText()).map(found -> found.requireText("id"))
                : Optional.of(target);
        if (conference.isEmpty()) {
            return nothing();
        }
        HttpCall list = HttpCall.of("conference.participants", "GET", "conferences", conference.get(), "participants");
        String host = order.body().path("call_control_id").asText();
        for (Fields there : client.all(list, PAGE)) {
            String call = there.text("call_control_id").orElse(host);
            if (!call.equals(host) && !there.text("status").equals(Optional.of("left"))) {
                leave(order, conference.get(), call);
            }
        }
        return nothing();
    }

    private void leave(Order order, String conference, String call) {
        String seed = order.id() + "|" + call;
        String command =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        ObjectNode body = client.object().put("call_control_id", call).put("command_id", command);
        try {
            Fields unused = data(
                    HttpCall.of("conference.leave", "POST", "conferences", conference, "actions", "leave"),
                    body,
                    isYoung(order));
        } catch (PstnException e) {
            if (!isGone(e) && e.code().filter(ROOM_OVER::contains).isEmpty()) {
                throw e;
            }
        }
    }

    private Fields nothing() {
        return Fields.of(client.id(), "conference.leave", client.object());
    }

    // A room is made by the first who enters it; its name is unique among those that go on.
    private Fields room(Order order, String target) {
        try {
            return room(order, target, order.id());
        } catch (PstnException e) {
            if (e.code().filter(ROOM_OVER::contains).isEmpty()) {
                throw e;
            }
            return room(order, target, order.id() + "-again");
        }
    }

    private Fields room(Order order, String target, String commandId) {
        Optional<Fields> there = client.conference(order.body().path("name").asText());
        if (there.isEmpty()) {
            try {
                return write(HttpCall.of("conference.create", "POST", "conferences"), order, target, commandId);
            } catch (Conflict | io.careflow.pstn.error.InvalidRequest e) {
                if (!e.code().equals(Optional.of(NAME_IN_USE))) {
                    throw e;
                }
                there = client.conference(order.body().path("name").asText());
            }
        }
        Fields conference = there.orElseThrow(() -> new Conflict(io.careflow.pstn.error.Failure.of(
                client.id(), "conference.join", Effect.NONE, "the room cannot be made, and is not there")));
        write(
                HttpCall.of("conference.join", "POST", "conferences", conference.requireText("id"), "actions", "join"),
                order,
                target,
                commandId + "-join");
        return conference;
    }

    private Fields write(HttpCall call, Order order, String target, String commandId) {
        ObjectNode body = order.body().deepCopy();
        body.put("call_control_id", target).put("command_id", commandId);
        if (call.operation().equals("conference.create")) {
            body.put("beep_enabled", "never").put("start_conference_on_create", true);
        } else {
            body.remove("name");
        }
        return data(call, body, isYoung(order));
    }

    private Fields write(HttpCall call, Order order, String commandId) {
        ObjectNode body = order.body().deepCopy();
        body.put("command_id", commandId);
        if (body.remove(RINGBACK) != null) {
            body.put("playback_content", ringback.base64());
        }
        return data(call, body, isYoung(order));
    }

    // All attempts that the transport makes by itself must be over before Telnyx forgets the command.
    private boolean isYoung(Order order) {
        return client.clock().millis() - order.since() < YOUNG.toMillis();
    }

    private Fields data(HttpCall call, ObjectNode body, boolean young) {
        HttpCall whole = client.with(call, body);
        Fields reply = client.send(young ? whole.idempotent() : whole).fields();
        return reply.object("data").orElse(reply);
    }

    /** What became of a command. */
    sealed interface Result {
        /** Telnyx took it. */
        record Done(Fields data) implements Result {}

        /** The call is over. */
        record Gone() implements Result {}

        /** Telnyx refused it. */
        record Refused(PstnException failure) implements Result {}

        /** Nobody knows, and it is too late to send it again. */
        record TooOld() implements Result {}

        /** Nobody knows. */
        record Doubtful(PstnException failure) implements Result {}
    }
}
