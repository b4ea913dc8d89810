package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.asterisk.CommandRecognizer;
import io.careflow.pstn.asterisk.SpeechRecognizer;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.desk.VoiceEntry;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.SimulatedCall;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpokenIdTest {
    @Test
    void theDeskOfTheGuideAsksForConfirmation() {
        Asking asking = configured(URI.create("http://127.0.0.1:8088/ari"), Secret.of("unused"), directory());
        assertThat(asking.asterisk()).isNotNull();
        InMemoryProvider pbx = InMemoryProvider.answeredBy(asking.desk()).start();
        pbx.phone("sip:1001", SimulatedPhone.busy());
        SimulatedCall call = pbx.call(SimulatedCaller.from("+14165550100")
                .dialling("+18195550100")
                .waits(Duration.ofSeconds(7))
                .says("double oh seven two", 89)
                .waits(Duration.ofSeconds(4))
                .says("yes", 50));
        pbx.time().runUntilIdle();
        assertThat(call.cdr().orElseThrow().disposition()).isEqualTo(Disposition.BUSY);
        assertThat(call.prompts()).containsAll(VoiceEntry.english().readBack().of(new CareFlowId(72)));
    }

    private record Asking(AsteriskBuilder asterisk, InboundDesk desk) {}

    private static Asking configured(URI ari, Secret password, Directory directory) {
        // snippet: spoken-id
        InboundDesk desk = new InboundDesk(directory, InboundPrompts.english(), InboundSettings.defaults())
                .hearing(VoiceEntry.english().confirmingBelow(90));
        SpeechRecognizer recognizer =
                CommandRecognizer.reading(List.of("/usr/local/bin/recognise-digits"), Duration.ofSeconds(4));
        AsteriskBuilder asterisk = AsteriskBuilder.of(ari, "careflow", password)
                .handler(desk)
                .recognizer(recognizer)
                .recognition(Duration.ofSeconds(5), 4);
        // end
        return new Asking(asterisk, desk);
    }

    private static Directory directory() {
        return new Directory() {
            @Override
            public Optional<Did> did(PhoneNumber number) {
                return Optional.of(new Did(number, TenantId.DEFAULT, "carrier", null));
            }

            @Override
            public Optional<User> user(TenantId tenant, CareFlowId id) {
                User anna = new User(
                        "anna", tenant, new CareFlowId(72), "Anna", List.of(Destination.sip("sip:1001")), false);
                return Optional.of(anna).filter(user -> user.careFlowId().equals(id));
            }
        };
    }
}
