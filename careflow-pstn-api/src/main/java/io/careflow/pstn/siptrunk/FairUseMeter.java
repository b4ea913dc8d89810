package io.careflow.pstn.siptrunk;

import io.careflow.pstn.cdr.Cdr;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the fair use of one flat-rate trunk, month by month, and tells when 80 and 100 percent are reached: each once a month, in
 * their order. Counts what it is told and keeps nothing beyond the process: after a restart, give it the records of the month again.
 * Thread-safe; the listener is called by the thread that adds talk, one call after another, and must not block.
 */
public final class FairUseMeter {
    private static final int MONTHS_KEPT = 3;

    private final SipTrunkProfile profile;
    private final ZoneId zone;
    private final Consumer<FairUse> listener;
    private final TreeMap<YearMonth, FairUse> months = new TreeMap<>();

    /**
     * A meter that has counted nothing.
     *
     * @param zone by whose clock the carrier's month begins
     * @param listener is told the use that reached a level
     * @throws IllegalArgumentException if the profile knows no fair use
     */
    public FairUseMeter(SipTrunkProfile profile, ZoneId zone, Consumer<FairUse> listener) {
        if (profile.pricing().fairUseMinutesPerChannel() == null) {
            throw new IllegalArgumentException(
                    "profile " + profile.id() + " has no pricing.fairUseMinutesPerChannel; there is nothing to watch");
        }
        this.profile = profile;
        this.zone = Objects.requireNonNull(zone, "zone");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Counts a record, if its carrier is this trunk: what was billable of it, in the month in which it was picked up. Give each record
     * once.
     */
    public void accept(Cdr cdr) {
        Instant pickedUp = cdr.times().pickedUp();
        if (pickedUp != null && profile.id().equals(cdr.carrier())) {
            add(pickedUp, Duration.ofMillis(cdr.times().billableMillis()));
        }
    }

    /** Counts talk that began at this moment. */
    public synchronized void add(Instant at, Duration talk) {
        YearMonth month = YearMonth.from(at.atZone(zone));
        FairUse before = use(month);
        FairUse after = before.plus(talk);
        months.put(month, after);
        while (months.size() > MONTHS_KEPT) {
            months.pollFirstEntry();
        }
        if (before.level() == FairUse.Level.FINE && after.level() == FairUse.Level.EXCEEDED) {
            // Both levels at once are told one after the other, so that nobody waits for the first.
            listener.accept(new FairUse(after.trunk(), month, after.limit(), near(after)));
        }
        if (before.level() != after.level()) {
            listener.accept(after);
        }
    }

    /** How a month stands. */
    public synchronized FairUse use(YearMonth month) {
        @Nullable FairUse known = months.get(month);
        return known == null
                ? Optional.of(profile).flatMap(p -> FairUse.of(p, month)).orElseThrow()
                : known;
    }

    private static Duration near(FairUse use) {
        return use.limit().multipliedBy(4).dividedBy(5);
    }
}
