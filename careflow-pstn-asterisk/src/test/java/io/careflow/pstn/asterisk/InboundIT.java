package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboundIT {
    @TempDir
    Path prompts;

    @Test
    void aPersonalNumberRingsItsUserAtOnce() {
        try (Rig rig = new Rig(AsteriskInstall.find(), prompts, "")) {
            rig.start();
            try (SipPhone phone = SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ofMillis(500)))) {
                CallResult result = SipCaller.on(rig.server)
                        .from("+14165550100")
                        .to(Rig.PERSONAL)
                        .hangUpAfter(Duration.ofSeconds(1))
                        .call();
                assertThat(result.success()).as(result.toString()).isTrue();
                Cdr cdr = rig.cdr();
                assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
                assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLER);
            }
        }
    }

    @Test
    void aMainNumberAsksForTheId() {
        try (Rig rig = new Rig(AsteriskInstall.find(), prompts, "")) {
            rig.start();
            try (SipPhone phone = SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ofMillis(500)))) {
                CallResult result = SipCaller.on(rig.server)
                        .from("+14165550100")
                        .to(Rig.MAIN)
                        .press(Duration.ofMillis(500), "0001")
                        .hangUpAfter(Duration.ofSeconds(3))
                        .call();
                assertThat(result.success()).as(result.toString()).isTrue();
                Cdr cdr = rig.cdr();
                assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            }
        }
    }
}
