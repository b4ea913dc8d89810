package io.careflow.pstn.desk;

import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.List;

/** Settles the guard's tickets of an order. Thread-safe. */
final class Tickets {
    private Tickets() {}

    /** The first is the destination's and counts the whole call; the own phone's beside it counts nothing, or all would count twice. */
    static void settle(OutboundGuard guard, OutboundOrder order, Duration talk, Money cost) {
        List<String> tickets = order.tickets();
        for (int i = 0; i < tickets.size(); i++) {
            boolean counts = i == 0;
            guard.settle(tickets.get(i), counts ? talk : Duration.ZERO, counts ? cost : Money.zero(cost.currency()));
        }
    }
}
