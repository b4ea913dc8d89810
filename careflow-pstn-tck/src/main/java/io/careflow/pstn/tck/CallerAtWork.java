package io.careflow.pstn.tck;

import io.careflow.pstn.tck.SimulatedCaller.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Does what a simulated caller does, when it is time: for simulators of carriers. Not thread-safe. */
public final class CallerAtWork {
    static final Duration BETWEEN_KEYS = Duration.ofMillis(200);

    private final VirtualTime time;
    private final Line line;
    private final Queue<Act> acts;
    private Act.@Nullable Talks awaitingTalk;
    private VirtualTime.Timer timer = () -> {};

    /**
     * Somebody who does nothing yet.
     *
     * @param line what the caller holds in the hand
     */
    public CallerAtWork(VirtualTime time, Line line, SimulatedCaller caller) {
        this.time = time;
        this.line = line;
        this.acts = new ArrayDeque<>(caller.acts());
    }

    /** The call arrives: the caller begins. */
    public void begin() {
        proceed(Duration.ZERO);
    }

    /** Somebody answered, and talks with the caller from now on. */
    public void talking() {
        Act.Talks talk = awaitingTalk;
        if (talk != null) {
            awaitingTalk = null;
            proceed(talk.length());
        }
    }

    /** The call is over: the caller does nothing more. */
    public void gone() {
        timer.cancel();
        acts.clear();
    }

    private void proceed(Duration later) {
        timer = time.after(later, this::next);
    }

    private void next() {
        Act act = acts.poll();
        if (act instanceof Act.Waits waits) {
            proceed(waits.length());
        } else if (act instanceof Act.Speaks speaks) {
            line.speaking(time.now().plus(speaks.length()));
            proceed(speaks.length());
        } else if (act instanceof Act.Says says) {
            line.says(says.words(), says.confidence());
            next();
        } else if (act instanceof Act.Types types) {
            type(types.keys(), 0);
        } else if (act instanceof Act.HangsUp) {
            line.personHangsUp();
        } else if (act instanceof Act.Talks talks) {
            awaitingTalk = talks;
            if (line.isTalking()) {
                talking();
            }
        }
    }

    private void type(String keys, int index) {
        if (index < keys.length()) {
            line.key(keys.charAt(index));
        }
        if (index + 1 < keys.length()) {
            timer = time.after(BETWEEN_KEYS, () -> type(keys, index + 1));
        } else {
            next();
        }
    }

    /** The caller's end of a simulated call. */
    public interface Line {
        /** The caller pressed a key. */
        void key(char key);

        /**
         * The caller said words, which a recogniser understands with this confidence, 0 to 100 or null.
         *
         * @throws UnsupportedOperationException by lines without a recogniser
         */
        default void says(String words, @Nullable Integer confidence) {
            throw new UnsupportedOperationException("nothing recognises speech here");
        }

        /** The caller speaks until then. */
        void speaking(Instant until);

        /** The caller hung up. */
        void personHangsUp();

        /** Whether the caller talks with somebody now. */
        boolean isTalking();
    }
}
