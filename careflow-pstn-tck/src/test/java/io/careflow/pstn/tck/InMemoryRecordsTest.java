package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.Recordings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Recordings and the carrier's call records. */
class InMemoryRecordsTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final CallFlow WAIT =
            CallFlow.start().pause(Duration.ofSeconds(30)).hangUp();
    private static final CallFlow TALK =
            CallFlow.start().dial(Dial.to(List.of(Destination.sip("1001")), Continuation.named("then")));

    private final InMemoryProvider pbx =
            InMemoryProvider.answeredBy(event -> TALK).start();
    private final Recordings recordings = pbx.require(Recordings.class);
    private final ProviderCdrs cdrs = pbx.require(ProviderCdrs.class);

    @Test
    @DisplayName("a recording runs, rests and is ready; it is as long as it ran")
    void recording() throws Exception {
        CallRef call = place(request("1002").recorded());
        pbx.time().run(Duration.ofSeconds(11));
        assertThat(recordings.list(call)).extracting(Recording::status).containsExactly(Recording.Status.RUNNING);
        recordings.pause(call);
        pbx.time().run(Duration.ofSeconds(5));
        recordings.resume(call);
        pbx.time().runUntilIdle();
        Recording ready = recordings.list(call).get(0);
        assertThat(ready.status()).isEqualTo(Recording.Status.READY);
        assertThat(ready.length()).isEqualTo(Duration.ofSeconds(25));
        assertThat(recordings.fetch(ready.ref())).contains(ready);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThat(recordings.download(ready.ref(), RecordingFormat.WAV, sink)).isEqualTo(sink.size());
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(sink.toByteArray()))) {
            assertThat(audio.getFrameLength()).isEqualTo(25 * 8000);
            assertThat(audio.getFormat().getSampleRate()).isEqualTo(8000);
        }
        assertThat(pbx.calls().get(0).events())
                .filteredOn(RecordingReady.class::isInstance)
                .extracting(event -> ((RecordingReady) event).length())
                .containsExactly(Duration.ofSeconds(25));
    }

    @Test
    @DisplayName("what is not running cannot rest, what is not there cannot be fetched, MP3 is refused")
    void notThere() {
        CallRef call = place(request("1002").recorded());
        pbx.time().run(Duration.ofSeconds(2));
        Recording running = recordings.list(call).get(0);
        OutputStream sink = new ByteArrayOutputStream();
        assertThatThrownBy(() -> recordings.resume(call)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> recordings.download(running.ref(), RecordingFormat.WAV, sink))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> recordings.delete(running.ref())).isInstanceOf(Conflict.class);
        pbx.time().runUntilIdle();
        assertThatThrownBy(() -> recordings.pause(call)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> recordings.download(running.ref(), RecordingFormat.MP3, sink))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("[WAV]");
        recordings.delete(running.ref());
        recordings.delete(running.ref());
        assertThat(recordings.fetch(running.ref())).isEmpty();
    }

    @Test
    @DisplayName("a sink that fails is the sink's failure")
    void brokenSink() {
        CallRef call = place(request("1002").recorded());
        pbx.time().runUntilIdle();
        Recording ready = recordings.list(call).get(0);
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("disk full");
            }
        };
        assertThatThrownBy(() -> recordings.download(ready.ref(), RecordingFormat.WAV, broken))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    @DisplayName("the carrier records each leg, counts started seconds from the answer, and knows no price yet")
    void records() {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(2)).hangingUpAfter(Duration.ofMillis(10_001)));
        Instant before = pbx.time().now();
        SimulatedCall call = pbx.call(SimulatedCaller.from("+14165550100").dialling(OURS.e164()));
        pbx.time().run(Duration.ofSeconds(5));
        assertThat(cdrs.find(call.ref()).orElseThrow().ended()).isNull();
        pbx.time().run(Duration.ofSeconds(8));
        List<ProviderCdr> all = pull(before, before.plusSeconds(1));
        assertThat(all).hasSize(2);
        ProviderCdr caller = all.get(0);
        assertThat(caller.direction()).isEqualTo(Direction.INBOUND);
        assertThat(caller.from().address()).isEqualTo("+14165550100");
        assertThat(caller.to().address()).isEqualTo(OURS.e164());
        ProviderCdr dialled = all.get(1);
        assertThat(dialled.parent()).isEqualTo(call.ref());
        assertThat(dialled.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(dialled.billedSeconds()).isEqualTo(11);
        assertThat(dialled.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(dialled.price()).isNull();
        pbx.carrier().rates(dialled.call(), Money.of("0.014", "USD"));
        assertThat(cdrs.find(dialled.call()).orElseThrow().price()).isEqualTo(Money.of("0.014", "USD"));
    }

    @Test
    @DisplayName("a call that nobody answers costs no seconds and says why; spans end before their end")
    void unanswered() {
        pbx.phone("1002", SimulatedPhone.busy());
        Instant start = pbx.time().now();
        CallRef call = control().place(request("1002")).ref();
        pbx.time().runUntilIdle();
        ProviderCdr record = cdrs.find(call).orElseThrow();
        assertThat(record.billedSeconds()).isZero();
        assertThat(record.disposition()).isEqualTo(Disposition.BUSY);
        assertThat(record.rawStatus()).isEqualTo("busy");
        assertThat(pull(start, start.plusMillis(1))).containsExactly(record);
        assertThat(pull(start.minusSeconds(1), start)).isEmpty();
        assertThatThrownBy(() -> pull(start, start))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is empty");
    }

    private List<ProviderCdr> pull(Instant from, Instant to) {
        List<ProviderCdr> all = new ArrayList<>();
        assertThat(cdrs.pull(from, to, all::add)).isEqualTo(all.size());
        return all;
    }

    private CallRef place(CallRequest request) {
        pbx.phone("1002", SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        return control().place(request).ref();
    }

    private CallControl control() {
        return pbx.require(CallControl.class);
    }

    private static CallRequest request(String to) {
        return CallRequest.of(new CommandId("one"), OURS, Destination.sip(to), WAIT);
    }
}
