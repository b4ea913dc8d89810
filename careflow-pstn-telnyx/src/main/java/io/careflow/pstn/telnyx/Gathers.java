package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asking for input: prompts one after another, the last one together with Telnyx's own gather, so that the first key stops it.
 * Keys are known by {@code call.dtmf.received}, whose order is told by their times; what {@code call.gather.ended} says shows
 * whether all of them are here. Part of one turn. Longer than most files because all of it is one thing.
 */
final class Gathers {
    /** How late a key's event may be after the end of the gather that holds the key. */
    private static final Duration SETTLING = Duration.ofSeconds(1);
    /** How long the end of a gather may take that was to stop. */
    private static final Duration STOPPING = Duration.ofSeconds(3);
    /** How much longer than its times Telnyx may take to end a gather. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration NEARLY = Duration.ofMillis(200);
    private static final String EVERY_KEY = "0123456789*#ABCD";
    /** A key that telephones do not have: Telnyx always has one that ends the input. */
    private static final String NO_KEY = "D";

    private static final int MOST = 128;

    private final Turn turn;

    Gathers(Turn turn) {
        this.turn = turn;
    }

    void begin(int number, Gather gather) {
        FlowState.Gathering doing = new FlowState.Gathering();
        doing.number = number;
        doing.began = turn.millis();
        doing.piece = -1;
        turn.state().gathering = doing;
        if (gather.kinds().contains(InputKind.SPEECH)) {
            doing.listening = true;
            turn.order("transcription_start", transcription(gather), number, 0, true);
        }
        next(doing, gather);
    }

    private void next(FlowState.Gathering doing, Gather gather) {
        List<Prompt> pieces = Pieces.of(gather.prompts());
        doing.piece++;
        if (doing.piece >= pieces.size()) {
            round(doing, gather);
            return;
        }
        Prompt piece = pieces.get(doing.piece);
        boolean last = doing.piece == pieces.size() - 1 && gather.kinds().contains(InputKind.DTMF);
        if (piece instanceof Pause pause) {
            doing.pauseUntil = turn.in(pause.length());
        } else if (last && piece instanceof Say say) {
            asking(doing, gather, "gather_using_speak", turn.performing().spoken(say));
        } else if (last && piece instanceof Play play) {
            asking(
                    doing,
                    gather,
                    "gather_using_audio",
                    turn.body().put("audio_url", play.media().toString()));
        } else {
            turn.performing().speak(piece, doing.number, doing.piece);
        }
    }

    private void asking(FlowState.Gathering doing, Gather gather, String kind, ObjectNode body) {
        doing.round = true;
        body.put("maximum_tries", 1).put("timeout_millis", first(gather).toMillis());
        turn.order(kind, keys(body, doing, gather), doing.number, doing.piece, true);
    }

    /** Waits for keys, in silence. */
    private void round(FlowState.Gathering doing, Gather gather) {
        promptsOver(doing, turn.millis());
        if (!gather.kinds().contains(InputKind.DTMF)) {
            return;
        }
        doing.round = true;
        doing.stopping = false;
        doing.before = pressed(doing);
        long total = Objects.requireNonNull(doing.over) + gather.total().toMillis() - turn.millis();
        Duration wait = doing.keys.isEmpty() ? first(gather) : gather.betweenDigits();
        ObjectNode body = turn.body()
                .put("initial_timeout_millis", wait.toMillis())
                .put("timeout_millis", Math.max(total, NEARLY.toMillis()));
        turn.order("gather", keys(body, doing, gather), doing.number, doing.piece, true);
    }

    private ObjectNode keys(ObjectNode body, FlowState.Gathering doing, Gather gather) {
        int missing = gather.maxDigits() - doing.before.length();
        return body.put("minimum_digits", 1)
                .put("maximum_digits", gather.restartKey() == null ? Math.max(1, missing) : MOST)
                .put("inter_digit_timeout_millis", gather.betweenDigits().toMillis())
                .put(
                        "terminating_digit",
                        gather.finishKey() == null ? NO_KEY : gather.finishKey().toString())
                .put("valid_digits", EVERY_KEY);
    }

    // A caller who may speak as well is not cut off because no key comes.
    private static Duration first(Gather gather) {
        return gather.kinds().contains(InputKind.SPEECH) ? gather.total() : gather.firstDigit();
    }

    private static void promptsOver(FlowState.Gathering doing, long at) {
        doing.over = doing.over == null ? at : doing.over;
    }

