package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.siptrunk.SipTrunkBuilder;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkNumbering;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Trunks of tests. */
final class TrunkProfiles {
    static final PhoneNumber OURS = new PhoneNumber("+15551234567");

    private TrunkProfiles() {}

    /** A trunk named like this PJSIP endpoint, with so many channels, writing numbers like this. */
    static SipTrunkProfile trunk(String id, int channels, NumberFormat format) {
        return builder(id, channels, format).build();
    }

    static SipTrunkBuilder builder(String id, int channels, NumberFormat format) {
        return SipTrunkProfile.builder(id)
                .endpoint(SipEndpoint.of("carrier.example"))
                .auth(TrunkAuth.ip(List.of(IpRange.parse("192.0.2.10"))))
                .numbering(TrunkNumbering.of(format, CallerIdHeader.PAI))
                .capacity(TrunkCapacity.of(channels))
                .number(OURS);
    }

    /** A clock that goes on only when told to. */
    static final class Hands extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new AssertionError("nobody needs a zone here");
        }
    }
}
