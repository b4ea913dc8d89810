package io.careflow.pstn.benchmarks;

import io.careflow.pstn.lab.AsteriskServer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Asterisk and the application hold at one moment. The application's part is zero where there is none.
 *
 * @param heapKilobytes of the application, after a collection
 * @param applicationThreads Java threads: the virtual machine's own come and go as it likes
 */
record Held(
        int channels,
        int bridges,
        Usage asterisk,
        int applicationCalls,
        long heapKilobytes,
        int applicationThreads,
        int applicationFiles) {

    static Held now(Testbed bed) {
        AsteriskServer server = bed.server();
        int channels = server.channels();
        int bridges = server.bridges();
        @Nullable ApplicationProcess application = bed.application();
        if (application == null) {
            return new Held(channels, bridges, Usage.of(server.pid()), 0, 0, 0, 0);
        }
        ApplicationProcess.State state = application.state();
        Usage process = Usage.of(application.pid());
        return new Held(
                channels,
                bridges,
                Usage.of(server.pid()),
                state.liveCalls(),
                state.heapKilobytes(),
                state.threads(),
                process.files());
    }

    /** Channels, bridges, calls, threads and open files that were not there before. */
    int leakedSince(Held before) {
        return more(channels, before.channels)
                + more(bridges, before.bridges)
                + more(asterisk.threads(), before.asterisk.threads())
                + more(asterisk.files(), before.asterisk.files())
                + more(applicationCalls, before.applicationCalls)
                + more(applicationThreads, before.applicationThreads)
                + more(applicationFiles, before.applicationFiles);
    }

    double asteriskGrowthMegabytes(Held before) {
        return (asterisk.rssKilobytes() - before.asterisk.rssKilobytes()) / 1024.0;
    }

    double heapGrowthMegabytes(Held before) {
        return (heapKilobytes - before.heapKilobytes) / 1024.0;
    }

    /** The heading of {@link #line}. */
    static List<String> heading() {
        return List.of(
                "                    asterisk                               application",
                "                    channels bridges threads files  rss MB  calls threads files heap MB");
    }

    /** One line of the table. */
    String line(String when) {
        return String.format(
                Locale.ROOT,
                "%-19s %8d %7d %7d %5d %7.1f %6d %7d %5d %7.1f",
                when,
                channels,
                bridges,
                asterisk.threads(),
                asterisk.files(),
                asterisk.rssKilobytes() / 1024.0,
                applicationCalls,
                applicationThreads,
                applicationFiles,
                heapKilobytes / 1024.0);
    }

    private static int more(int now, int before) {
        return Math.max(0, now - before);
    }
}