    /** A prompt is over. */
    void spoken(ClientState carried, long at) {
        FlowState.Gathering doing = doing(carried.number());
        if (doing == null || carried.part() != doing.piece) {
            return;
        }
        if (doing.round) {
            promptsOver(doing, at);
        } else if (doing.over == null) {
            next(doing, gather());
        }
    }

    void key(Hook hook) {
        FlowState.Gathering doing = turn.state().gathering;
        String digit = hook.payload().text("digit").orElse("");
        long at = hook.occurredAt().toEpochMilli();
        if (doing == null
                || digit.length() != 1
                || at < doing.began
                || !gather().kinds().contains(InputKind.DTMF)) {
            return;
        }
        FlowState.Key key = new FlowState.Key();
        key.at = at;
        key.digit = digit;
        doing.keys.add(key);
        doing.keys.sort(Comparator.comparingLong(pressed -> pressed.at));
        if (!doing.round && doing.over == null) {
            interrupted(doing, at);
        } else {
            promptsOver(doing, at);
            pressed(doing, at);
        }
    }

    /** The first key while prompts play that Telnyx plays without a gather. */
    private void interrupted(FlowState.Gathering doing, long at) {
        doing.pauseUntil = null;
        promptsOver(doing, at);
        turn.order("playback_stop", turn.body().put("stop", "all"), doing.number, doing.piece, false);
        Optional<GatheredInput> result = new Entered(gather(), pressed(doing)).result();
        if (result.isPresent()) {
            complete(doing, result.get());
        } else {
            round(doing, gather());
        }
    }

    private void pressed(FlowState.Gathering doing, long at) {
        Gather gather = gather();
        Optional<GatheredInput> result = new Entered(gather, pressed(doing)).result();
        if (doing.settleUntil != null) {
            decide(doing, false);
        } else if (result.isPresent() && doing.round && !doing.stopping) {
            // Without a key to begin anew Telnyx counts as we do, and ends by itself.
            doing.stopping = true;
            doing.stopUntil = at + STOPPING.toMillis();
            if (gather.restartKey() != null && result.get().end() == End.COMPLETE) {
                turn.order("gather_stop", turn.body(), doing.number, doing.piece, false);
            }
        }
    }

    /** Telnyx's gather is over. */
    void ended(ClientState carried, Hook hook) {
        FlowState.Gathering doing = doing(carried.number());
        if (doing == null || !doing.round) {
            return;
        }
        doing.round = false;
        doing.stopUntil = null;
        promptsOver(doing, hook.occurredAt().toEpochMilli());
        doing.entered = hook.payload().text("digits").orElse("");
        if (isWhole(doing, hook.occurredAt().toEpochMilli())) {
            decide(doing, true);
        } else {
            doing.settleUntil = turn.in(SETTLING);
        }
    }

    /** Whether the events of all keys of the gather are here. */
    private boolean isWhole(FlowState.Gathering doing, long at) {
        String keys = pressed(doing);
        if (new Entered(gather(), keys).result().isPresent()) {
            return keys.contains(Objects.requireNonNull(doing.entered));
        }
        boolean tooSoon = !doing.stopping
                && !doing.keys.isEmpty()
                && at - doing.keys.get(doing.keys.size() - 1).at
                        < gather().betweenDigits().minus(NEARLY).toMillis();
        return keys.contains(Objects.requireNonNull(doing.entered)) && !tooSoon;
    }

    private void decide(FlowState.Gathering doing, boolean finalWord) {
        Gather gather = gather();
        String keys = pressed(doing);
        String entered = Objects.requireNonNullElse(doing.entered, "");
        if (finalWord && !keys.contains(entered)) {
            keys = doing.before + entered;
        }
        Entered all = new Entered(gather, keys);
        Optional<GatheredInput> result = all.result();
        if (result.isPresent() && (finalWord || keys.contains(entered))) {
            complete(doing, result.get());
        } else if (finalWord && (doing.stopped || !doing.stopping)) {
            complete(doing, all.timeout());
        } else if (finalWord) {
            doing.settleUntil = null;
            round(doing, gather);
        }
    }

