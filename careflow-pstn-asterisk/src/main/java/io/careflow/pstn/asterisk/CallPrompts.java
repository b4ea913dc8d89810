package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.machine.DigitCollector;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller hears and types. Part of one call. */
final class CallPrompts {
    private static final Logger log = LoggerFactory.getLogger(CallPrompts.class);

    private final AsteriskCall call;
    private int number;
    private @Nullable String playback;
    private @Nullable DigitCollector collector;
    private @Nullable Runnable afterwards;
    private Runnable stopTimer = () -> {};

    CallPrompts(AsteriskCall call) {
        this.call = call;
    }

    void play(int command, Prompt prompt) {
        number = command;
        collector = null;
        if (prompt instanceof Pause pause) {
            stopTimer = call.later(pause.length(), () -> call.signal(new FlowSignal.Done(command)));
        } else if (!start(List.of(prompt))) {
            call.signal(new FlowSignal.Failed(command, "prompt cannot be played"));
        }
    }

    /** Plays a sound of Asterisk's own and then goes on with this, also where Asterisk does not have the sound. */
    void playThen(String media, Runnable next) {
        collector = null;
        afterwards = next;
        play(List.of(media));
    }

    void gather(int command, Gather gather) {
        number = command;
        collector = DigitCollector.of(gather);
        if (gather.prompts().isEmpty() || !start(gather.prompts())) {
            advance(collector.promptsOver(call.now()));
        }
    }

    void finished(String playbackId) {
        if (!playbackId.equals(playback) || call.release().isLeaving()) {
            return;
        }
        playback = null;
        Runnable next = afterwards;
        afterwards = null;
        if (next != null) {
            next.run();
        } else if (collector == null) {
            call.signal(new FlowSignal.Done(number));
        } else {
            advance(collector.promptsOver(call.now()));
        }
    }

    void key(char key) {
        if (collector == null) {
            return;
        }
        stopPlayback();
        advance(collector.key(key, call.now()));
    }

    /** After a gap in the events: a playback whose end was missed is over. */
    void catchUp() {
        String playing = playback;
        if (playing != null && !call.board().rest().isPlaying(playing)) {
            finished(playing);
        }
    }

    void stop() {
        collector = null;
        afterwards = null;
        cancelTimers();
        stopPlayback();
    }

    void cancelTimers() {
        stopTimer.run();
    }

    private boolean start(List<? extends Prompt> prompts) {
        List<String> media;
        try {
            media = call.board().prompts().media(prompts);
        } catch (SpeechException e) {
            log.warn("{}: prompt cannot be played: {}", call.ref(), e.getMessage());
            return false;
        }
        play(media);
        return true;
    }

    private void play(List<String> media) {
        String id = "cf-" + call.id("play");
        playback = id;
        if (!call.board().rest().play(call.ref().id(), id, media, null)) {
            playback = null;
            call.lookAgain();
        }
    }

    private void stopPlayback() {
        String playing = playback;
        playback = null;
        if (playing != null) {
            call.board().rest().stopPlayback(playing);
        }
    }

    private void advance(DigitCollector next) {
        cancelTimers();
        if (next.result().isPresent()) {
            collector = null;
            call.signal(new FlowSignal.Completed(
                    number, new FlowResult.Input(next.result().get())));
            return;
        }
        collector = next;
        next.deadline().ifPresent(this::wakeAt);
    }

    private void wakeAt(Instant deadline) {
        Duration wait = Duration.between(call.now(), deadline).plusMillis(1);
        stopTimer = call.later(wait, () -> {
            if (collector != null) {
                advance(collector.tick(call.now()));
            }
        });
    }
}
