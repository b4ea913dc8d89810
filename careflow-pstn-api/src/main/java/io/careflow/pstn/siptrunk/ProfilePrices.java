package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/** Prices of a profile. What the profile does not say is not known. */
final class ProfilePrices implements Prices {
    private final Optional<RateDeck> deck;
    private final Instant from;

    ProfilePrices(SipTrunkProfile profile) {
        this.deck = TrunkCosts.of(profile).deck();
        Instant effective = profile.pricing().effectiveFrom();
        // Rates of a profile have no end, so one moment after their beginning is like any other.
        this.from = effective == null ? Instant.EPOCH : effective;
    }

    @Override
    public Optional<CallPrice> call(PhoneNumber caller, PhoneNumber to) {
        return deck.flatMap(prices -> prices.find(to.digits(), from)
                .filter(rate -> !rate.isRejecting())
                .map(rate -> price(rate, prices.currency())));
    }

    @Override
    public Optional<Money> message(PhoneNumber sender, PhoneNumber to) {
        return Optional.empty();
    }

    private static CallPrice price(Rate rate, Currency currency) {
        String what =
                rate.plan().map(plan -> "included in " + plan).orElse("prefix " + rate.prefix() + " of the profile");
        return new CallPrice(new Money(rate.perMinute(), currency), what);
    }
}
