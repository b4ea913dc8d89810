package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one call, as the book keeps it: everything that any node needs to go on with it, and to settle it.
 *
 * @param user id of who pays
 * @param phone the user's phone, as text; empty where the user dials from it
 * @param wanted whom the user wanted, as it stands in the record
 * @param destinations whom to dial
 * @param callerId the number shown
 * @param onNet whether nobody outside is called
 * @param lines over which trunks, best first; one without a trunk is its provider's own way
 * @param longest the longest talk
 * @param held what is set aside, or null if nothing was
 * @param priceList what the customer pays by, or null for the carrier's cost
 * @param room the conference that all meet in, or null
 * @param recorded whether it is recorded from the answer on
 * @param tickets of the guard, one for each number outside
 * @param asked when it was asked for
 * @param tried providers that took nothing, for the record
 */
record OutboundOrder(
        CommandId command,
        TenantId tenant,
        String user,
        String phone,
        String wanted,
        List<Destination> destinations,
        PhoneNumber callerId,
        boolean onNet,
        List<Line> lines,
        Duration longest,
        @Nullable Money held,
        @Nullable String priceList,
        @Nullable String room,
        boolean recorded,
        List<String> tickets,
        Instant asked,
        List<TriedRoute> tried) {

    OutboundOrder {
        destinations = List.copyOf(destinations);
        lines = List.copyOf(lines);
        tickets = List.copyOf(tickets);
        tried = List.copyOf(tried);
    }

    static OutboundOrder of(OutboundEntry entry) {
        return OrderText.read(entry.command(), entry.order());
    }

    OutboundOrder over(List<Line> value) {
        return new OutboundOrder(
                command,
                tenant,
                user,
                phone,
                wanted,
                destinations,
                callerId,
                onNet,
                value,
                longest,
                held,
                priceList,
                room,
                recorded,
                tickets,
                asked,
                tried);
    }

    OutboundOrder paid(Duration talk, @Nullable Money value, @Nullable String list) {
        return new OutboundOrder(
                command,
                tenant,
                user,
                phone,
                wanted,
                destinations,
                callerId,
                onNet,
                lines,
                talk,
                value,
                list,
                room,
                recorded,
                tickets,
                asked,
                tried);
    }

    OutboundOrder to(List<Destination> whom, String shown, boolean own) {
        return new OutboundOrder(
                command, tenant, user, phone, shown, whom, callerId, own, lines, longest, held, priceList, room,
                recorded, tickets, asked, tried);
    }

    OutboundOrder meeting(String value) {
        return new OutboundOrder(
                command,
                tenant,
                user,
                phone,
                wanted,
                destinations,
                callerId,
                onNet,
                lines,
                longest,
                held,
                priceList,
                value,
                recorded,
                tickets,
                asked,
                tried);
    }

    OutboundOrder guarded(List<String> value) {
        return new OutboundOrder(
                command,
                tenant,
                user,
                phone,
                wanted,
                destinations,
                callerId,
                onNet,
                lines,
                longest,
                held,
                priceList,
                room,
                recorded,
                value,
                asked,
                tried);
    }

    OutboundOrder after(List<TriedRoute> value) {
        return new OutboundOrder(
                command,
                tenant,
                user,
                phone,
                wanted,
                destinations,
                callerId,
                onNet,
                lines,
                longest,
                held,
                priceList,
                room,
                recorded,
                tickets,
                asked,
                value);
    }

    /** Whether the user dialled from a phone of their own. */
    boolean isDirect() {
        return phone.isEmpty();
    }

    /** The user's phone, if it is outside. */
    @Nullable
    PhoneNumber userNumber() {
        return phone.startsWith("+") ? new PhoneNumber(phone) : null;
    }

    List<String> trunks() {
        return lines.stream().map(Line::trunk).filter(trunk -> !trunk.isEmpty()).toList();
    }

    /** What the carrier of this trunk or route is called in rate decks; of the first line if there is no such trunk. */
    @Nullable
    String carrier(@Nullable String line) {
        return lines.stream()
                .filter(known -> known.trunk().equals(line) || known.route().equals(line))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(Line::carrier)
                .orElse(null);
    }

    /**
     * One way to the public network.
     *
     * @param trunk empty for the provider's own way
     * @param carrier as rate decks spell it
     */
    record Line(String route, String trunk, String carrier) {}
}
