package io.careflow.pstn.voipms;

import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders numbers. VoIP.ms answers an order with nothing but success, so the number is read afterwards; where the answer is lost, a
 * number that is there was bought. Nothing is ever ordered twice. Thread-safe.
 */
final class NumberOrders {
    private static final String OPERATION = "number.order";

    private final VoipMsClient client;
    private final NumberRows rows;
    private final Servers servers;
    private final Commands<NumberOrder, OrderedNumber> commands;

    NumberOrders(VoipMsClient client, NumberRows rows, Servers servers) {
        this.client = client;
        this.rows = rows;
        this.servers = servers;
        this.commands = new Commands<>(client.id(), OPERATION, client.clock());
    }

    NumberAtCarrier order(NumberOrder order) {
        NumberChanges changes = new NumberChanges(client.id(), OPERATION, order.settings());
        if (!WireNumbers.isNanp(order.number())) {
            throw new UnsupportedFeature(
                    client.id(),
                    OPERATION,
                    "a chosen number outside of North America",
                    List.of("numbers of the United States and Canada", "any number of a place, by VoipMsStock"));
        }
        OrderedNumber ordered = commands.once(
                order.commandId(),
                order,
                () -> sent(order.number(), changes),
                doubt -> found(order.number(), doubt.failure()));
        return ordered.delivered(changes);
    }

    /** The number is the account's no longer. */
    void forget(PhoneNumber number) {
        commands.forget(ordered -> ordered.isOf(number));
    }

    private OrderedNumber sent(PhoneNumber number, NumberChanges changes) {
        Optional<Fields> owned = Reads.before(OPERATION, () -> rows.row(OPERATION, number));
        if (owned.isPresent()) {
            return ordered(number, owned.get(), false);
        }
        Map<String, String> parameters = Reads.before(OPERATION, () -> changes.order(pop(changes)));
        boolean tollFree = number.type() == NumberType.TOLL_FREE;
        if (tollFree) {
            parameters.remove("billing_type");
        }
        VoipMsCall call = VoipMsCall.of(OPERATION, tollFree ? "orderTollFree" : "orderDID")
                .with("did", WireNumbers.toWire(number))
                .withAll(parameters);
        try {
            Fields unused = client.write(call);
        } catch (NumberUnavailable | NotFound e) {
            return notTaken(number, e);
        }
        return ordered(number, null, true);
    }

    private String pop(NumberChanges changes) {
        String wanted = changes.server();
        return (wanted == null ? servers.home(OPERATION) : servers.named(OPERATION, wanted)).pop();
    }

    // Taken: perhaps by us, before. And an order that failed must be seen to have bought nothing.
    private OrderedNumber notTaken(PhoneNumber number, PstnException refused) {
        Optional<Fields> owned;
        try {
            owned = rows.row(OPERATION, number);
        } catch (PstnException e) {
            throw Partly.done(
                    e, OPERATION, "the order was refused (" + refused.failure().reason() + ")");
        }
        if (owned.isPresent()) {
            return ordered(number, owned.get(), true);
        }
        Failure facts = refused.failure();
        throw new NumberUnavailable(facts, refused);
    }

    private OrderedNumber found(PhoneNumber number, PstnException failure) {
        try {
            Optional<Fields> owned = rows.row(OPERATION, number);
            if (owned.isPresent()) {
                return ordered(number, owned.get(), true);
            }
        } catch (PstnException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private OrderedNumber ordered(PhoneNumber number, @Nullable Fields row, boolean ours) {
        return new OrderedNumber(client, rows, number, row, ours);
    }
}
