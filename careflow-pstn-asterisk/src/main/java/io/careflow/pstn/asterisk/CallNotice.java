package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.flow.Notice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells both sides of a conversation about its recording: by a channel that speaks into the leg of who was dialled, in both directions,
 * while the recording listens to the other leg, and so holds what is said. Part of one call.
 */
final class CallNotice {
    private static final Logger log = LoggerFactory.getLogger(CallNotice.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AsteriskCall call;
    private @Nullable Telling telling;
    private boolean began;

    CallNotice(AsteriskCall call) {
        this.call = call;
    }

    /** Two were joined: what they say is recorded from now on, and they are told so. */
    void begin(String leg, Notice notice) {
        Telling now = new Telling(leg, notice);
        telling = now;
        began = false;
        try {
            call.later(PATIENCE, () -> {
                if (telling == now && now.playback == null) {
                    fail("the recording or what speaks into it does not begin");
                }
            });
            if (call.recordings().goesOn()) {
                speak(now);
            } else {
                began = !call.recordings().isOn();
                call.recordings().startUntold();
            }
        } catch (PstnException e) {
            fail(e.failure().reason());
        }
    }

    /** The recording runs for certain. */
    void recordingBegan() {
        Telling now = telling;
        if (now != null && !now.speaking) {
            speak(now);
        }
    }

    private void speak(Telling now) {
        now.speaking = true;
        String id = call.ref().id();
        String app = call.board().app();
        String arguments = CallArguments.SPEAKER + "," + id;
        try {
            if (!call.board().rest().snoop(now.leg, SideChannel.speaker(id), "none", "both", app, arguments)) {
                fail("who was dialled is gone");
            }
        } catch (PstnException e) {
            fail(e.failure().reason());
        }
    }

    /** The channel that speaks is there. */
    void speakerReady(String channel) {
        Telling now = telling;
        if (now == null) {
            call.board().rest().hangup(channel, 16);
            return;
        }
        try {
            List<String> media = call.board().prompts().media(List.of(now.notice.prompt()));
            String playback = "cf-" + call.id("notice");
            now.playback = playback;
            now.offset = call.recordings().offset(call.now());
            if (!call.board().rest().play(channel, playback, media, null)) {
                fail("the channel that speaks is gone");
            }
        } catch (SpeechException e) {
            fail(e.getMessage());
        } catch (PstnException e) {
            fail(e.failure().reason());
        }
    }

    /** Whether that was the notice: played, or not. */
    boolean finished(AriEvent event) {
        Telling now = telling;
        if (now == null || !event.text("playback", "id").equals(now.playback)) {
            return false;
        }
        if (event.text("playback", "state").equals("failed")) {
            fail("Asterisk could not play " + event.text("playback", "media_uri"));
            return true;
        }
        silence();
        call.emit(new NoticePlayed(call.id("notice"), call.now(), call.ref(), now.notice.wording(), now.offset));
        call.recordings().told();
        return true;
    }

    /** The two are parted: nothing more is told, and a recording that the notice began ends. */
    void conversationOver() {
        if (telling != null) {
            silence();
        }
        if (began) {
            began = false;
            call.recordings().stop();
        }
    }

    // What nobody was told of is not recorded.
    private void fail(@Nullable String why) {
        log.warn("{}: nobody was told of the recording, so it stops: {}", call.ref(), why);
        silence();
        began = false;
        call.recordings().stop();
    }

    private void silence() {
        telling = null;
        try {
            call.board().rest().hangup(SideChannel.speaker(call.ref().id()), 16);
        } catch (PstnException e) {
            // It ends with the leg that it speaks into.
            log.debug("{}: {}", call.ref(), e.getMessage());
        }
    }

    private static final class Telling {
        private final String leg;
        private final Notice notice;
        private boolean speaking;
        private @Nullable String playback;
        private Duration offset = Duration.ZERO;

        Telling(String leg, Notice notice) {
            this.leg = leg;
            this.notice = notice;
        }
    }
}
