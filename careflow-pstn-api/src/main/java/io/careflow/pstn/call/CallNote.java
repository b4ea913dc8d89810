package io.careflow.pstn.call;

import io.careflow.pstn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What the application found out about a call, for its CDR. Later notes fill and overwrite earlier ones field by field.
 *
 * @param tenant whose call it is, or null
 * @param carrier whose prices apply, as rate decks spell it, or null
 * @param userId the user the call is for, or null
 * @param typed what the caller entered, already masked if it is to be, or null
 * @param outcome how the application judges the attempt where nobody was dialled, or null
 * @param trust how far the caller's number is to be believed, or null if nobody looked
 */
public record CallNote(
        @Nullable TenantId tenant,
        @Nullable String carrier,
        @Nullable String userId,
        @Nullable String typed,
        @Nullable Disposition outcome,
        @Nullable CallerTrust trust) {
    /** Nothing to note. */
    public static final CallNote NONE = new CallNote(null, null, null, null, null, null);

    /** A note that says nothing of the caller's number. */
    public CallNote(
            @Nullable TenantId tenant,
            @Nullable String carrier,
            @Nullable String userId,
            @Nullable String typed,
            @Nullable Disposition outcome) {
        this(tenant, carrier, userId, typed, outcome, null);
    }

    /** The call belongs to this tenant and came over this carrier. */
    public CallNote withOrigin(TenantId ofTenant, String ofCarrier) {
        return new CallNote(ofTenant, ofCarrier, userId, typed, outcome, trust);
    }

    /** The call is for this user. */
    public CallNote withUser(String value) {
        return new CallNote(tenant, carrier, value, typed, outcome, trust);
    }

    /** The caller entered this. */
    public CallNote withTyped(String value) {
        return new CallNote(tenant, carrier, userId, value, outcome, trust);
    }

    /** The attempt ended like this. */
    public CallNote withOutcome(Disposition value) {
        return new CallNote(tenant, carrier, userId, typed, value, trust);
    }

    /** The caller's number is to be believed so far. */
    public CallNote withTrust(CallerTrust value) {
        return new CallNote(tenant, carrier, userId, typed, outcome, value);
    }

    /** This note with every field that the later one sets. */
    public CallNote then(CallNote later) {
        return new CallNote(
                later.tenant == null ? tenant : later.tenant,
                later.carrier == null ? carrier : later.carrier,
                later.userId == null ? userId : later.userId,
                later.typed == null ? typed : later.typed,
                later.outcome == null ? outcome : later.outcome,
                later.trust == null ? trust : later.trust);
    }
}
