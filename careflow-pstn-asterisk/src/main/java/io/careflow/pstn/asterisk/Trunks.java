package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.TrunkFull;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelAnswer.Bound;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.ChannelLimits;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkDialling;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trunks with a profile, in the order in which they are tried: writes numbers as each wants them and takes channels. The PJSIP endpoint
 * of each is named by its id. Thread-safe.
 */
final class Trunks {
    /** A channel whose holder has died is free after this. */
    static final Duration TTL = Duration.ofSeconds(90);

    static final Duration RENEWAL = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(Trunks.class);
    private static final String TECHNOLOGY = "PJSIP/";

    private final ProviderId provider;
    private final @Nullable ChannelLeases leases;
    private final Map<String, SipTrunkProfile> profiles = new LinkedHashMap<>();

    Trunks(ProviderId provider, @Nullable ChannelLeases leases, List<SipTrunkProfile> inOrder, Clock clock) {
        this.provider = provider;
        this.leases = leases == null ? null : new LeasesGuard(leases, clock);
        inOrder.forEach(profile -> profiles.put(profile.id(), profile));
    }

    /** Whether numbers are called over trunks with a profile. */
    boolean isEmpty() {
        return profiles.isEmpty();
    }

    /**
     * Takes a channel of the first trunk that has one and may place the call.
     *
     * @param shown the number that is shown, or null if none is known
     * @param written how the trunk must write that number, or null if that is all the same
     * @param passedOver trunks that are not asked
     * @param over ids of the only trunks that are asked, best first; empty for all in their own order
     * @throws UnsupportedFeature if there is no trunk of one of these ids
     * @throws TrunkFull if those that could are full
     * @throws NotPermitted if none of them may show the number, or can dial the other
     * @throws ProviderUnavailable if it cannot be told whether a channel is free
     */
    Line take(
            String holder,
            PhoneNumber to,
            @Nullable PhoneNumber shown,
            @Nullable String written,
            Set<String> passedOver,
            List<String> over) {
        List<SipTrunkProfile> asked = chosen(over);
        List<ChannelAnswer.Full> full = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (SipTrunkProfile profile : asked) {
            if (passedOver.contains(profile.id())) {
                refusals.add("trunk " + profile.id() + " was tried before");
                continue;
            }
            Line line = line(profile, holder, to, shown, refusals);
            if (line == null) {
                continue;
            }
            if (written != null && !written.equals(line.callerId())) {
                refusals.add("trunk " + profile.id() + " writes the caller's number in another way");
                continue;
            }
            ChannelAnswer answer = asked(ChannelClaim.of(
                    profile.id(), holder, Direction.OUTBOUND, ChannelLimits.of(profile.capacity()), TTL));
            if (answer instanceof ChannelAnswer.Full none) {
                log.info("{}: {}", holder, none);
                full.add(none);
            } else {
                return line.because(place(profile.id(), asked, !over.isEmpty(), full, refusals));
            }
        }
        throw refused(full, refusals);
    }

    /**
     * Whether some trunk could place the call, without taking a channel.
     *
     * @param over ids of the only trunks that are asked; empty for all
     * @throws UnsupportedFeature if there is no trunk of one of these ids
     * @throws NotPermitted if none can
     */
    void check(PhoneNumber to, @Nullable PhoneNumber shown, List<String> over) {
        List<String> refusals = new ArrayList<>();
        if (chosen(over).stream().allMatch(profile -> line(profile, "-", to, shown, refusals) == null)) {
            throw refused(List.of(), refusals);
        }
    }

