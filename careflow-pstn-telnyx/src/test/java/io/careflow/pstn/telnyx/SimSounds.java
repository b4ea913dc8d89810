package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.telnyx.SimTelnyx.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a leg hears, one after another, and the keys that are gathered meanwhile. */
final class SimSounds {
    static final Duration PROMPT = Duration.ofSeconds(2);

    private static final int LONGEST_PAYLOAD = 3_000;

    private final SimLeg leg;
    private final Deque<Sound> waiting = new ArrayDeque<>();
    private final List<Prompt> heard = new ArrayList<>();
    private @Nullable Sound playing;
    private @Nullable SimGather gather;
    private VirtualTime.Timer timer = () -> {};

    SimSounds(SimLeg leg) {
        this.leg = leg;
    }

    List<Prompt> heard() {
        return List.copyOf(heard);
    }

    void command(String action, JsonNode body) {
        switch (action) {
            case "speak" -> queue(speech(body, null));
            case "playback_start" -> queue(file(body, null));
            case "playback_stop" -> stop(body.path("stop").asText("all").equals("all"));
            case "gather" -> {
                alone();
                SimGather begun = new SimGather(leg, body, false, this::gathered);
                gather = begun;
                begun.listen();
            }
            case "gather_using_speak" -> {
                alone();
                gather = new SimGather(leg, body, true, this::gathered);
                queue(speech(body, gather));
            }
            case "gather_using_audio" -> {
                alone();
                gather = new SimGather(leg, body, true, this::gathered);
                queue(file(body, gather));
            }
            case "gather_stop" -> {
                SimGather running = gather;
                if (running != null) {
                    later(() -> running.end("cancelled"));
                }
            }
            default -> throw new AssertionError("command " + action);
        }
    }

    /** Only what asks for keys is stopped by them. */
    void key(char key) {
        SimGather running = gather;
        if (running == null) {
            return;
        }
        Sound sound = playing;
        if (running.prompts() && (sound == null || sound.gather != running)) {
            // Its own prompt has not begun: it does not listen yet.
            return;
        }
        if (sound != null && sound.gather == running) {
            end(sound, "cancelled");
        }
        running.key(key);
    }

    void gone() {
        timer.cancel();
        waiting.clear();
        Sound sound = playing;
        playing = null;
        if (sound != null) {
            tell(sound, "ended", "call_hangup");
        }
        if (gather != null) {
            gather.end("call_hangup");
        }
    }

    private void alone() {
        if (gather != null) {
            throw Refused.call("10015");
        }
    }

    private void gathered() {
        SimGather over = gather;
        gather = null;
        waiting.removeIf(sound -> sound.gather == over);
        Sound sound = playing;
        if (sound != null && sound.gather == over) {
            end(sound, "cancelled");
        }
    }

    private Sound speech(JsonNode body, @Nullable SimGather listening) {
        SimTelnyx.require(body, "payload", "voice");
        String payload = body.path("payload").asText();
        if (payload.length() > LONGEST_PAYLOAD) {
            throw Refused.call("10025");
        }
        Locale language = Locale.forLanguageTag(body.path("language").asText("en-US"));
        Say say = new Say(payload, Locale.forLanguageTag(language.getLanguage()));
        return new Sound("speak", say, false, listening);
    }

    private Sound file(JsonNode body, @Nullable SimGather listening) {
        if (body.path("audio_url").asText().isEmpty()
                == body.path("playback_content").asText().isEmpty()) {
            throw Refused.call("10015");
        }
        return new Sound("playback", null, body.path("loop").asText().equals("infinity"), listening);
    }

    private void queue(Sound sound) {
        waiting.add(sound);
        later(this::next);
    }

    private void next() {
        if (playing != null) {
            return;
        }
        Sound sound = waiting.poll();
        if (sound == null) {
            return;
        }
        playing = sound;
        if (sound.say != null) {
            heard.add(sound.say);
        }
        tell(sound, "started", "");
        timer = sound.endless ? () -> {} : leg.after(PROMPT, () -> end(sound, "completed"));
    }

    private void stop(boolean all) {
        Sound sound = playing;
        if (all) {
            waiting.clear();
        }
        if (sound != null) {
            later(() -> {
                if (playing == sound) {
                    end(sound, "cancelled");
                }
            });
        }
    }

    private void end(Sound sound, String status) {
        timer.cancel();
        playing = null;
        tell(sound, "ended", status);
        if (sound.gather != null && sound.gather == gather && status.equals("completed")) {
            sound.gather.listen();
        }
        next();
    }

    private void tell(Sound sound, String what, String status) {
        ObjectNode payload = leg.common();
        if (!status.isEmpty()) {
            // Of speech Telnyx does not say that it was cut short.
            boolean cut = status.equals("cancelled") && sound.kind.equals("speak");
            payload.put("status", cut ? "completed" : status);
        }
        leg.tell("call." + sound.kind + "." + what, payload);
    }

    private void later(Runnable action) {
        VirtualTime.Timer unused = leg.after(Duration.ZERO, action);
    }

    /** Something to be heard; no value, because two may sound the same. */
    private static final class Sound {
        private final String kind;
        private final @Nullable Say say;
        private final boolean endless;
        private final @Nullable SimGather gather;

        Sound(String kind, @Nullable Say say, boolean endless, @Nullable SimGather gather) {
            this.kind = kind;
            this.say = say;
            this.endless = endless;
            this.gather = gather;
        }
    }
}
