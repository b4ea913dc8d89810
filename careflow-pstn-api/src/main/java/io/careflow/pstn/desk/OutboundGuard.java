package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Lets a call to a number outside pass, or not, and counts it. Thread-safe. What it throws denies the call. */
public interface OutboundGuard {

    /** Decides, and counts the call if it may pass. The same holder again counts nothing more. */
    Ruling decide(Question question);

    /** The call goes on: what it occupies stays occupied for so long from now. */
    void renew(String ticket, Duration lease);

    /**
     * The call is over. The same again changes nothing.
     *
     * @param ticket of its ruling
     * @param talk how long they talked; zero if nobody answered, or nothing came of it
     * @param cost what it cost in the end
     */
    void settle(String ticket, Duration talk, Money cost);

    /** The library's own guard: rules of the tenant, counters that all nodes share. Nobody's age is known to it. */
    static OutboundGuard of(CallGuard guard) {
        return of(guard, (tenant, user) -> Optional.empty());
    }

    /**
     * The library's own guard, told how old users are: without that all of them count as new, and reach the home country only.
     *
     * @param userSince since when a user exists, by the user's id; empty if that is not known
     */
    static OutboundGuard of(CallGuard guard, BiFunction<TenantId, String, Optional<Instant>> userSince) {
        return new GuardedCalls(guard, userSince);
    }

    /** Lets everything pass: for tests, and for applications that guard elsewhere. */
    static OutboundGuard permissive() {
        return new OutboundGuard() {
            @Override
            public Ruling decide(Question question) {
                return new Ruling(true, List.of(), "no guard", question.wanted(), "");
            }

            @Override
            public void renew(String ticket, Duration lease) {}

            @Override
            public void settle(String ticket, Duration talk, Money cost) {}
        };
    }

    /**
     * A call that wants to pass.
     *
     * @param holder its key, unique for each number that is called
     * @param user id of who pays
     * @param purpose what for
     * @param destination whom
     * @param perMinute what a minute costs who pays
     * @param whole what so much talk costs who pays, all included, on the dearest way
     * @param wanted the longest talk that is asked for
     */
    record Question(
            String holder,
            TenantId tenant,
            String user,
            Purpose purpose,
            PhoneNumber destination,
            Money perMinute,
            Function<Duration, Money> whole,
            Duration wanted) {}

    /**
     * The decision.
     *
     * @param passes whether the call may pass
     * @param rules ids of the rules that refused; empty if it may pass
     * @param because for people
     * @param longest how long it may last
     * @param ticket for {@link #settle}; kept in the book, at most 400 characters
     */
    record Ruling(boolean passes, List<String> rules, String because, Duration longest, String ticket) {
        public Ruling {
            rules = List.copyOf(rules);
            Objects.requireNonNull(because, "because");
            Objects.requireNonNull(ticket, "ticket");
        }
    }

    /** What a number is called for. */
    enum Purpose {
        /** It was wanted by a user who is called back. */
        CALLBACK,
        /** It is the user's own phone. */
        OWN_PHONE,
        /** A user dialled it from a phone of ours. */
        DIRECT,
        /** Somebody joins a conference. */
        CONFERENCE
    }
}
