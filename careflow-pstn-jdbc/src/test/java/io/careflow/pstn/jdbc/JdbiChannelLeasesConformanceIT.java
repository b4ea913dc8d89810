package io.careflow.pstn.jdbc;

import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.tck.ChannelLeasesConformance;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Channels of trunks in PostgreSQL")
final class JdbiChannelLeasesConformanceIT extends ChannelLeasesConformance {
    @Override
    protected ChannelLeases noneTaken() {
        return TestPostgres.emptyChannels();
    }

    @Override
    protected void pass(Duration time) {
        TestPostgres.ageChannels(time);
    }
}
