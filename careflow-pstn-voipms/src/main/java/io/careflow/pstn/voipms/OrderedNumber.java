package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberAtCarrier.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A number that was ordered, and is looked for. Thread-safe: who asks while another waits gets the same. */
final class OrderedNumber {
    private static final String OPERATION = "number.order";
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private final VoipMsClient client;
    private final NumberRows rows;
    private final PhoneNumber number;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Fields row;
    private boolean settled;

    /**
     * A number that was ordered or found.
     *
     * @param row among the account's numbers; null if it was not looked for yet
     * @param ours whether by the order that is carried out; else it stays as it is set up
     */
    OrderedNumber(VoipMsClient client, NumberRows rows, PhoneNumber number, @Nullable Fields row, boolean ours) {
        this.client = client;
        this.rows = rows;
        this.number = number;
        this.row = row;
        this.settled = !ours;
    }

    boolean isOf(PhoneNumber other) {
        return number.equals(other);
    }

    /**
     * Looks for the number for some seconds, and sets up what its order could not carry. One that is not there yet is PENDING.
     * Asked again, it goes on from there.
     *
     * @throws PstnException with effect UNKNOWN if the number was bought and looking for it or setting it up failed
     */
    NumberAtCarrier delivered(NumberChanges changes) {
        lock.lock();
        try {
            Fields found = awaited();
            if (found == null) {
                return new NumberAtCarrier(
                        number, WireNumbers.toWire(number), "", Status.PENDING, "ordered", Set.of(), null, null, null);
            }
            if (!settled) {
                new NumberWrites(client).sms(OPERATION, found, changes.sms(), true);
                settled = true;
            }
            return NumberRows.owned(found, number);
        } catch (PstnException e) {
            throw Partly.done(e, OPERATION, "the number was bought");
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Fields awaited() {
        for (int waits = 0; row == null; waits++) {
            row = rows.row(OPERATION, number).orElse(null);
            if (row == null && (waits == PAUSES.size() || !client.slept(PAUSES.get(waits)))) {
                return null;
            }
        }
        return row;
    }
}
