package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders numbers. An order is one POST that carries our reference of its command; what became of one whose answer was lost is read
 * from the orders of that reference, and from the account's numbers. Telnyx delivers later: an order is asked after until the
 * number is there, for half a minute. Thread-safe.
 */
final class NumberOrders {
    private static final String OPERATION = "number.order";
    private static final Set<String> FAILED = Set.of("failure", "failed", "cancelled", "canceled", "deleted");

    /** How far Telnyx's clock may be from ours. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final TelnyxClient client;
    private final NumberRows rows;
    private final Commands<NumberOrder, OrderedNumber> commands;

    NumberOrders(TelnyxClient client, NumberRows rows) {
        this.client = client;
        this.rows = rows;
        this.commands = new Commands<>(client.id(), OPERATION, client.clock());
    }

    NumberAtCarrier order(NumberOrder order) {
        NumberChanges changes = new NumberChanges(client.id(), OPERATION, order.settings(), true);
        String reference = References.of(order.commandId());
        OrderedNumber ordered = commands.once(
                order.commandId(),
                order,
                () -> sent(order, changes, reference),
                doubt -> doubt.failure().getCause() instanceof NumberUnavailable taken
                        ? found(order.number(), reference, Instant.MAX, taken)
                        : found(order.number(), reference, doubt.begun().minus(SLACK), doubt.failure()));
        try {
            return ordered.delivered(changes);
        } catch (PstnException e) {
            if (ordered.isFailed()) {
                commands.forget(ordered::equals);
            }
            throw e;
        }
    }

    /** The number is the account's no longer. */
    void forget(PhoneNumber number) {
        commands.forget(ordered -> ordered.isOf(number));
    }

    static boolean isFailed(Fields order) {
        return FAILED.contains(order.text("status").orElse(""));
    }

    private OrderedNumber sent(NumberOrder order, NumberChanges changes, String reference) {
        ObjectNode body = client.object();
        changes.addToOrder(body, order.number());
        body.put("customer_reference", reference);
        try {
            Fields answer = client.data(client.with(HttpCall.of(OPERATION, "POST", "number_orders"), body));
            return ordered(order.number(), answer);
        } catch (NumberUnavailable e) {
            // Taken: perhaps by us, before.
            return found(order.number(), reference, Instant.MAX, e);
        }
    }

    /**
     * What was ordered before under this reference, or is in the account already.
     *
     * @param failedSince from when on an order that failed counts as the one that is looked for
     */
    private OrderedNumber found(PhoneNumber number, String reference, Instant failedSince, PstnException failure) {
        try {
            Optional<Fields> order = orderOf(number, reference, failedSince);
            if (order.isPresent()) {
                return ordered(number, order.get());
            }
            Fields row = rows.row(OPERATION, number).orElseThrow(() -> failure);
            boolean ours = row.text("customer_reference").orElse("").equals(reference);
            return new OrderedNumber(client, rows, number, row, ours);
        } catch (PstnException e) {
            if (e == failure) {
                throw failure;
            }
            failure.addSuppressed(e);
            throw failure instanceof NumberUnavailable taken ? unclear(taken) : failure;
        }
    }

    // Told that nothing was bought, the caller would buy another number.
    private static PstnException unclear(NumberUnavailable taken) {
        Failure facts = taken.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        OPERATION,
                        Effect.UNKNOWN,
                        facts.reason() + "; the number is taken, and whether by this command could not be read",
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                taken);
    }

    private Optional<Fields> orderOf(PhoneNumber number, String reference, Instant failedSince) {
        HttpCall list = HttpCall.of(OPERATION, "GET", "number_orders").query("filter[customer_reference]", reference);
        List<Fields> orders = client.all(list, 250).stream()
                .filter(order -> order.text("customer_reference").orElse("").equals(reference))
                .filter(order -> line(order, number).isPresent())
                .toList();
        return orders.stream()
                .filter(order -> !isFailed(order))
                .findFirst()
                .or(() -> orders.stream()
                        .filter(order -> order.instant("created_at")
                                .filter(made -> !made.isBefore(failedSince))
                                .isPresent())
                        .findFirst());
    }

    private OrderedNumber ordered(PhoneNumber number, Fields order) {
        return new OrderedNumber(client, rows, number, order.requireText("id"), order);
    }

    /** The line of this number in an order. */
    static Optional<Fields> line(Fields order, PhoneNumber number) {
        return order.list("phone_numbers").stream()
                .filter(line -> line.text("phone_number").orElse("").equals(number.e164()))
                .findFirst();
    }
}
