package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowResult;
import java.time.Duration;
import java.time.Instant;

/** A message being taken: until #, silence, the time limit or the end of the call. */
final class VoicemailActivity implements Activity {
    private final MemoryCall call;
    private final int number;
    private final Voicemail voicemail;
    private final Tape tape;
    private VirtualTime.Timer limit = () -> {};
    private VirtualTime.Timer silence = () -> {};
    private boolean over;

    VoicemailActivity(MemoryCall call, int number, Voicemail voicemail) {
        this.call = call;
        this.number = number;
        this.voicemail = voicemail;
        this.tape = call.record();
    }

    void begin() {
        limit = call.time().after(voicemail.longest(), this::taken);
        silentFrom(call.speakingUntil());
    }

    @Override
    public void key(char key) {
        if (key == '#') {
            taken();
        }
    }

    @Override
    public void speaking(Instant until) {
        silentFrom(until);
    }

    @Override
    public void stop(HangupCause cause) {
        if (!over) {
            over = true;
            limit.cancel();
            silence.cancel();
            call.recorded(RecordingReady.Kind.VOICEMAIL, tape);
        }
    }

    private void silentFrom(Instant from) {
        silence.cancel();
        Instant now = call.time().now();
        Duration speech = from.isAfter(now) ? Duration.between(now, from) : Duration.ZERO;
        silence = call.time().after(speech.plus(voicemail.silence()), this::taken);
    }

    private void taken() {
        stop(HangupCause.NORMAL_CLEARING);
        call.completed(number, new FlowResult.Over());
    }
}
