package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import java.time.ZoneId;
import java.util.Currency;

/** All that a deck says but its rates: what a charge needs to explain itself, without holding on to the rates. Immutable. */
record DeckPolicy(
        String id,
        String version,
        String provider,
        Direction direction,
        Currency currency,
        SecondsRounding secondsRounding,
        Rounding rounding,
        RoundingStage roundingStage,
        IncrementPolicy incrementPolicy,
        WindowPolicy windowPolicy,
        ZoneId zone) {

    DeckPolicy(RateDeckBuilder b, Currency currency, ZoneId zone) {
        this(
                b.id,
                b.version,
                b.provider,
                b.direction,
                currency,
                b.secondsRounding,
                b.rounding,
                b.roundingStage,
                b.incrementPolicy,
                b.windowPolicy,
                zone);
    }

    /** Whether a call is fee, increments and price, and nothing that has to be walked through. */
    boolean isPlain() {
        return incrementPolicy == IncrementPolicy.INIT_PLUS_N && roundingStage == RoundingStage.CALL;
    }
}