    /**
     * Counts a call that came in over this channel. One that a carrier delivers although all channels are counted as used goes on:
     * the carrier counts too, and better. Only where it would be paid extra, or incoming calls have a limit of our own, it does not.
     *
     * @return false if the call must not go on
     */
    boolean arrived(String trunk, String holder) {
        SipTrunkProfile profile = profiles.get(trunk);
        if (profile == null) {
            return true;
        }
        ChannelClaim claim =
                ChannelClaim.of(trunk, holder, Direction.INBOUND, ChannelLimits.of(profile.capacity()), TTL);
        try {
            ChannelAnswer answer = store().take(claim);
            if (!(answer instanceof ChannelAnswer.Full full)) {
                return true;
            }
            log.warn("{}: {}", holder, full);
            if (full.bound() == Bound.INBOUND
                    || profile.capacity().overflow() == TrunkCapacity.Overflow.BURST_METERED) {
                return false;
            }
            ChannelAnswer unused = store().take(claim.counted());
        } catch (RuntimeException e) {
            // Renewal counts it later. The carrier has let it through.
            log.warn("{}: the channel of trunk {} could not be counted: {}", holder, trunk, e.toString());
        }
        return true;
    }

    /** The channel lives: its lease goes on, and begins again if it ran out. */
    void renew(String trunk, String holder, Direction direction) {
        SipTrunkProfile profile = profiles.get(trunk);
        if (profile == null) {
            return;
        }
        try {
            if (!store().renew(trunk, holder, TTL)) {
                ChannelAnswer unused = store().take(
                                ChannelClaim.of(trunk, holder, direction, ChannelLimits.of(profile.capacity()), TTL)
                                        .counted());
            }
        } catch (RuntimeException e) {
            log.warn("{}: the lease of trunk {} could not be renewed: {}", holder, trunk, e.toString());
        }
    }

    void release(String holder) {
        try {
            store().release(holder);
        } catch (RuntimeException e) {
            log.warn("{}: the channel could not be given back; it is free in {}: {}", holder, TTL, e.toString());
        }
    }

    /** Forgets leases that ran out. */
    void sweep() {
        if (isEmpty()) {
            return;
        }
        try {
            int gone = store().sweep();
            if (gone > 0) {
                log.info("{} channels were not given back and ran out", gone);
            }
        } catch (RuntimeException e) {
            log.debug("no sweep of channels: {}", e.toString());
        }
    }

    /** The trunk of a channel, by its name such as {@code PJSIP/siproute-0000002a}; empty if it is none with a profile. */
    Optional<String> ofChannel(String name) {
        int last = name.lastIndexOf('-');
        return name.startsWith(TECHNOLOGY) && last > TECHNOLOGY.length()
                ? Optional.of(name.substring(TECHNOLOGY.length(), last)).filter(profiles::containsKey)
                : Optional.empty();
    }

    /** The trunk of what a dial rings, such as {@code p:PJSIP/4165551212@siproute}; empty if it is none with a profile. */
    Optional<String> ofTarget(String target) {
        int at = target.lastIndexOf('@');
        return target.startsWith("p:" + TECHNOLOGY) && at >= 0
                ? Optional.of(target.substring(at + 1)).filter(profiles::containsKey)
                : Optional.empty();
    }

    /** The number that Asterisk says it dials, such as {@code 4165551212@siproute}; empty if no trunk with a profile does. */
    Optional<String> nameOf(String dialString) {
        int at = dialString.lastIndexOf('@');
        SipTrunkProfile profile = at < 0 ? null : profiles.get(dialString.substring(at + 1));
        return profile == null
                ? Optional.empty()
                : TrunkDialling.of(profile).dialled(dialString.substring(0, at)).map(PhoneNumber::e164);
    }

    /** Who calls over this trunk, the number as E.164 where it can be read as one. */
    Party caller(String trunk, Party party) {
        return read(trunk, party, dialling -> dialling.caller(party.address()));
    }

    /** Who is called over this trunk, the number as E.164 where it can be read as one. */
    Party dialled(String trunk, Party party) {
        return read(trunk, party, dialling -> dialling.inbound(party.address()));
    }

