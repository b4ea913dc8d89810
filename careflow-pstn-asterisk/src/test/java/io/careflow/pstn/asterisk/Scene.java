package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.lab.Leaks;
import io.careflow.pstn.lab.ReceivedCall;
import io.careflow.pstn.tck.PhoneTimes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** One test on a {@link Rig}: its parties, and the look afterwards whether anything is left of its calls. */
final class Scene implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    /** Shared by everything that uses OkHttp in this JVM; they go by themselves after a minute. */
    private static final Pattern IDLE_THREADS = Pattern.compile("^threads (OkHttp TaskRunner|Okio Watchdog)");

    private final Rig rig;
    private final Leaks before;
    private final Deque<AutoCloseable> parties = new ArrayDeque<>();

    /** A test that may leave no more than there was at this time. */
    Scene(Rig rig, Leaks before) {
        this.rig = rig;
        this.before = before;
    }

    /** What a server holds whose application has been there and gone. */
    static Leaks baseline(Rig rig) {
        rig.start();
        rig.die();
        return Leaks.of(rig.server);
    }

    /** Closed at the end. */
    <T extends AutoCloseable> T keep(T party) {
        parties.push(party);
        return party;
    }

    /** Asterisk may complain about this in its log. */
    void expectError(String part) {
        rig.expectedErrors.add(part);
    }

    static PhoneTimes measured(ReceivedCall call) {
        Duration talk = call.result().talk();
        return new PhoneTimes(call.result().rang(), talk == null ? Duration.ZERO : talk);
    }

    @Override
    public void close() {
        try {
            await("end of all calls")
                    .atMost(PATIENCE)
                    .until(() -> rig.server.channels() == 0 && rig.server.bridges() == 0 && rig.liveCalls() == 0);
            rig.die();
            // A phone that is gone before it has answered a CANCEL is waited for by Asterisk for half a minute.
            await("end of all signalling").atMost(PATIENCE).until(() -> rig.server.openFiles() <= before.openFiles());
        } finally {
            try {
                closeParties();
            } finally {
                rig.die();
                rig.server.cli("channel request hangup all");
            }
        }
        // The look itself needs a connection for a moment: what counts is that it is gone once.
        await("end of everything else")
                .pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(before.growth(rig.server, Duration.ZERO))
                        .filteredOn(growth -> !IDLE_THREADS.matcher(growth).find())
                        .isEmpty());
        assertThat(rig.server.errors())
                .filteredOn(error -> rig.expectedErrors.stream().noneMatch(error::contains))
                .isEmpty();
    }

    /** All of them, whatever one says: what stays behind would be found by the tests that follow. */
    private void closeParties() {
        List<Exception> failures = new ArrayList<>();
        for (AutoCloseable party : parties) {
            try {
                party.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException all = new IllegalStateException("a party could not be closed", failures.get(0));
            failures.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }
}
