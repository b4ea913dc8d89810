package io.careflow.pstn.asterisk;

import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.ChannelUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leases whose store may be away: every question to it would hold the thread of a call for as long as a database is waited for, and
 * living calls ask all the time. So once it has failed, it is left alone for some seconds; then one question finds out whether it is back,
 * while all others are still refused at once. Thread-safe.
 */
final class LeasesGuard implements ChannelLeases {
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final ChannelLeases store;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> again = new AtomicReference<>();

    LeasesGuard(ChannelLeases store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public ChannelAnswer take(ChannelClaim claim) {
        return asked(() -> store.take(claim));
    }

    @Override
    public boolean renew(String trunk, String holder, Duration ttl) {
        return asked(() -> store.renew(trunk, holder, ttl));
    }

    @Override
    public void release(String holder) {
        boolean unused = asked(() -> {
            store.release(holder);
            return true;
        });
    }

    @Override
    public int sweep() {
        return asked(store::sweep);
    }

    @Override
    public ChannelUse use(String trunk) {
        return asked(() -> store.use(trunk));
    }

    private <T> T asked(Supplier<T> question) {
        Instant until = again.get();
        Instant now = clock.instant();
        if (until != null && (isPause(now, until) || !again.compareAndSet(until, now.plus(PAUSE)))) {
            throw new IllegalStateException("the store of channels failed and is left alone until " + until);
        }
        try {
            T answer = question.get();
            again.set(null);
            return answer;
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            again.set(clock.instant().plus(PAUSE));
            throw e;
        }
    }

    // A clock that was set back must not keep the store away for longer than that.
    private static boolean isPause(Instant now, Instant until) {
        return now.isBefore(until) && !now.plus(PAUSE).isBefore(until);
    }
}
