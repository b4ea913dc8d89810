package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.call.CallerTrust.Source;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.CallerTrustPolicy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A caller's number is signed by a phone company")
class SignedCallIT extends RealCalls {
    private static final String STRANGER = "+12125550199";
    private static final Duration A_MOMENT = Duration.ofMillis(300);
    // There before the look at what is there before.
    private final Signatures signatures = new Signatures();

    @AfterAll
    final void closeSignatures() {
        signatures.close();
    }

    @ParameterizedTest(name = "an address of the certificate of {0} characters and more")
    @ValueSource(ints = {20, 400, 900})
    @DisplayName("a good signature is verified, however long it is, and the phone shows the caller's own name")
    void good(int length) {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.standard());
        String header = signatures.header("A", CALLER, Rig.PERSONAL, length);
        dial(caller(Rig.PERSONAL).displayName("Anna").header(header));

        Cdr cdr = rig.cdr();
        assertThat(event(InboundCall.class).orElseThrow().origin().sipHeaders())
                .containsEntry("Identity", header.substring("Identity: ".length()));
        assertThat(cdr.trust())
                .extracting(CallerTrust::level, CallerTrust::attestation, CallerTrust::source)
                .containsExactly(Level.VERIFIED_FULL, Attestation.FULL, Source.IDENTITY_HEADER);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(phone.calls().get(0).fromName()).isEqualTo("Anna");
    }

    @Test
    @DisplayName("several signatures arrive, and the one that is good counts")
    void several() {
        phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.standard());
        dial(caller(Rig.PERSONAL)
                .header(signatures.header("A", STRANGER, Rig.PERSONAL, 20))
                .header(signatures.header("C", CALLER, Rig.PERSONAL, 20)));

        assertThat(rig.cdr().trust()).extracting(CallerTrust::level).isEqualTo(Level.VERIFIED_GATEWAY);
    }

    @Test
    @DisplayName(
            "a number that the signature is not for rings with a warning in place of quiet, and the record says why")
    void forged() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.standard());
        dial(caller(Rig.PERSONAL).displayName("Your Bank").header(signatures.header("A", STRANGER, Rig.PERSONAL, 20)));

        Cdr cdr = rig.cdr();
        assertThat(cdr.trust())
                .extracting(CallerTrust::level, CallerTrust::reason)
                .containsExactly(Level.FAILED, "the signature is for another caller's number");
        assertThat(phone.calls().get(0).fromName()).isEqualTo("[not verified] Your Bank");
        assertThat(phone.calls().get(0).fromNumber()).isEqualTo(CALLER);
    }

    @Test
    @DisplayName("the warning is shown also after the menu")
    void menu() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.standard());
        dial(caller(Rig.MAIN)
                .header(signatures.header("A", STRANGER, Rig.MAIN, 20))
                .press(A_MOMENT, "0001"));

        assertThat(rig.cdr().trust()).extracting(CallerTrust::level).isEqualTo(Level.FAILED);
        assertThat(phone.calls().get(0).fromName()).isEqualTo("[not verified]");
    }

    @Test
    @DisplayName("nothing that a name may hold means anything to Asterisk")
    void harmlessName() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.allowing().labelling(Level.ABSENT, "${CHANNEL(name)},b(x)&PJSIP/1 "));
        dial(caller(Rig.PERSONAL));

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(phone.calls().get(0).fromName()).isEqualTo("${CHANNEL(name)},b(x)&PJSIP/1");
    }

    @Test
    @DisplayName("a call may be refused for it, before anybody answers")
    void refused() {
        SipPhone phone = phone("1001", PhoneScript.ring());
        start(CallerTrustPolicy.standard().rejecting(Level.FAILED, Reject.Reason.DECLINED));
        CallResult result = caller(Rig.PERSONAL)
                .header(signatures.header("A", STRANGER, Rig.PERSONAL, 20))
                .call();

        assertThat(result.status()).isIn(403, 603);
        Cdr cdr = rig.cdr();
        assertThat(cdr.disposition()).isEqualTo(Disposition.DENIED);
        assertThat(cdr.trust()).extracting(CallerTrust::level).isEqualTo(Level.FAILED);
        assertThat(phone.calls()).isEmpty();
        assertThat(event(CallAnswered.class)).isEmpty();
    }

    @Test
    @DisplayName("without a signature nobody vouches, and the call rings as it is")
    void unsigned() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.standard());
        dial(caller(Rig.PERSONAL).displayName("Anna"));

        assertThat(rig.cdr().trust()).isEqualTo(CallerTrust.ABSENT);
        assertThat(phone.calls().get(0).fromName()).isEqualTo("Anna");
    }

    @Test
    @DisplayName("an application that takes a waiting call over finds the same")
    void takenOver() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        start(CallerTrustPolicy.standard());
        LiveCall call = dial(caller(Rig.MAIN)
                .header(signatures.header("A", STRANGER, Rig.MAIN, 20))
                .press(Duration.ofSeconds(4), "0001"));
        assertThat(call.awaitAnswer(SOON)).isTrue();
        rig.die();
        rig.events.clear();
        start(CallerTrustPolicy.standard());

        Cdr cdr = rig.cdr();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.trust()).extracting(CallerTrust::level).isEqualTo(Level.FAILED);
        assertThat(phone.calls().get(0).fromName()).isEqualTo("[not verified]");
    }

    private void start(CallerTrustPolicy policy) {
        rig.start(rig.desk().trusting(signatures.verifier, policy), event -> {});
    }
}
