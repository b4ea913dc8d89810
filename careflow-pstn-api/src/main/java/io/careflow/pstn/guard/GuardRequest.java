package io.careflow.pstn.guard;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to reach a public number. Each leg to a public number is a request of its own, also of one call.
 *
 * @param holder who takes the counters and leases, unique for each leg: 1 to 180 characters, such as the command's id
 * @param tenant on whose behalf
 * @param user the user who pays or is answerable, by the application's key; of a forwarded call the one who forwards
 * @param purpose what for
 * @param destination who is to be reached
 * @param price what it will cost, or null if that is not known, which denies
 * @param wanted the longest talk that is asked for
 * @param userSince since when the user exists, or null if that is not known
 * @param unasked whether nobody asked for this number: an automatic call back to a missed call, which is always denied
 */
public record GuardRequest(
        String holder,
        TenantId tenant,
        String user,
        GuardPurpose purpose,
        PhoneNumber destination,
        @Nullable TalkPrice price,
        Duration wanted,
        @Nullable Instant userSince,
        boolean unasked) {
    public GuardRequest {
        if (holder.isBlank() || holder.length() > 180) {
            throw new IllegalArgumentException("holder has " + holder.length() + " characters; allowed are 1 to 180");
        }
        Objects.requireNonNull(tenant, "tenant");
        if (user.isBlank()) {
            throw new IllegalArgumentException("user is blank; expected the application's key of a user");
        }
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(destination, "destination");
        if (wanted.isNegative() || wanted.isZero()) {
            throw new IllegalArgumentException("wanted is " + wanted + "; allowed is more than nothing");
        }
    }

    /** A request of unknown price, for up to 4 hours, by a user of unknown age. */
    public static GuardRequest of(
            String holder, TenantId tenant, String user, GuardPurpose purpose, PhoneNumber destination) {
        return new GuardRequest(holder, tenant, user, purpose, destination, null, Duration.ofHours(4), null, false);
    }

    /** A request of this command, for up to 4 hours; price and the user's age are not known yet. */
    public static GuardRequest of(
            CommandId command, TenantId tenant, String user, GuardPurpose purpose, PhoneNumber destination) {
        return of(command.value(), tenant, user, purpose, destination);
    }

    /** It will cost this. */
    public GuardRequest priced(TalkPrice value) {
        return new GuardRequest(holder, tenant, user, purpose, destination, value, wanted, userSince, unasked);
    }

    /** Each minute that is begun costs this, and nothing else does. */
    public GuardRequest pricedPerMinute(Money value) {
        return priced(TalkPrice.perStartedMinute(value));
    }

    /** Asks for so much talk at most. */
    public GuardRequest wanting(Duration value) {
        return new GuardRequest(holder, tenant, user, purpose, destination, price, value, userSince, unasked);
    }

    /** The user exists since then. */
    public GuardRequest byUserSince(Instant value) {
        return new GuardRequest(holder, tenant, user, purpose, destination, price, wanted, value, unasked);
    }

    /** Nobody asked for this number: it called and was missed. */
    public GuardRequest answeringMissedCall() {
        return new GuardRequest(holder, tenant, user, purpose, destination, price, wanted, userSince, true);
    }
}
