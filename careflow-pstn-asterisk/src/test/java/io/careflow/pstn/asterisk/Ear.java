package io.careflow.pstn.asterisk;

import static org.awaitility.Awaitility.await;

import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.RtpProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A caller's ear and mouth that knows the prompts of the {@link Rig} by their tones and notes which it heard, in order. A
 * prompt that is played again counts again if there was silence between.
 */
final class Ear implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SILENCE = Duration.ofMillis(250);
    private static final Duration ENOUGH = Duration.ofMillis(200);

    final RtpProbe probe;
    private final Map<String, Double> tones = Rig.prompts();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Thread listener = new Thread(this::listen, "ear");
    private volatile boolean open = true;

    private Ear(RtpProbe probe) {
        this.probe = probe;
        listener.setDaemon(true);
        listener.start();
    }

    /** An ear whose mouth says this tone. */
    static Ear open(AsteriskServer server, double hertz) {
        return new Ear(RtpProbe.open(server, hertz));
    }

    /** The prompts heard so far. */
    List<String> prompts() {
        return List.copyOf(heard);
    }

    void awaitPrompt(String name) {
        await("prompt " + name).until(() -> heard.contains(name));
    }

    private void listen() {
        Duration audio = Duration.ZERO;
        String current = "";
        long grown = System.nanoTime();
        while (open) {
            LockSupport.parkNanos(LOOK.toNanos());
            Duration now = probe.received().audio();
            if (!now.equals(audio)) {
                grown = System.nanoTime();
            } else if (System.nanoTime() - grown > SILENCE.toNanos() && !now.isZero()) {
                probe.reset();
                current = "";
                now = Duration.ZERO;
            }
            audio = now;
            String name = audio.compareTo(ENOUGH) < 0 ? "" : recognised();
            if (!name.isEmpty() && !name.equals(current)) {
                heard.add(name);
                current = name;
            }
        }
    }

    private String recognised() {
        return tones.entrySet().stream()
                .filter(tone -> probe.toneShare(tone.getValue()) > 0.8)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        open = false;
        probe.close();
        try {
            listener.join(1_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
