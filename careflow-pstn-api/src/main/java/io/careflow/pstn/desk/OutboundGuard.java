package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call pass, or not, and counts it. Thread-safe. What it throws denies the call.
 */
public interface OutboundGuard {

    /** Decides, and counts the call if it may pass. The same command again counts nothing more. */
    Ruling decide(Question question);

    /** The call goes on: what it occupies stays occupied for so long from now. */
    void renew(CommandId command, Duration lease);

    /** The call is over; null for the cost if it never began or nobody knows what it cost. */
    void release(CommandId command, @Nullable Money cost);

    /** Lets everything pass: for tests, and for applications that guard elsewhere. */
    static OutboundGuard permissive() {
        return new OutboundGuard() {
            @Override
            public Ruling decide(Question question) {
                return new Ruling(true, List.of(), "no guard", Duration.ofHours(24));
            }

            @Override
            public void renew(CommandId command, Duration lease) {}

            @Override
            public void release(CommandId command, @Nullable Money cost) {}
        };
    }

    /**
     * A call that wants to pass.
     *
     * @param command its key
     * @param user id of who pays
     * @param destination whom
     * @param perMinute what a minute costs who pays, or null if that is not known
     * @param lease how long it may occupy anything if nobody hears of it again
     */
    record Question(
            CommandId command,
            TenantId tenant,
            String user,
            PhoneNumber destination,
            PhoneNumber callerId,
            @Nullable Money perMinute,
            Duration lease) {}

    /**
     * The decision.
     *
     * @param passes whether the call may pass
     * @param rules ids of the rules that refused; empty if it may pass
     * @param because for people
     * @param longest how long it may last
     */
    record Ruling(boolean passes, List<String> rules, String because, Duration longest) {
        public Ruling {
            rules = List.copyOf(rules);
            Objects.requireNonNull(because, "because");
        }
    }
}
