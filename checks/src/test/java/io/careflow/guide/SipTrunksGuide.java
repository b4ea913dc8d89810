package io.careflow.guide;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.http.FlatJson;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.SipTrunkReader;
import java.net.URI;
import java.util.List;
import java.util.Properties;

/** The snippets of {@code docs/sip-trunks.md}. */
final class SipTrunksGuide {
    private SipTrunksGuide() {}

    static List<SipTrunkProfile> read(Properties properties, String json) {
        // snippet: trunk-profile
        SipTrunkProfile trunk = new SipTrunkReader().read(properties);
        SipTrunkProfile same = new SipTrunkReader().read(new FlatJson().read(json));
        // end
        return List.of(trunk, same);
    }

    static AsteriskBuilder counted(
            URI ari, Secret password, PstnDatabase database, SipTrunkProfile siproute, SipTrunkProfile backup) {
        // snippet: trunk-channels
        AsteriskBuilder asterisk = AsteriskBuilder.of(ari, "careflow", password)
                .trunks(database.channels(), siproute, backup); // or new MemoryChannelLeases(clock), for one node
        // end
        return asterisk;
    }
}