    /** What the recogniser understood. */
    void heard(Hook hook) {
        FlowState.Gathering doing = turn.state().gathering;
        Fields data = hook.payload().object("transcription_data").orElse(hook.payload());
        String words = data.text("transcript").orElse("").strip();
        boolean last = data.bool("is_final").orElse(true);
        if (doing == null
                || !doing.listening
                || words.isEmpty()
                || !last
                || hook.occurredAt().toEpochMilli() < doing.began) {
            return;
        }
        Integer confidence = data.decimal("confidence")
                .map(value -> Math.max(0, Math.min(100, value.movePointRight(2).intValue())))
                .orElse(null);
        String digits = new Entered(gather(), pressed(doing)).timeout().digits();
        silence(doing);
        complete(doing, new GatheredInput(digits, words, confidence, End.COMPLETE));
    }

    boolean wake() {
        FlowState.Gathering doing = turn.state().gathering;
        Long due = due();
        if (doing == null || due == null || due > turn.millis()) {
            return false;
        }
        long now = turn.millis();
        if (doing.pauseUntil != null && doing.pauseUntil <= now) {
            doing.pauseUntil = null;
            next(doing, gather());
        } else if (doing.settleUntil != null && doing.settleUntil <= now) {
            decide(doing, true);
        } else if (doing.stopUntil != null && doing.stopUntil <= now) {
            doing.round = false;
            doing.stopUntil = null;
            decide(doing, true);
        } else if (doing.round && !doing.stopping) {
            doing.stopping = true;
            doing.stopped = true;
            doing.stopUntil = turn.in(STOPPING);
            turn.order("gather_stop", turn.body(), doing.number, doing.piece, false);
        } else {
            complete(doing, new Entered(gather(), pressed(doing)).timeout());
        }
        return true;
    }

    @Nullable
    Long due() {
        FlowState.Gathering doing = turn.state().gathering;
        if (doing == null) {
            return null;
        }
        Long total = doing.over == null || doing.stopping
                ? null
                : doing.over + gather().total().toMillis();
        Long lost = doing.over == null || !doing.stopping || doing.stopUntil != null || doing.settleUntil != null
                ? null
                : doing.over + gather().total().plus(GRACE).toMillis();
        return Stream.of(
                        Optional.ofNullable(doing.pauseUntil),
                        Optional.ofNullable(doing.settleUntil),
                        Optional.ofNullable(doing.stopUntil),
                        Optional.ofNullable(total),
                        Optional.ofNullable(lost))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Given up, because another flow follows. */
    void stop() {
        FlowState.Gathering doing = turn.state().gathering;
        if (doing != null) {
            silence(doing);
            deaf(doing);
            turn.state().gathering = null;
        }
    }

    void failed(int number) {
        if (doing(number) != null) {
            stop();
        }
    }

    private void silence(FlowState.Gathering doing) {
        if (doing.round) {
            doing.round = false;
            turn.order("gather_stop", turn.body(), doing.number, doing.piece, false);
        } else if (doing.over == null && doing.pauseUntil == null) {
            turn.order("playback_stop", turn.body().put("stop", "all"), doing.number, doing.piece, false);
        }
    }

    private void deaf(FlowState.Gathering doing) {
        if (doing.listening) {
            doing.listening = false;
            turn.order("transcription_stop", turn.body(), doing.number, 0, false);
        }
    }

    private void complete(FlowState.Gathering doing, GatheredInput input) {
        deaf(doing);
        turn.state().gathering = null;
        turn.completed(doing.number, new FlowResult.Input(input));
    }

    private ObjectNode transcription(Gather gather) {
        ObjectNode body = turn.body().put("transcription_engine", "Google").put("transcription_tracks", "inbound");
        ObjectNode config = body.putObject("transcription_engine_config").put("transcription_engine", "Google");
        gather.prompts().stream()
                .filter(Say.class::isInstance)
                .map(prompt -> ((Say) prompt).language().getLanguage())
                .findFirst()
                .ifPresent(language -> config.put("language", language));
        if (!gather.hints().isEmpty()) {
            ArrayNode hints = config.putArray("hints");
            gather.hints().forEach(hints::add);
        }
        return body;
    }

    private static String pressed(FlowState.Gathering doing) {
        return doing.keys.stream().map(key -> key.digit).collect(Collectors.joining());
    }

    private FlowState.@Nullable Gathering doing(int number) {
        FlowState.Gathering doing = turn.state().gathering;
        return doing != null && doing.number == number ? doing : null;
    }

    private Gather gather() {
        return (Gather) Objects.requireNonNull(turn.runner().position().flow()).ending();
    }
}
