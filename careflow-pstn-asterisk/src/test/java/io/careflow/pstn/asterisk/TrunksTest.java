package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.TrunkFull;
import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.ChannelUse;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkNumbering;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrunksTest {
    private static final ProviderId ID = new ProviderId("asterisk");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final PhoneNumber LONDON = new PhoneNumber("+442071234567");

    private final TrunkProfiles.Hands clock = new TrunkProfiles.Hands();
    private final MemoryChannelLeases leases = new MemoryChannelLeases(clock);

    @Test
    @DisplayName("a trunk that cannot write the number is passed over without taking a channel")
    void cannotWrite() {
        Trunks trunks = trunks(trunk("home", 1, NumberFormat.NANP_10), trunk("world", 1, NumberFormat.E164_NOPLUS));
        Trunks.Line line = trunks.take("a", LONDON, OURS, null, Set.of(), List.of());
        assertThat(line.dialString()).isEqualTo("PJSIP/442071234567@world");
        assertThat(line.callerId()).isEqualTo("15551234567");
        assertThat(leases.use("home").total()).isZero();
        assertThatThrownBy(() -> trunks(trunk("home", 1, NumberFormat.NANP_10)).check(LONDON, OURS, List.of()))
                .isInstanceOf(NotPermitted.class)
                .hasMessageContaining("+442071234567 cannot be written as NANP_10");
    }

    @Test
    @DisplayName("full trunks are told in their order, with the numbers of the first")
    void full() {
        Trunks trunks = trunks(trunk("one", 2, NumberFormat.E164_PLUS), trunk("two", 1, NumberFormat.E164_PLUS));
        for (String holder : List.of("a", "b", "c")) {
            trunks.take(holder, PATIENT, OURS, null, Set.of(), List.of());
        }
        assertThatThrownBy(() -> trunks.take("d", PATIENT, OURS, null, Set.of(), List.of()))
                .isInstanceOfSatisfying(TrunkFull.class, full -> {
                    assertThat(full.active()).isEqualTo(2);
                    assertThat(full.max()).isEqualTo(2);
                })
                .hasMessageContaining("trunk one is full: 2 of 2 channels; trunk two is full: 1 of 1 channels")
                .hasMessageContaining("(nothing was done)");
    }

    @Test
    @DisplayName("a withheld number is refused, unless the profile allows it")
    void anonymous() {
        assertThatThrownBy(() -> trunks(trunk("one", 1, NumberFormat.E164_PLUS))
                        .take("a", PATIENT, null, null, Set.of(), List.of()))
                .isInstanceOf(NotPermitted.class)
                .hasMessageContaining("must be told a number to show");
    }

    @Test
    @DisplayName("trunks that write the caller's number in another way are not mixed into one dial")
    void otherWriting() {
        Trunks trunks = trunks(trunk("one", 1, NumberFormat.E164_PLUS), trunk("two", 1, NumberFormat.NANP_10));
        assertThat(trunks.take("a", PATIENT, OURS, "5551234567", Set.of(), List.of())
                        .trunk())
                .isEqualTo("two");
    }

    @Test
    @DisplayName("where nobody can tell whether a channel is free, no call goes out, and incoming ones go on")
    void storeDown() {
        Trunks trunks = new Trunks(ID, new Down(), List.of(trunk("one", 1, NumberFormat.E164_PLUS)), clock);
        assertThatThrownBy(() -> trunks.take("a", PATIENT, OURS, null, Set.of(), List.of()))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("trunk one");
        assertThat(trunks.arrived("one", "b")).isTrue();
        trunks.renew("one", "b", Direction.INBOUND);
        trunks.release("b");
        trunks.sweep();
    }

    @Test
    @DisplayName(
            "a store that is away holds up one call in some seconds, and not every call that arrives, lives or ends")
    void storeDownForLong() {
        Down store = new Down();
        Trunks trunks = new Trunks(ID, store, List.of(trunk("one", 1, NumberFormat.E164_PLUS)), clock);
        for (int call = 0; call < 100; call++) {
            assertThat(trunks.arrived("one", "call-" + call)).isTrue();
            trunks.renew("one", "call-" + call, Direction.INBOUND);
            trunks.release("call-" + call);
        }
        assertThat(store.asked).isEqualTo(1);
        assertThatThrownBy(() -> trunks.take("a", PATIENT, OURS, null, Set.of(), List.of()))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
        clock.pass(LeasesGuard.PAUSE);
        trunks.renew("one", "b", Direction.INBOUND);
        trunks.renew("one", "b", Direction.INBOUND);
        assertThat(store.asked).isEqualTo(2);
        clock.pass(Duration.ofHours(-1));
        trunks.sweep();
        assertThat(store.asked).isEqualTo(3);
    }

    @Test
    @DisplayName("a store that is back is asked by everybody again")
    void storeBack() {
        Down store = new Down();
        Trunks trunks = new Trunks(ID, store, List.of(trunk("one", 1, NumberFormat.E164_PLUS)), clock);
        trunks.release("a");
        store.up = leases;
        clock.pass(LeasesGuard.PAUSE);
        trunks.renew("one", "a", Direction.INBOUND);
        assertThat(trunks.arrived("one", "b")).isTrue();
        assertThat(leases.use("one")).isEqualTo(new ChannelUse(2, 0));
    }

    @Test
    @DisplayName("an incoming call beyond the limit goes on and is counted, as the carrier has let it through")
    void inboundBeyond() {
        Trunks trunks = trunks(trunk("one", 1, NumberFormat.E164_PLUS));
        assertThat(trunks.arrived("one", "a")).isTrue();
        assertThat(trunks.arrived("one", "b")).isTrue();
        assertThat(leases.use("one")).isEqualTo(new ChannelUse(2, 0));
    }

    @Test
    @DisplayName(
            "an incoming call beyond the limit is turned away where it would be paid extra, or incoming calls have a limit")
    void inboundTurnedAway() {
        TrunkCapacity burst = new TrunkCapacity(1, null, null, null, false, TrunkCapacity.Overflow.BURST_METERED);
        Trunks paid = trunks(TrunkProfiles.builder("one", 1, NumberFormat.E164_PLUS)
                .capacity(burst)
                .build());
        assertThat(paid.arrived("one", "a")).isTrue();
        assertThat(paid.arrived("one", "b")).isFalse();
        Trunks limited = trunks(TrunkProfiles.builder("two", 5, NumberFormat.E164_PLUS)
                .capacity(TrunkCapacity.of(5).directions(1, null))
                .build());
        assertThat(limited.arrived("two", "a")).isTrue();
        assertThat(limited.arrived("two", "b")).isFalse();
        assertThat(leases.use("one").total() + leases.use("two").total()).isEqualTo(2);
    }

    @Test
    @DisplayName("a lease that ran out under a living call begins again")
    void renewedAgain() {
        Trunks trunks = trunks(trunk("one", 1, NumberFormat.E164_PLUS));
        trunks.take("a", PATIENT, OURS, null, Set.of(), List.of());
        clock.pass(Trunks.TTL.plusSeconds(1));
        assertThat(leases.use("one").total()).isZero();
        trunks.renew("one", "a", Direction.OUTBOUND);
        assertThat(leases.use("one").total()).isEqualTo(1);
        clock.pass(Trunks.RENEWAL);
        trunks.renew("one", "a", Direction.OUTBOUND);
        clock.pass(Trunks.TTL.minus(Trunks.RENEWAL));
        assertThat(leases.use("one").total()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PJSIP/one-0000002a, one",
        "PJSIP/two-b-0000002a, two-b",
        "PJSIP/1001-0000002a, ''",
        "Local/one-0000002a, ''",
        "PJSIP/one, ''",
        "'', ''",
    })
    @DisplayName("the trunk of a channel is told by its name")
    void ofChannel(String name, String trunk) {
        Trunks trunks = trunks(trunk("one", 1, NumberFormat.E164_PLUS), trunk("two-b", 1, NumberFormat.NANP_10));
        assertThat(trunks.ofChannel(name).orElse("")).isEqualTo(trunk);
    }

    @Test
    @DisplayName("what Asterisk says it dials is told as the number that was wanted")
    void nameOf() {
        Trunks trunks = trunks(trunk("one", 1, NumberFormat.NANP_10_PLUS_011_INTL));
        assertThat(trunks.nameOf("4165550100@one")).contains("+14165550100");
        assertThat(trunks.nameOf("011442071234567@one")).contains("+442071234567");
        assertThat(trunks.nameOf("4165550100@other")).isEmpty();
        assertThat(trunks.nameOf("1001/sip:1001@192.0.2.1")).isEmpty();
        assertThat(trunks.ofTarget("p:PJSIP/4165550100@one")).contains("one");
        assertThat(trunks.ofTarget("u:1001")).isEmpty();
        assertThat(trunks.dialled("one", Party.of("5551234567"))).isEqualTo(Party.of(OURS));
        assertThat(trunks.caller("one", Party.of("1001"))).isEqualTo(Party.of("1001"));
    }

    @Test
    @DisplayName("what a carrier puts before dialled numbers is taken from those alone, and from no caller's")
    void stripped() {
        Trunks trunks = trunks(TrunkProfiles.builder("one", 1, NumberFormat.NANP_10)
                .numbering(new TrunkNumbering(
                        NumberFormat.NANP_10,
                        "",
                        NumberFormat.NANP_10,
                        "9",
                        NumberFormat.NANP_10,
                        TrunkNumbering.CallerIdHeader.PAI,
                        Set.of(),
                        false,
                        false))
                .build());
        assertThat(trunks.dialled("one", Party.of("95551234567"))).isEqualTo(Party.of(OURS));
        assertThat(trunks.caller("one", Party.of("9055550100"))).isEqualTo(Party.of(new PhoneNumber("+19055550100")));
    }

    @Test
    @DisplayName("no trunks at all, and two of one id, are refused when they are configured")
    void configured() {
        AsteriskBuilder asterisk =
                AsteriskBuilder.of(URI.create("http://127.0.0.1:8088/ari"), "careflow", Secret.of("x"));
        SipTrunkProfile one = trunk("one", 1, NumberFormat.E164_PLUS);
        assertThatThrownBy(() -> asterisk.trunks(leases)).hasMessageContaining("trunks are none");
        assertThatThrownBy(() -> asterisk.trunks(leases, one, one)).hasMessageContaining("ids must differ");
    }

    private Trunks trunks(SipTrunkProfile... profiles) {
        return new Trunks(ID, leases, List.of(profiles), clock);
    }

    /** A store that cannot be asked, until another takes its place. */
    private static final class Down implements ChannelLeases {
        int asked;

        @Nullable
        ChannelLeases up;

        @Override
        public ChannelAnswer take(ChannelClaim claim) {
            return store().take(claim);
        }

        @Override
        public boolean renew(String trunk, String holder, Duration ttl) {
            return store().renew(trunk, holder, ttl);
        }

        @Override
        public void release(String holder) {
            store().release(holder);
        }

        @Override
        public int sweep() {
            return store().sweep();
        }

        @Override
        public ChannelUse use(String trunk) {
            return store().use(trunk);
        }

        private ChannelLeases store() {
            asked++;
            if (up == null) {
                throw new IllegalStateException("down");
            }
            return up;
        }
    }
}
