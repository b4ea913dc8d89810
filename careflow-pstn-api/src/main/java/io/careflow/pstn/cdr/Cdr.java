package io.careflow.pstn.cdr;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.routing.TriedRoute;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record of one call, also of one that failed. A value: two records of the same call compare equal field by field.
 *
 * @param call the call; its text form is the record's natural key
 * @param tenant on whose behalf
 * @param direction which way
 * @param carrier whose prices apply, or null if that is not known
 * @param from who called
 * @param to what was dialled
 * @param typed what the caller entered, possibly masked, or null
 * @param userId the user that the call was for, or null
 * @param times its moments
 * @param disposition how it ended, in one word
 * @param cause why, in the network's words
 * @param releasedBy who ended it
 * @param legs everybody who was tried, in order
 * @param recording where its recording is, or null
 * @param cost what it cost
 * @param attempts every trunk or provider that was tried, in order, each with its reason; empty where none was chosen among, and
 *     in records of versions that did not keep them
 * @param trust how far the caller's number is to be believed, or null if nobody looked, and in records of versions that did not
 */
public record Cdr(
        CallRef call,
        TenantId tenant,
        Direction direction,
        @Nullable String carrier,
        Party from,
        Party to,
        @Nullable String typed,
        @Nullable String userId,
        CdrTimes times,
        Disposition disposition,
        HangupCause cause,
        ReleasedBy releasedBy,
        List<CdrLeg> legs,
        @Nullable URI recording,
        CdrCost cost,
        List<TriedRoute> attempts,
        @Nullable CallerTrust trust) {

    public Cdr {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(releasedBy, "releasedBy");
        legs = List.copyOf(legs);
        Objects.requireNonNull(cost, "cost");
        attempts = List.copyOf(attempts);
    }

    /** A record without attempts. */
    public Cdr(
            CallRef call,
            TenantId tenant,
            Direction direction,
            @Nullable String carrier,
            Party from,
            Party to,
            @Nullable String typed,
            @Nullable String userId,
            CdrTimes times,
            Disposition disposition,
            HangupCause cause,
            ReleasedBy releasedBy,
            List<CdrLeg> legs,
            @Nullable URI recording,
            CdrCost cost) {
        this(
                call,
                tenant,
                direction,
                carrier,
                from,
                to,
                typed,
                userId,
                times,
                disposition,
                cause,
                releasedBy,
                legs,
                recording,
                cost,
                List.of(),
                null);
    }

    /** A record without word of the caller's number. */
    public Cdr(
            CallRef call,
            TenantId tenant,
            Direction direction,
            @Nullable String carrier,
            Party from,
            Party to,
            @Nullable String typed,
            @Nullable String userId,
            CdrTimes times,
            Disposition disposition,
            HangupCause cause,
            ReleasedBy releasedBy,
            List<CdrLeg> legs,
            @Nullable URI recording,
            CdrCost cost,
            List<TriedRoute> attempts) {
        this(
                call,
                tenant,
                direction,
                carrier,
                from,
                to,
                typed,
                userId,
                times,
                disposition,
                cause,
                releasedBy,
                legs,
                recording,
                cost,
                attempts,
                null);
    }

    /**
     * Who answered; without an answer the first that was tried. Of a call that was placed and dialled on, the phone that was called
     * first is not meant.
     */
    public Optional<String> destination() {
        List<CdrLeg> wanted = legs.stream()
                .filter(leg -> legs.size() == 1 || !leg.leg().equals(call.id()))
                .toList();
        return wanted.stream()
                .filter(leg -> leg.answered() != null)
                .findFirst()
                .or(() -> wanted.stream().findFirst())
                .map(CdrLeg::destination);
    }

    /** The same record with its cost. */
    public Cdr costing(CdrCost value) {
        return new Cdr(
                call,
                tenant,
                direction,
                carrier,
                from,
                to,
                typed,
                userId,
                times,
                disposition,
                cause,
                releasedBy,
                legs,
                recording,
                value,
                attempts,
                trust);
    }

    /** The same record without the address of its recording. */
    public Cdr withoutRecording() {
        return new Cdr(
                call,
                tenant,
                direction,
                carrier,
                from,
                to,
                typed,
                userId,
                times,
                disposition,
                cause,
                releasedBy,
                legs,
                null,
                cost,
                attempts,
                trust);
    }

    /** The same record with these attempts. */
    public Cdr trying(List<TriedRoute> values) {
        return new Cdr(
                call,
                tenant,
                direction,
                carrier,
                from,
                to,
                typed,
                userId,
                times,
                disposition,
                cause,
                releasedBy,
                legs,
                recording,
                cost,
                values,
                trust);
    }

    /** The same record with how far the caller's number is to be believed. */
    public Cdr trusting(@Nullable CallerTrust value) {
        return new Cdr(
                call,
                tenant,
                direction,
                carrier,
                from,
                to,
                typed,
                userId,
                times,
                disposition,
                cause,
                releasedBy,
                legs,
                recording,
                cost,
                attempts,
                value);
    }
}