    private Party read(String trunk, Party party, Function<TrunkDialling, Optional<PhoneNumber>> reading) {
        SipTrunkProfile profile = profiles.get(trunk);
        return profile == null
                ? party
                : reading.apply(TrunkDialling.of(profile))
                        .map(number -> new Party(number.e164(), party.displayName()))
                        .orElse(party);
    }

    private static @Nullable Line line(
            SipTrunkProfile profile,
            String holder,
            PhoneNumber to,
            @Nullable PhoneNumber shown,
            List<String> refusals) {
        TrunkDialling dialling = TrunkDialling.of(profile);
        if (shown == null && !profile.numbering().anonymous()) {
            refusals.add("trunk " + profile.id() + " must be told a number to show");
            return null;
        }
        try {
            return new Line(
                    profile.id(),
                    holder,
                    TECHNOLOGY + dialling.dial(to) + "@" + profile.id(),
                    shown == null ? null : dialling.callerId(shown),
                    "");
        } catch (IllegalArgumentException e) {
            refusals.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * The trunks of a dial that names them, else all.
     *
     * @throws UnsupportedFeature if there is no trunk of one of these ids
     */
    private List<SipTrunkProfile> chosen(List<String> over) {
        requireKnown(over);
        return over.isEmpty()
                ? List.copyOf(profiles.values())
                : profiles.values().stream()
                        .filter(profile -> over.contains(profile.id()))
                        .sorted(Comparator.comparingInt(profile -> over.indexOf(profile.id())))
                        .toList();
    }

    /**
     * Refuses ids of trunks that there are not.
     *
     * @throws UnsupportedFeature naming the first of them, and those that there are
     */
    void requireKnown(List<String> over) {
        for (String id : over) {
            if (!profiles.containsKey(id)) {
                throw new UnsupportedFeature(provider, "dial", "trunk '" + id + "'", profiles.keySet());
            }
        }
    }

    private static String place(
            String trunk,
            List<SipTrunkProfile> asked,
            boolean wanted,
            List<ChannelAnswer.Full> full,
            List<String> refusals) {
        List<String> before = new ArrayList<>(refusals);
        full.forEach(one -> before.add(one.toString()));
        int place = asked.stream().map(SipTrunkProfile::id).toList().indexOf(trunk) + 1;
        return place + ". of " + asked.size() + " trunks, in " + (wanted ? "the order of the dial" : "their order")
                + (before.isEmpty() ? "" : "; " + String.join("; ", before));
    }

    private ChannelAnswer asked(ChannelClaim claim) {
        try {
            return store().take(claim);
        } catch (RuntimeException e) {
            throw new ProviderUnavailable(
                    Failure.of(
                            provider,
                            "call.place",
                            Effect.NONE,
                            "whether trunk " + claim.trunk() + " has a free channel cannot be told"),
                    e);
        }
    }

    private NotPermitted refused(List<ChannelAnswer.Full> full, List<String> refusals) {
        List<String> reasons = new ArrayList<>();
        full.forEach(one -> reasons.add(one.toString()));
        reasons.addAll(refusals);
        Failure failure = Failure.of(provider, "call.place", Effect.NONE, String.join("; ", reasons));
        return full.isEmpty()
                ? new NotPermitted(failure, NotPermitted.Why.CALLER_ID)
                : new TrunkFull(failure, full.get(0).active(), full.get(0).max());
    }

    private ChannelLeases store() {
        if (leases == null) {
            throw new IllegalStateException("trunks without leases");
        }
        return leases;
    }

    /**
     * A channel of a trunk.
     *
     * @param dialString for ARI and the dialplan
     * @param callerId the number to show as the trunk wants it, or null to show none
     * @param stood why it is this trunk, in one line
     */
    record Line(
            String trunk,
            String holder,
            String dialString,
            @Nullable String callerId,
            String stood) {
        Line because(String value) {
            return new Line(trunk, holder, dialString, callerId, value);
        }
    }
}
