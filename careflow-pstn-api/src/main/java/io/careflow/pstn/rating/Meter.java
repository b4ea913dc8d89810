package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a call, increment by increment, but in one stride over increments of one price. What is billed and what it costs
 * come from the same walk. Used once, by one thread.
 */
final class Meter {

    /** A call that is split over windows is walked day by day; none lasts longer. */
    static final long LONGEST_SPLIT = Duration.ofDays(400).toSeconds();

    private static final long NEVER = Long.MAX_VALUE;

    private final RateDeck deck;
    private final Tariff tariff;
    private final List<ChargePart> parts = new ArrayList<>();
    private final boolean splits;
    private final Instant start;
    private final long billable;
    private Rate rate;
    private long billed;
    private long unchangedUntil = NEVER;
    private @Nullable String problem;

    /**
     * Meters a call of so many seconds whose answer falls under this rate. Included seconds come first: what is billed starts after
     * them.
     */
    Meter(RateDeck deck, Tariff tariff, Rate atAnswer, long seconds) {
        this.deck = deck;
        this.tariff = tariff;
        this.rate = atAnswer;
        this.splits = deck.windowPolicy() == WindowPolicy.SPLIT && tariff.hasWindows();
        this.billable = Math.max(0, seconds - atAnswer.includedSeconds());
        this.start = tariff.answer().plusSeconds(splits ? atAnswer.includedSeconds() : 0);
        if (splits && seconds > LONGEST_SPLIT) {
            problem = "a call of " + seconds + " s is too long to be split over windows";
        }
        walk();
    }

    List<ChargePart> parts() {
        return List.copyOf(parts);
    }

    /** Why some second of the call has no price, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    private void walk() {
        while (billed < billable && problem == null) {
            if (splits) {
                enterWindow();
            }
            if (problem == null) {
                stride();
            }
        }
    }

    private void enterWindow() {
        Instant now = start.plusSeconds(billed);
        Rate next = tariff.at(now);
        if (next == null) {
            problem = "no rate of prefix " + tariff.prefix() + " at " + now + ", " + now.atZone(tariff.zone());
        } else if (next.isRejecting()) {
            problem =
                    "calls to prefix " + tariff.prefix() + " are rejected at " + now + ", " + now.atZone(tariff.zone());
        } else {
            rate = next;
            Duration left = Duration.between(now, tariff.unchangedUntil(now));
            unchangedUntil = billed + left.plusNanos(999_999_999).toSeconds();
        }
    }

    private void stride() {
        BigDecimal price = rate.perMinute();
        int step = rate.subsequentIncrement();
        long end = Math.min(billable, unchangedUntil);
        for (RateTier tier : rate.tiers()) {
            if (tier.fromSecond() > billed) {
                end = Math.min(end, tier.fromSecond());
                break;
            }
            price = tier.perMinute();
            step = tier.increment();
        }
        if (billed == 0) {
            add(price, 1, rate.initialIncrement());
        } else if (deck.incrementPolicy() == IncrementPolicy.TOTAL_MOD && billed % step != 0) {
            add(price, 1, (int) (step - billed % step));
        } else {
            add(price, (end - billed - 1) / step + 1, step);
        }
    }

    private void add(BigDecimal price, long steps, int step) {
        ChargePart part = new ChargePart(price, steps, step, TimeWindow.text(rate.windows()));
        int last = parts.size() - 1;
        if (last > 0 && part.continues(parts.get(last))) {
            part = new ChargePart(price, parts.get(last).steps() + steps, step, part.hours());
            parts.set(last, part);
        } else {
            parts.add(part);
        }
        billed += steps * step;
    }
}
