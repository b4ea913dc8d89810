package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.machine.DigitCollector;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private @Nullable Gather gather;
    private @Nullable Runnable afterwards;
    private @Nullable Runnable otherwise;
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

    /** Plays a prompt and then goes on with this, or with the other if it cannot be played. */
    void playThen(Prompt prompt, Runnable next, Runnable failed) {
        collector = null;
        afterwards = next;
        otherwise = failed;
        if (!start(List.of(prompt))) {
            failed(null);
        }
    }

    /** A prompt could not be played; those that nobody asked about count as played. */
    void failed(@Nullable String playbackId) {
        Runnable next = otherwise;
        if (Objects.equals(playbackId, playback) && next != null) {
            stop();
            next.run();
        }
    }

    void gather(int command, Gather asking) {
        number = command;
        gather = asking;
        collector = DigitCollector.of(asking);
        if (asking.prompts().isEmpty() || !start(asking.prompts())) {
            promptsOver(collector);
        }
    }

    void finished(String playbackId) {
        if (!playbackId.equals(playback) || call.release().isLeaving()) {
            return;
        }
        playback = null;
        Runnable next = afterwards;
        afterwards = null;
        otherwise = null;
        if (next != null) {
            next.run();
        } else if (collector == null) {
            call.signal(new FlowSignal.Done(number));
        } else {
            promptsOver(collector);
        }
    }

    void key(char key) {
        DigitCollector next = collector == null ? null : collector.key(key, call.now());
        if (next == null || next.equals(collector)) {
            return;
        }
        stopPlayback();
        call.listening().stop();
        advance(next);
    }

    /** The caller began to speak. */
    void speaking() {
        if (collector != null) {
            advance(collector.speaking());
        }
    }

    /** What the caller said; empty if it was not understood. */
    void heard(Optional<RecognizedSpeech> speech, End end) {
        if (collector != null) {
            cancelTimers();
            collector = null;
            call.signal(new FlowSignal.Completed(
                    number,
                    new FlowResult.Input(new GatheredInput(
                            "",
                            speech.map(RecognizedSpeech::words).orElse(null),
                            speech.map(RecognizedSpeech::confidence).orElse(null),
                            end))));
        }
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
        otherwise = null;
        cancelTimers();
        stopPlayback();
        call.listening().stop();
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
        if (!call.board().rest().play(call.channel(), id, media, null)) {
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

    private void promptsOver(DigitCollector asking) {
        advance(asking.promptsOver(call.now()));
        if (gather != null && gather.kinds().contains(InputKind.SPEECH)) {
            call.listening().begin(gather);
        }
    }

    private void advance(DigitCollector next) {
        cancelTimers();
        if (next.result().isPresent()) {
            collector = null;
            call.listening().stop();
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
            if (call.listening().isBusy()) {
                call.listening().callerHasSpoken();
            } else if (collector != null) {
                advance(collector.tick(call.now()));
            }
        });
    }
}
