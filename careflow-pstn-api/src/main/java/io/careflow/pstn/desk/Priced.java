package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.RoutePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish that can be placed, if it is allowed and paid.
 *
 * @param ways what each way would cost: see {@link TalkOffer}
 * @param list what the customer pays by, or null for the carrier's cost
 */
record Priced(
        OutboundOrder order,
        CreditAccount account,
        RoutePlan plan,
        List<List<TalkOffer.Leg>> ways,
        @Nullable String list) {

    Priced {
        ways = List.copyOf(ways);
    }

    List<PhoneNumber> numbers() {
        return numbers(order);
    }

    /** Everybody outside who is called: the destination, then the user's own phone if it is a number. */
    static List<PhoneNumber> numbers(OutboundOrder order) {
        List<PhoneNumber> numbers = new ArrayList<>();
        order.destinations().forEach(to -> {
            if (to instanceof Destination.Phone phone) {
                numbers.add(phone.number());
            }
        });
        PhoneNumber own = order.userNumber();
        if (own != null) {
            numbers.add(own);
        }
        return numbers;
    }

    /** The destination's question counts the price of all legs, so the own phone's counts none: see {@link Tickets}. */
    OutboundGuard.Question question(PhoneNumber number, boolean own, Duration wanted) {
        OutboundGuard.Purpose purpose = own
                ? OutboundGuard.Purpose.OWN_PHONE
                : order.room() != null
                        ? OutboundGuard.Purpose.CONFERENCE
                        : order.isDirect() ? OutboundGuard.Purpose.DIRECT : OutboundGuard.Purpose.CALLBACK;
        return new OutboundGuard.Question(
                own ? ownHolder(order) : order.command().value(),
                order.tenant(),
                order.user(),
                purpose,
                number,
                perMinute(),
                talk -> {
                    Money all =
                            TalkOffer.price(ways, Math.max(1, talk.toSeconds())).orElseThrow();
                    return own ? Money.zero(all.currency()) : all;
                },
                wanted);
    }

    /** Who takes the channel of the user's own phone; the destination's is taken by the command itself. */
    static String ownHolder(OutboundOrder order) {
        return order.command().value() + "/own";
    }

    /** Of the dearest leg: what guards compare. */
    private Money perMinute() {
        return ways.stream()
                .flatMap(List::stream)
                .flatMap(leg -> leg.quote().perMinute().stream())
                .reduce((one, other) -> one.compareTo(other) < 0 ? other : one)
                .orElseThrow();
    }

    TalkOffer offer(@Nullable Money available, Duration longest) {
        return TalkOffer.of(ways, available, longest);
    }

    static CallbackAnswer unpaid(@Nullable Money available, Money price) {
        return new CallbackAnswer.NotPaid(available == null ? Money.zero(price.currency()) : available, price);
    }

    Money nothing() {
        return Money.zero(perMinute().currency());
    }

    Hold hold(Money price, Duration lease) {
        return new Hold(order.command(), account, price, lease, "call to " + order.wanted());
    }
}
