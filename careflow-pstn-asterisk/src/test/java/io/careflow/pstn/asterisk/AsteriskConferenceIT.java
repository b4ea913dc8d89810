package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.Leaks;
import io.careflow.pstn.tck.ConferenceConformance;
import io.careflow.pstn.tck.OutboundStage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;

@DisplayName("Stories of conferences on a real Asterisk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsteriskConferenceIT extends ConferenceConformance {
    private Rig rig;
    private Leaks before;

    AsteriskInstall install() {
        return AsteriskInstall.find();
    }

    /** Includes what SIPp and the stage need to do a thing at a time. */
    Duration tolerance() {
        return Duration.ofMillis(500);
    }

    @BeforeAll
    void startAsterisk() {
        rig = new Rig(install());
        before = Scene.baseline(rig);
    }

    @AfterAll
    void stopAsterisk() {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    protected OutboundStage stage() {
        return new SipOutboundStage(rig, before, tolerance());
    }
}
