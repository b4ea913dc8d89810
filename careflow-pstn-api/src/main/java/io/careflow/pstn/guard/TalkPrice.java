package io.careflow.pstn.guard;

import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;

/** What a call or a text will cost, as far as prices tell. Immutable and thread-safe. */
public interface TalkPrice {

    /** The dearest minute, without fees; of a text its whole price. */
    Money perMinute();

    /** All that so much talk costs, fees and increments included. Never less for more talk. */
    Money whole(Duration talk);

    /** Each minute that is begun costs this, and nothing else. */
    static TalkPrice perStartedMinute(Money price) {
        return new Minutes(price);
    }

    /** One price whatever the length: a text, or a call by a flat fee. */
    static TalkPrice flat(Money price) {
        return new Flat(price);
    }

    /** A price for each minute that is begun. */
    record Minutes(Money perMinute) implements TalkPrice {
        public Minutes {
            Objects.requireNonNull(perMinute, "perMinute");
        }

        @Override
        public Money whole(Duration talk) {
            BigDecimal minutes =
                    BigDecimal.valueOf(talk.toMillis()).divide(BigDecimal.valueOf(60_000), 0, RoundingMode.CEILING);
            return new Money(perMinute.amount().multiply(minutes), perMinute.currency());
        }
    }

    /** A price for the whole. */
    record Flat(Money perMinute) implements TalkPrice {
        public Flat {
            Objects.requireNonNull(perMinute, "perMinute");
        }

        @Override
        public Money whole(Duration talk) {
            return perMinute;
        }
    }
}
