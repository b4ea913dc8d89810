package io.careflow.pstn.guard;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What an allowed request took, to give it back or to correct it afterwards, also by another node: {@link #text} goes into a column.
 *
 * @param holder whose leases and counts they are
 * @param tenant on whose behalf
 * @param user by whom
 * @param destination who was to be reached
 * @param takenAt when it was allowed; tells the day that its spend counts to
 */
public record GuardTicket(String holder, TenantId tenant, String user, PhoneNumber destination, Instant takenAt) {
    private static final String BETWEEN = "\n";

    public GuardTicket {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(takenAt, "takenAt");
        if (holder.contains(BETWEEN)) {
            throw new IllegalArgumentException("holder has a line break");
        }
    }

    /** The ticket as text. */
    public String text() {
        return String.join(BETWEEN, holder, tenant.value(), destination.e164(), takenAt.toString(), user);
    }

    /**
     * The ticket of a {@link #text}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static GuardTicket parse(String text) {
        List<String> parts = List.of(text.split(BETWEEN, 5));
        if (parts.size() != 5) {
            throw new IllegalArgumentException("guard ticket has " + parts.size() + " parts; expected 5");
        }
        try {
            return new GuardTicket(
                    parts.get(0),
                    new TenantId(parts.get(1)),
                    parts.get(4),
                    new PhoneNumber(parts.get(2)),
                    Instant.parse(parts.get(3)));
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("guard ticket has no time", e);
        }
    }
}
