package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is held at one moment, to see later whether calls left anything behind.
 *
 * @param channels of Asterisk
 * @param bridges of Asterisk
 * @param openFiles of Asterisk
 * @param rssBytes memory of Asterisk; it does not give everything back, so it is reported but not part of growth
 * @param threads of this JVM by name, numbers in names left out
 */
public record Leaks(int channels, int bridges, int openFiles, long rssBytes, Map<String, Long> threads) {

    /** Looks now. */
    public static Leaks of(AsteriskServer server) {
        return new Leaks(server.channels(), server.bridges(), server.openFiles(), server.rssBytes(), threadsNow());
    }

    /**
     * What there is more of than at the time of this snapshot, in words; empty when nothing is. Waits that long for
     * things to go away.
     */
    public List<String> growth(AsteriskServer server, Duration patience) {
        Await.until(patience, () -> growth(of(server)).isEmpty());
        return growth(of(server));
    }

    List<String> growth(Leaks now) {
        List<String> grown = new ArrayList<>();
        compare(grown, "channels", channels, now.channels);
        compare(grown, "bridges", bridges, now.bridges);
        compare(grown, "open files", openFiles, now.openFiles);
        now.threads.forEach((name, count) -> compare(grown, "threads " + name, threads.getOrDefault(name, 0L), count));
        return grown;
    }

    private static void compare(List<String> grown, String what, long before, long now) {
        if (now > before) {
            grown.add(what + ": " + before + " before, " + now + " now");
        }
    }

    /** Without those that the JDK itself keeps in its own groups for later use. */
    private static Map<String, Long> threadsNow() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> {
                    ThreadGroup group = thread.getThreadGroup();
                    return group != null
                            && group.getParent() != null
                            && !group.getName().contains("Innocuous");
                })
                .map(thread -> thread.getName().replaceAll("\\d+", "#"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
