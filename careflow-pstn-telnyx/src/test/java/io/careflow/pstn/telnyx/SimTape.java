package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** A recording: until it is stopped, silence after speech, the greatest length or the end of the leg. */
final class SimTape {
    /** How long Telnyx works on a recording before it tells of it. */
    private static final Duration WORK = Duration.ofSeconds(2);

    private final SimLeg leg;
    private final Duration patience;
    private final String channels;
    private final Instant began;
    private final Runnable over;
    private VirtualTime.Timer limit = () -> {};
    private VirtualTime.Timer silence = () -> {};
    private boolean stopped;

    SimTape(SimLeg leg, JsonNode order, Runnable over) {
        this.leg = leg;
        this.over = over;
        this.patience = Duration.ofSeconds(order.path("timeout_secs").asLong());
        this.channels = order.path("channels").asText();
        this.began = leg.telnyx().time().now();
        long longest = order.path("max_length").asLong();
        if (longest > 0) {
            limit = leg.after(Duration.ofSeconds(longest), this::stop);
        }
        speaking();
    }

    /** The time of silence begins to run only once somebody has spoken. */
    void speaking() {
        Instant now = leg.telnyx().time().now();
        if (!patience.isZero() && leg.speakingUntil().isAfter(now)) {
            silence.cancel();
            silence = leg.after(Duration.between(now, leg.speakingUntil()).plus(patience), this::stop);
        }
    }

    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        limit.cancel();
        silence.cancel();
        over.run();
        Instant ended = leg.telnyx().time().now();
        ObjectNode payload = leg.common();
        payload.remove("call_control_id");
        payload.put("channels", channels)
                .put("recording_started_at", began.toString())
                .put("recording_ended_at", ended.toString());
        payload.putObject("recording_urls")
                .put("wav", "https://s3.example.com/" + leg.telnyx().uuid() + ".wav?expires=600")
                .putNull("mp3");
        payload.putObject("public_recording_urls").putNull("wav").putNull("mp3");
        VirtualTime.Timer unused = leg.telnyx().time().after(WORK, () -> leg.tell("call.recording.saved", payload));
    }
}
