package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.number.NumberReservations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Numbers that an in-memory provider holds for the account, for half an hour each. */
final class MemoryReservations implements NumberReservations {
    static final Duration HELD_FOR = Duration.ofMinutes(30);

    private final Switchboard board;
    private final MemoryLine line;
    private final MemoryNumbers numbers;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Once<PhoneNumber, Held> commands = new Once<>();

    MemoryReservations(Switchboard board, MemoryLine line, MemoryNumbers numbers) {
        this.board = board;
        this.line = line;
        this.numbers = numbers;
    }

    @Override
    public Reservation reserve(CommandId commandId, PhoneNumber number) {
        try {
            return line.write(Operation.NUMBER_RESERVE, number, () -> reserved(commandId, number));
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE) {
                throw e;
            }
            return line.read(Operation.NUMBER_RESERVE, () -> commands.find(commandId, number))
                    .map(this::shown)
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public Optional<Reservation> fetch(String id) {
        return line.read(
                Operation.NUMBER_RESERVATION,
                () -> Optional.ofNullable(held.get(id)).map(this::shown));
    }

    @Override
    public Reservation extend(String id) {
        return line.write(Operation.NUMBER_EXTEND, id, () -> {
            Held found = held.get(id);
            if (found == null) {
                throw new NotFound(line.nothing(Operation.NUMBER_EXTEND, "reservation " + id + " does not exist"));
            }
            if (isOver(found)) {
                throw new NotPermitted(
                        line.nothing(Operation.NUMBER_EXTEND, "reservation " + id + " is over"),
                        NotPermitted.Why.LIMIT);
            }
            found.until = found.until.plus(HELD_FOR);
            return shown(found);
        });
    }

    /** Whether nobody else can have a number now. */
    boolean holds(PhoneNumber number) {
        return held.values().stream().anyMatch(one -> one.number.equals(number) && !isOver(one));
    }

    private Reservation reserved(CommandId commandId, PhoneNumber number) {
        Held made = commands.run(
                commandId,
                number,
                () -> line.nothing(Operation.NUMBER_RESERVE, "command '" + commandId + "' was another request"),
                () -> hold(number));
        return shown(made);
    }

    private Held hold(PhoneNumber number) {
        if (!numbers.isOnSale(number) || holds(number)) {
            String why = numbers.isOnSale(number) ? " is held already" : " is not for sale";
            throw new NumberUnavailable(line.nothing(Operation.NUMBER_RESERVE, number + why));
        }
        Held made =
                new Held(board.nextId("reservation"), number, board.time().now().plus(HELD_FOR));
        held.put(made.id, made);
        return made;
    }

    private boolean isOver(Held one) {
        return !board.time().now().isBefore(one.until);
    }

    private Reservation shown(Held one) {
        return isOver(one)
                ? new Reservation(one.id, one.number, Status.FAILED, "expired", one.until)
                : new Reservation(one.id, one.number, Status.HELD, "held", one.until);
    }

    private static final class Held {
        private final String id;
        private final PhoneNumber number;
        private Instant until;

        Held(String id, PhoneNumber number, Instant until) {
            this.id = id;
            this.number = number;
            this.until = until;
        }
    }
}
