package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.NumberReservations;
import java.util.Optional;

/**
 * Reservations at Telnyx: half an hour each, exclusive. One POST that carries our reference of its command; a lost one is looked up
 * by it. Thread-safe.
 */
final class TelnyxReservations implements NumberReservations {
    private static final String RESERVE = "number.reserve";

    private final TelnyxClient client;
    private final Commands<PhoneNumber, Reservation> commands;

    TelnyxReservations(TelnyxClient client) {
        this.client = client;
        this.commands = new Commands<>(client.id(), RESERVE, client.clock());
    }

    @Override
    public Reservation reserve(CommandId commandId, PhoneNumber number) {
        String reference = References.of(commandId);
        Reservation reservation = commands.once(
                commandId, number, () -> sent(number, reference), doubt -> found(number, reference, doubt.failure()));
        if (reservation.status() == Status.FAILED) {
            commands.forget(reservation::equals);
            throw new NumberUnavailable(Failure.of(
                    client.id(), RESERVE, Effect.NONE, "Telnyx could not hold the number: " + reservation.rawStatus()));
        }
        return reservation;
    }

    @Override
    public Optional<Reservation> fetch(String id) {
        return client.find(HttpCall.of("number.reservation", "GET", "number_reservations", id))
                .map(TelnyxReservations::read);
    }

    @Override
    public Reservation extend(String id) {
        HttpCall call = HttpCall.of("number.extend", "POST", "number_reservations", id, "actions", "extend");
        return read(client.data(client.with(call, client.object())));
    }

    private Reservation sent(PhoneNumber number, String reference) {
        ObjectNode body = client.object().put("customer_reference", reference);
        body.putArray("phone_numbers").addObject().put("phone_number", number.e164());
        try {
            return read(client.data(client.with(HttpCall.of(RESERVE, "POST", "number_reservations"), body)));
        } catch (NumberUnavailable e) {
            // Reserved: perhaps by another node, under this command.
            return found(number, reference, e);
        }
    }

    private Reservation found(PhoneNumber number, String reference, PstnException failure) {
        HttpCall list =
                HttpCall.of(RESERVE, "GET", "number_reservations").query("filter[customer_reference]", reference);
        try {
            return client.all(list, 250).stream()
                    .filter(reservation ->
                            reservation.text("customer_reference").orElse("").equals(reference))
                    .map(TelnyxReservations::read)
                    .filter(reservation -> reservation.number().equals(number) && reservation.status() != Status.FAILED)
                    .findFirst()
                    .orElseThrow(() -> failure);
        } catch (PstnException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private static Reservation read(Fields reservation) {
        Fields line = reservation.list("phone_numbers").stream()
                .findFirst()
                .orElseThrow(() -> reservation.wrong("phone_numbers", "a list with the number"));
        String status = reservation.text("status").or(() -> line.text("status")).orElse("");
        return new Reservation(
                reservation.requireText("id"),
                NumberWords.number(line),
                status(status),
                status,
                line.instant("expired_at").orElse(null));
    }

    // The papers know both words for a failure.
    private static Status status(String word) {
        return switch (word) {
            case "success" -> Status.HELD;
            case "pending" -> Status.PENDING;
            case "failure", "failed" -> Status.FAILED;
            default -> Status.OTHER;
        };
    }
}
