package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberAtCarrier.Status;
import io.careflow.pstn.number.NumberFeature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A number that was ordered, and is waited for. Telnyx says "success" some time before the number shows among the account's
 * numbers. Thread-safe: who asks while another waits gets the same.
 */
final class OrderedNumber {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedNumber.class);
    private static final String OPERATION = "number.order";
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15));

    private final TelnyxClient client;
    private final NumberRows rows;
    private final PhoneNumber number;
    private final @Nullable String id;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Fields order;
    private @Nullable Fields row;
    private @Nullable NumberAtCarrier delivered;
    private boolean settled;
    private volatile boolean failed;

    /**
     * By an order.
     *
     * @param order as Telnyx described it last
     */
    OrderedNumber(TelnyxClient client, NumberRows rows, PhoneNumber number, String id, Fields order) {
        this.client = client;
        this.rows = rows;
        this.number = number;
        this.id = id;
        this.order = order;
        this.settled = false;
    }

    /**
     * Found among the account's numbers.
     *
     * @param ours whether by the order that is carried out; else it stays as it is set up
     */
    OrderedNumber(TelnyxClient client, NumberRows rows, PhoneNumber number, Fields row, boolean ours) {
        this.client = client;
        this.rows = rows;
        this.number = number;
        this.id = null;
        this.row = row;
        this.settled = !ours;
    }

    boolean isOf(PhoneNumber other) {
        return number.equals(other);
    }

    /** Whether Telnyx gave up on the order, so that nothing was bought. */
    boolean isFailed() {
        return failed;
    }

    /**
     * Waits for the number and sets up what its order could not carry. A number that needs papers first, or that is not there
     * after half a minute, is PENDING; its id is then the order's. Asked again, it goes on from there.
     *
     * @throws PstnException with effect NONE if Telnyx gave up on the order; with effect UNKNOWN if the number was bought and
     *     setting it up failed
     */
    NumberAtCarrier delivered(NumberChanges changes) {
        lock.lock();
        try {
            if (delivered != null) {
                return delivered;
            }
            Fields found = awaited();
            if (found == null) {
                return pending();
            }
            NumberAtCarrier done = setUp(found, changes);
            if (done.status() == Status.PENDING) {
                row = null; // to be read again
            } else {
                delivered = done;
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** The number's row, or null if it is not there yet. */
    private @Nullable Fields awaited() {
        try {
            for (int waits = 0; row == null; waits++) {
                look(waits > 0);
                if (row == null && (isWaitingForPapers() || waits == PAUSES.size() || !slept(PAUSES.get(waits)))) {
                    return null;
                }
            }
        } catch (PstnException e) {
            if (failed) {
                throw e;
            }
            // It was ordered, whatever became of our question.
            LOG.warn("{}: what became of the order {} cannot be read: {}", client.id(), id, e.getMessage());
        }
        return row;
    }

    private void look(boolean again) {
        Fields known = order;
        if (again && known != null && status(known).equals("pending")) {
            known = client.data(HttpCall.of(OPERATION, "GET", "number_orders", known.requireText("id")));
            order = known;
        }
        if (known != null && NumberOrders.isFailed(known)) {
            failed = true;
            throw refused(known);
        }
        if (known == null || !status(known).equals("pending")) {
            row = rows.row(OPERATION, number).orElse(null);
        }
    }

    private NumberAtCarrier setUp(Fields found, NumberChanges changes) {
        Fields known = found;
        if (!settled) {
            NumberWrites writes = new NumberWrites(client, OPERATION, found.requireText("id"), "the number was bought");
            Fields changed = writes.number(changes.label(client.object()));
            writes.voice(changes.voice(client.object()));
            writes.emergency(changes.emergency(client.object()));
            known = changed == null ? found : changed;
            settled = true;
        }
        return NumberRows.owned(known, features(found));
    }

    private Set<NumberFeature> features(Fields found) {
        try {
            return rows.features(OPERATION, found);
        } catch (PstnException e) {
            LOG.warn("{}: what {} can do cannot be read: {}", client.id(), number, e.getMessage());
            return Set.of();
        }
    }

    private NumberAtCarrier pending() {
        Fields known = order;
        String word = known == null
                ? ""
                : line().flatMap(line -> line.text("requirements_status")).orElse(status(known));
        String raw = isWaitingForPapers() || known == null ? word : status(known);
        boolean strange = !Set.of("pending", "success").contains(known == null ? "" : status(known));
        return new NumberAtCarrier(
                number,
                id == null ? number.e164() : id,
                "",
                strange ? Status.OTHER : Status.PENDING,
                raw,
                Set.of(),
                null,
                null,
                known == null ? null : known.text("connection_id").orElse(null));
    }

    private boolean isWaitingForPapers() {
        Fields known = order;
        return known != null
                && status(known).equals("pending")
                && !known.bool("requirements_met").orElse(true);
    }

    private PstnException refused(Fields known) {
        boolean papers = !known.bool("requirements_met").orElse(true);
        String said = line().flatMap(line -> line.text("requirements_status")).orElse("");
        Failure failure = Failure.of(
                client.id(),
                OPERATION,
                Effect.NONE,
                "Telnyx gave up on the order " + id + ": " + status(known)
                        + (papers ? ", what the law wants is not met " + said : ""));
        return papers ? new NotPermitted(failure, NotPermitted.Why.REGULATORY) : new NumberUnavailable(failure);
    }

    private Optional<Fields> line() {
        Fields known = order;
        return known == null ? Optional.empty() : NumberOrders.line(known, number);
    }

    private static String status(Fields order) {
        return order.text("status").orElse("");
    }

    private boolean slept(Duration pause) {
        try {
            client.settings().sleeper().sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
